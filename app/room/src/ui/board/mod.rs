//! The whiteboard: ink over whatever is on the stage. The strokes live in the mirror, outside of signals; the canvas is
//! told what changed.

pub mod hit;
pub mod path;
pub mod pens;
pub mod trail;

#[cfg(feature = "hydrate")]
mod canvas;
#[cfg(feature = "hydrate")]
mod hand;
#[cfg(feature = "hydrate")]
mod layer;
#[cfg(feature = "hydrate")]
mod painter;
#[cfg(feature = "hydrate")]
mod palette;
#[cfg(feature = "hydrate")]
mod tools;

#[cfg(feature = "hydrate")]
pub use {
    canvas::BoardCanvas,
    tools::{BoardTools, Pencil, toggle_board},
};
