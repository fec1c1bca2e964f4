//! What of a room outlives the process: a log of records, and now and then the whole state.

use crate::model::{Event, ParticipantId, RoomState, state::ClientInfo};
use kernel::{AccountId, StoreError};
use serde::{Deserialize, Serialize};

/// Format of both; a change that old bytes do not fit gets a new number and, once visits are held with it, a reader for the
/// old one. 2: cards. Nobody but developers ever held 1.
const FORMAT: u8 = 2;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record {
    Event(Event),
    /// A tab got its number.
    Client(ClientInfo),
    /// A person got their number.
    Participant {
        account: AccountId,
        id: ParticipantId,
    },
    /// Somebody's time in the visit runs since then, or has ended.
    Inside {
        who: ParticipantId,
        since_ms: Option<u64>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    pub state: RoomState,
    pub clients: Vec<ClientInfo>,
    pub participants: Vec<(AccountId, ParticipantId)>,
    pub inside: Vec<(ParticipantId, u64)>,
}

impl Saved {
    /// # Errors
    /// `Corrupt` when the state does not encode.
    pub fn encode(&self) -> Result<Vec<u8>, StoreError> {
        postcard::to_extend(self, vec![FORMAT]).map_err(|_| StoreError::Corrupt("room state"))
    }

    /// # Errors
    /// `Corrupt` for bytes of another format.
    pub fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        body(bytes)
            .and_then(|bytes| postcard::from_bytes(bytes).ok())
            .ok_or(StoreError::Corrupt("room state"))
    }
}

impl Record {
    /// # Errors
    /// `Corrupt` when a record does not encode.
    pub fn encode_all(records: &[Self]) -> Result<Vec<u8>, StoreError> {
        postcard::to_extend(records, vec![FORMAT]).map_err(|_| StoreError::Corrupt("room log"))
    }

    /// # Errors
    /// `Corrupt` for bytes of another format.
    pub fn decode_all(bytes: &[u8]) -> Result<Vec<Self>, StoreError> {
        body(bytes)
            .and_then(|bytes| postcard::from_bytes(bytes).ok())
            .ok_or(StoreError::Corrupt("room log"))
    }
}

fn body(bytes: &[u8]) -> Option<&[u8]> {
    match bytes.split_first() {
        Some((&FORMAT, rest)) => Some(rest),
        _ => None,
    }
}
