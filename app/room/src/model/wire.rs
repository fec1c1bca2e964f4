//! What client and room say to each other: closed unions inside the bodies of `live` frames, under its version byte.
//!
//! An *act* is numbered, answered (by an event with its `cause`, or by `Reject`) and carried out once, however often it
//! is sent. Drawing is told before it is in the log: its event is its place in the order, and `Kept` is its answer. A
//! *report* is not numbered: the newest one counts.

use super::{
    Card, ClientId, Device, OpId, ParticipantId, Person, Phase, Playback, Readiness, Rights, RoomState, Shown,
    board::Op,
};
use serde::{Deserialize, Serialize};

/// Client to room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientMsg {
    Act {
        op_no: u32,
        act: Act,
    },
    /// Where the preload and the device check stand.
    Readiness(Readiness),
    /// What I am sending.
    Sending {
        microphone: bool,
        camera: bool,
    },
    /// SDP and candidates for one person in the room.
    Signal {
        to: ParticipantId,
        signal: Signal,
    },
    /// The film stands where it was asked to and has data (`readyState >= 3`).
    Prepared {
        epoch: u32,
        rtt_ms: u32,
    },
    RenderAck(RenderAck),
    /// Dropped freely, never numbered, never kept.
    Ephemeral(Ephemeral),
}

/// What a client asks the room to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// "I'm ready", from the waiting room.
    Ready,
    /// Hand up or down.
    Hand {
        up: bool,
    },
    /// Patient's side: holds a card up, or puts it down.
    Card {
        card: Option<Card>,
    },
    /// One operation on the board.
    Board(Op),
    /// Host: has seen somebody's card.
    CardSeen {
        who: ParticipantId,
    },
    /// Host: lets somebody in; the first admission starts the visit.
    Admit {
        who: ParticipantId,
    },
    /// Host: puts something on the stage; `Shown::Nothing` clears it.
    Show(Shown),
    /// Host: plays the shown video from here.
    Play {
        pos_ms: u32,
    },
    Pause,
    Seek {
        pos_ms: u32,
    },
    /// Host: thousandths of the normal speed.
    Speed {
        rate: u16,
    },
    /// Host: what somebody may do on the board.
    SetRights {
        who: ParticipantId,
        rights: Rights,
    },
    /// Host: a line for those who wait; empty takes it away.
    Note {
        text: String,
    },
    /// Host: ends the visit for all.
    End,
}

/// Each connection has a number, given by the host: after a reload or a rebuild on either side nothing said about the old
/// one can be taken for the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signal {
    /// "I have no connection, call me": from a patient's page that opened or gave one up.
    Hello,
    Offer {
        call: u32,
        sdp: String,
    },
    Answer {
        call: u32,
        sdp: String,
    },
    Candidate {
        call: u32,
        candidate: String,
        mid: Option<String>,
        line: Option<u16>,
    },
}

/// Proof of having been shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderAck {
    /// `Stage::seq` of what was painted.
    pub stage_seq: u64,
    /// Server time of the paint.
    pub painted_at_ms: u64,
    /// The tab is in front.
    pub visible: bool,
    /// The browser plays without sound until it is tapped.
    pub audio_blocked: bool,
    /// Where the film stands, if one is shown.
    pub media_pos_ms: Option<u32>,
}

/// Coordinates in 1/8 unit of the page, as in `Point`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ephemeral {
    Cursor {
        x: i16,
        y: i16,
    },
    Laser {
        x: i16,
        y: i16,
    },
    /// The pointer left the stage.
    Gone,
}

/// Room to client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ServerMsg {
    /// The whole room as this client may know it: at the first join, after a gap that cannot be filled, on admission.
    Snapshot(Box<Greeting>),
    /// The gap since `Hello::last_seq`; the state the client holds stays good.
    Resumed {
        last_op: u32,
        missed: Vec<Event>,
    },
    /// In order of `seq`; numbers may be missing, because not everybody may know everything.
    Events(Vec<Event>),
    Reject {
        op_no: u32,
        why: Refusal,
    },
    Signal {
        from: ParticipantId,
        signal: Signal,
    },
    Ephemeral {
        from: ParticipantId,
        what: Ephemeral,
    },
    /// To the host.
    Receipt {
        from: ParticipantId,
        ack: RenderAck,
    },
    /// To whoever drew: what of it was told, up to this act, is in the log. Only now may it be forgotten (decision 0020).
    Kept {
        last_op: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Greeting {
    pub me: ParticipantId,
    pub client: ClientId,
    /// The newest act of this client that was answered. Count on from here; send again what is newer.
    pub last_op: u32,
    pub state: RoomState,
}

/// The only thing that changes the state of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub seq: u64,
    /// Server time, milliseconds since 1970.
    pub t_ms: u64,
    pub actor: ParticipantId,
    /// The act this answers, if it answers one.
    pub cause: Option<OpId>,
    pub change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Somebody new, or anything new about somebody: replaces what was known.
    Person(Person),
    Phase(Phase),
    Note(String),
    Shown {
        shown: Shown,
        playback: Option<Playback>,
    },
    /// `late` have not reported ready; the others start without them.
    Playback {
        playback: Playback,
        late: Vec<ParticipantId>,
    },
    /// The operation's id is the event's `cause`.
    Board(Op),
}

/// Why an act was not carried out. Words for each are in the user interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    #[error("not for this seat")]
    NotAllowed,
    #[error("locked by the host, or the host is away")]
    Locked,
    #[error("not let in yet")]
    NotInRoom,
    #[error("no such person here")]
    NoSuchPerson,
    #[error("not in the kit of this visit")]
    NotInKit,
    #[error("no such stroke")]
    NoSuchStroke,
    #[error("belongs to somebody else")]
    NotYours,
    #[error("too large")]
    TooLarge,
    #[error("the board is full")]
    BoardFull,
    #[error("not now")]
    NotNow,
}

/// Longest note to those who wait, in bytes.
pub const MAX_NOTE: usize = 500;
/// Longest SDP or candidate, in bytes.
pub const MAX_SIGNAL: usize = 32 * 1024;

impl Readiness {
    /// Everything loaded, and no device that the person still has to decide about.
    pub const fn is_complete(&self) -> bool {
        self.loaded >= self.of
            && !matches!(self.camera, Device::Unknown)
            && !matches!(self.microphone, Device::Unknown)
            && !matches!(self.speaker, Device::Unknown)
    }
}

impl ClientMsg {
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// `None` for anything that is no message.
    pub fn decode(body: &[u8]) -> Option<Self> {
        postcard::from_bytes(body).ok()
    }
}

impl ServerMsg {
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// `None` for anything that is no message.
    pub fn decode(body: &[u8]) -> Option<Self> {
        postcard::from_bytes(body).ok()
    }
}
