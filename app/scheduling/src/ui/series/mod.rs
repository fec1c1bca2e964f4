//! Visits that repeat: planned with each of them seen before (S16, S21), and several of them changed at once (S8).

mod change;
mod choices;
mod fields;
mod line;
mod moving;
mod plan;
mod wishes;

pub use change::{CareSeriesPage, DeskSeriesPage, MySeriesPage};
pub use fields::SeriesFields;
pub use line::SeriesLine;
pub use plan::{CarePlanSeriesPage, DeskPlanSeriesPage};
