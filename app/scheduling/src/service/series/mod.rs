//! Visits that repeat: seen before they are planned, planned, moved and cancelled together. Each of them is an ordinary visit
//! with its own claims, history and letters' entries; what is here changes several in one transaction, all or none.

mod cancel_series;
mod ground;
mod move_series;
mod part;
mod plan_series;
mod preview_series;
mod series_of_visit;
mod wish;

pub use cancel_series::{CancelMany, cancel_series};
pub use move_series::{MoveMany, MovedMany, Moving, move_series};
pub use plan_series::{PlannedSeries, SeriesPlan, plan_series};
pub use preview_series::preview_series;
pub use series_of_visit::{series_of_visit, series_view};
pub use wish::SeriesWish;
