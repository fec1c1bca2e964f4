//! Use cases of the room (server only).

mod open_door;

pub use open_door::open_door;
