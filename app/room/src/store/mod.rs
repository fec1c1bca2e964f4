//! SQL of the room, and nothing else.

pub mod log;
