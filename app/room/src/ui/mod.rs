//! Pages and components of the room.
