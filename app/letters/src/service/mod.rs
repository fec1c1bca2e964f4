//! Use cases, one per file. What the worker does runs as `Task::Worker`; what the desk and the account pages do, as their actor.

mod asked_clerk;
mod clerk;
mod compose;
mod deliveries;
mod desk;
mod distances;
mod feed;
mod news;
mod nudge;
mod office;
mod preferences;
mod readers;
mod remind;
mod send;
mod series_clerk;
mod standing;
mod truth;

pub use clerk::listen;
pub use deliveries::{letter_delivery, visit_deliveries};
pub use desk::{dead_letters, deliveries_of_visit, send_again};
pub use feed::{end_feed, make_feed, my_feed, read_feed};
pub use nudge::nudge;
pub use office::Office;
pub use preferences::{my_letters, save_my_letters};
pub use remind::remind;
pub use send::send_due;
pub use standing::post_standing;

pub use crate::store::desk::Delivery;
