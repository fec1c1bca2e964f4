//! The liaison's side: requests that need a decision, one request with its checks, all visits.

mod day;
mod day_bar;
mod decide;
mod detail;
mod keys;
mod list;
mod queue;
mod visits;

pub use detail::RequestDetailPage;
pub use queue::RequestQueuePage;
pub use visits::DeskVisitsPage;
