//! A grid that is painted: columns by short equal rows, in several layers. The painting is pure; the component shows it
//! and turns mouse, touch and keys into strokes.

mod grid;
mod keys;
mod painting;
mod picture;

pub use grid::{PaintGrid, PaintLook};
pub use painting::{Area, Brush, History, Painting, Run};
