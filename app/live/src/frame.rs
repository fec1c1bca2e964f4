//! A frame is one version byte and one postcard enum. Bodies are opaque here.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// The first byte of each frame. A page from before a deploy is told to reload (`Closing::OldPage`).
pub const VERSION: u8 = 2;
/// The largest frame a client may send, in bytes. Server frames are not capped: a board may be large.
pub const MAX_CLIENT_FRAME: usize = 64 * 1024;

/// The first frame of a client: which room, from which tab, and how far it has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    pub room: Uuid,
    /// Minted once per tab and kept over a reload, so that a client knows its own unacknowledged acts.
    pub device: Uuid,
    /// The epoch of the room state the client holds; 0 when it holds none.
    pub epoch: u64,
    /// The last event of that epoch the client has applied.
    pub last_seq: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientFrame {
    Hello(Hello),
    /// `t0_us` is the client's own clock in microseconds and comes back unread.
    Ping {
        n: u32,
        t0_us: u64,
    },
    Body(Vec<u8>),
    /// The person leaves on purpose: no waiting for a reconnect.
    Bye,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServerFrame {
    /// The first frame of the server: the hello was accepted. The room's own greeting follows as a body.
    Welcome {
        server_ms: u64,
    },
    Pong {
        n: u32,
        t0_us: u64,
        server_ms: u64,
    },
    Body(Vec<u8>),
    /// The socket closes next, for this reason.
    Closing(Closing),
}

/// Why a socket was closed. The numbers are WebSocket close codes of the private range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Closing {
    /// The same person opened the room elsewhere.
    Superseded,
    /// Signed out, or the session ran out.
    SessionEnded,
    /// Absent or foreign: the two look alike.
    NotAllowed,
    /// Too early, or the visit is over.
    NotOpen,
    /// A frame that makes no sense.
    BadFrame,
    /// The page speaks another version: reload it.
    OldPage,
    /// More frames than the limit allows.
    TooMany,
    /// The client reads too slowly; it reconnects and resumes.
    TooSlow,
    /// Nothing was heard for `DEAD_AFTER_MS`.
    Silent,
    /// The person left, or the visit was ended for all.
    Left,
    /// The server stops or the room cannot be kept now; reconnect.
    Restart,
    /// The seat is somebody else's now, or nobody's: the link ended, or the visit got another therapist.
    Removed,
    /// The visit was cancelled, or moved to another time, while somebody sat in its room.
    CalledOff,
    /// The same person has come from more browsers than a room gives numbers to.
    TooManyDevices,
}

impl Closing {
    pub const ALL: [Self; 14] = [
        Self::Superseded,
        Self::SessionEnded,
        Self::NotAllowed,
        Self::NotOpen,
        Self::BadFrame,
        Self::OldPage,
        Self::TooMany,
        Self::TooSlow,
        Self::Silent,
        Self::Left,
        Self::Restart,
        Self::Removed,
        Self::CalledOff,
        Self::TooManyDevices,
    ];

    pub const fn code(self) -> u16 {
        match self {
            Self::Superseded => 4001,
            Self::SessionEnded => 4002,
            Self::NotAllowed => 4003,
            Self::NotOpen => 4004,
            Self::BadFrame => 4005,
            Self::OldPage => 4006,
            Self::TooMany => 4007,
            Self::TooSlow => 4008,
            Self::Silent => 4009,
            Self::Left => 4010,
            Self::Restart => 4011,
            Self::Removed => 4012,
            Self::CalledOff => 4013,
            Self::TooManyDevices => 4014,
        }
    }

    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|closing| closing.code() == code)
    }

    /// Whether the client should try again by itself. A superseded one must not, or two tabs would fight for ever.
    pub const fn retries(self) -> bool {
        matches!(self, Self::TooMany | Self::TooSlow | Self::Silent | Self::Restart)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFrame {
    #[error("another version of the protocol")]
    Version,
    #[error("does not decode")]
    Malformed,
}

fn encode(frame: &impl Serialize) -> Vec<u8> {
    // Writing plain data into a growing vector has no way to fail; an empty frame would be refused as malformed.
    postcard::to_extend(frame, vec![VERSION]).unwrap_or_default()
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BadFrame> {
    match bytes.split_first() {
        Some((&VERSION, rest)) => postcard::from_bytes(rest).map_err(|_| BadFrame::Malformed),
        Some(_) => Err(BadFrame::Version),
        None => Err(BadFrame::Malformed),
    }
}

impl ClientFrame {
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// # Errors
    /// `Version` for another first byte, `Malformed` for anything that is no frame.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadFrame> {
        decode(bytes)
    }
}

impl ServerFrame {
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// # Errors
    /// `Version` for another first byte, `Malformed` for anything that is no frame.
    pub fn decode(bytes: &[u8]) -> Result<Self, BadFrame> {
        decode(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn close_codes_are_distinct_and_come_back() {
        for closing in Closing::ALL {
            assert_eq!(Closing::from_code(closing.code()), Some(closing));
        }
        assert_eq!(Closing::from_code(1006), None);
    }

    #[test]
    fn another_version_is_told_apart_from_rubbish() {
        let mut frame = ClientFrame::Bye.encode();
        frame[0] = VERSION + 1;
        assert_eq!(ClientFrame::decode(&frame), Err(BadFrame::Version));
        assert_eq!(ClientFrame::decode(&[]), Err(BadFrame::Malformed));
        assert_eq!(ClientFrame::decode(&[VERSION, 9]), Err(BadFrame::Malformed));
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _client = ClientFrame::decode(&bytes);
            let _server = ServerFrame::decode(&bytes);
        }

        #[test]
        fn frames_come_back_as_they_went(n: u32, t0_us: u64, body: Vec<u8>) {
            for frame in [ClientFrame::Ping { n, t0_us }, ClientFrame::Body(body)] {
                prop_assert_eq!(ClientFrame::decode(&frame.encode()), Ok(frame));
            }
        }
    }
}
