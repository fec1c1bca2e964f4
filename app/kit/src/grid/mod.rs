//! Days beside each other on one clock, with blocks that pointer and keys carry about; and a month of days.

mod block;
mod hand;
mod lanes;
mod month_grid;
mod pieces;
mod state;
mod time_grid;
mod walk;

pub use block::{BlockLook, GridBlock, GridColumn, GridMove};
pub use lanes::{Laid, Stretch, lay};
pub use month_grid::{MonthDay, MonthGrid};
pub use time_grid::TimeGrid;
