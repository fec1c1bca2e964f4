//! Who is in the room and how far they have come. The session goes `Waiting -> Live -> Ended`; a person goes
//! `Checking -> Ready -> InRoom <-> Resuming -> Left`.

use super::{Card, ParticipantId, Refusal, Rights};
use serde::{Deserialize, Serialize};

/// The visit as the room sees it. `Live` may start before the preload is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Waiting,
    Live,
    Ended,
}

impl Phase {
    /// The first admission starts the session; later ones change nothing.
    ///
    /// # Errors
    /// `NotNow` once it has ended.
    pub const fn admit(self) -> Result<Self, Refusal> {
        match self {
            Self::Waiting | Self::Live => Ok(Self::Live),
            Self::Ended => Err(Refusal::NotNow),
        }
    }

    /// # Errors
    /// `NotNow` when it has ended already.
    pub const fn end(self) -> Result<Self, Refusal> {
        match self {
            Self::Waiting | Self::Live => Ok(Self::Ended),
            Self::Ended => Err(Refusal::NotNow),
        }
    }
}

/// Whose chair somebody sits on. It follows from the visit, never from what a client says, and never changes (G23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Seat {
    /// The therapist in charge.
    Host,
    /// The adult patient.
    Patient,
    /// A guardian with the child beside them, at one device.
    Guardian,
}

impl Seat {
    pub const ALL: [Self; 3] = [Self::Host, Self::Patient, Self::Guardian];

    /// What a newcomer may do on the board until the host says otherwise.
    pub const fn first_rights(self) -> Rights {
        match self {
            Self::Host => Rights::Full,
            Self::Patient | Self::Guardian => Rights::Draw,
        }
    }
}

/// Where a person is. `Resuming` lasts 30 seconds at most; the others see a calm "one moment".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presence {
    /// Looking at the device check.
    Checking,
    /// Pressed "I'm ready" and waits.
    Ready,
    InRoom,
    Resuming,
    Left,
}

impl Presence {
    /// # Errors
    /// `NotNow` for somebody who is not at the device check.
    pub const fn ready(self) -> Result<Self, Refusal> {
        match self {
            Self::Checking | Self::Ready => Ok(Self::Ready),
            _ => Err(Refusal::NotNow),
        }
    }

    /// The host lets somebody in, ready or not.
    ///
    /// # Errors
    /// `NotNow` for somebody who is away.
    pub const fn admit(self) -> Result<Self, Refusal> {
        match self {
            Self::Checking | Self::Ready | Self::InRoom => Ok(Self::InRoom),
            Self::Resuming | Self::Left => Err(Refusal::NotNow),
        }
    }

    /// The line broke. Somebody who had left stays gone.
    #[must_use]
    pub const fn cut(self) -> Self {
        match self {
            Self::Left => Self::Left,
            _ => Self::Resuming,
        }
    }

    /// Back after a cut, a reload or a leave: an admitted person is in the room at once, everybody else waits again.
    #[must_use]
    pub const fn back(self, admitted: bool, was_ready: bool) -> Self {
        match (admitted, was_ready) {
            (true, _) => Self::InRoom,
            (false, true) => Self::Ready,
            (false, false) => Self::Checking,
        }
    }

    /// Reachable right now, in the waiting room or inside.
    pub const fn is_here(self) -> bool {
        matches!(self, Self::Checking | Self::Ready | Self::InRoom)
    }
}

/// A camera, microphone or loudspeaker as the check found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Device {
    #[default]
    Unknown,
    Works,
    /// The person chose to go on without it.
    Skipped,
    /// The browser does not let the page use it.
    Denied,
    Missing,
}

/// How ready a person's device is: "7/9 ready, camera ok, mic ok, 4.2 Mbps".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Readiness {
    pub loaded: u16,
    pub of: u16,
    pub loaded_bytes: u64,
    pub total_bytes: u64,
    pub camera: Device,
    pub microphone: Device,
    pub speaker: Device,
    /// What arrives at this device, in kbit a second: of the preload, then of the call; 0 when not measured.
    pub kbps: u32,
}

/// One person as everybody in the room may know them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of their own: no two of them make a state together"
)]
pub struct Person {
    pub id: ParticipantId,
    pub seat: Seat,
    pub name: String,
    pub presence: Presence,
    /// Was let in once; a reload or a cut does not lead back to the waiting room.
    pub admitted: bool,
    /// Pressed "I'm ready" once; kept over a reload (G20).
    pub ready: bool,
    pub rights: Rights,
    pub readiness: Readiness,
    /// What they are sending: the others show a muted sign, a still picture.
    pub microphone_on: bool,
    pub camera_on: bool,
    pub hand_up: bool,
    /// The card they hold up, until they put it down or the host has seen it.
    pub card: Option<Card>,
    /// Server time of arrival in the waiting room.
    pub since_ms: u64,
}

impl Person {
    pub fn new(id: ParticipantId, seat: Seat, name: String, now_ms: u64) -> Self {
        let host = seat == Seat::Host;
        Self {
            id,
            seat,
            name,
            presence: if host { Presence::InRoom } else { Presence::Checking },
            admitted: host,
            ready: host,
            rights: seat.first_rights(),
            readiness: Readiness::default(),
            microphone_on: false,
            camera_on: false,
            hand_up: false,
            card: None,
            since_ms: now_ms,
        }
    }
}
