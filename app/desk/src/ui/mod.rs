//! Pages of the desk: the queue and its items, many at once, texts, all visits. Each page is a thin view; what can be decided
//! without a component is in `model`, `place` or `words`, with its tests.

mod decided;
mod item;
mod keys;
mod many;
mod parts;
mod place;
mod queue;
mod templates;
mod visits;
mod words;

pub use decided::DecidedPage;
pub use item::ItemPage;
pub use many::ManyPage;
pub use queue::QueuePage;
pub use templates::TemplatesPage;
pub use visits::{VisitPage, VisitsPage};
