//! What pages ask of the room outside of its socket.

mod door;
mod waiting;

pub use door::{Door, IceServer, RoomDoor, open_door};
pub use waiting::{WaitingNow, who_waits};
