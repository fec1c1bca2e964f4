//! Small numbers of one room. They are handed out by the room actor and mean nothing outside.

pub use library::model::ItemId;
use serde::{Deserialize, Serialize};

/// A person in the room, numbered in order of first arrival. 0 is the room itself, which acts when time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ParticipantId(pub u16);

impl ParticipantId {
    /// The room itself.
    pub const ROOM: Self = Self(0);
}

/// A browser tab of a person, numbered in order of first arrival; it keeps its number over reloads and reconnects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(pub u16);

/// One numbered act of one client. A client counts up from 1 and never reuses a number, so a resend acts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpId {
    pub client: ClientId,
    pub no: u32,
}
