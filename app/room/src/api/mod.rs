//! What the room's page asks before its socket opens.

mod door;

pub use door::{Door, IceServer, RoomDoor, open_door};
