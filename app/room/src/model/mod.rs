//! The pure rules of the room: no browser, no I/O, time passed in. Server and browser run the same code.

pub mod board;
pub mod card;
pub mod ids;
pub mod ink;
pub mod people;
pub mod playback;
pub mod rights;
pub mod stage;
pub mod state;
pub mod steer;
pub mod wire;

pub use board::{
    Board, Ink, Op, Point, Points, Replica, Sheet, Stroke, StrokeId, Tool, UndoStack,
    ink::{Color, Width},
};
pub use card::Card;
pub use ids::{ClientId, ItemId, OpId, ParticipantId};
pub use people::{Device, Person, Phase, Presence, Readiness, Seat};
pub use playback::{PlayState, Playback};
pub use rights::Rights;
pub use stage::{Shown, Stage};
pub use state::RoomState;
pub use wire::{Act, Change, ClientMsg, Event, Greeting, Refusal, ServerMsg};
