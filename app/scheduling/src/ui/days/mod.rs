//! Calendars as days on one clock and as months: the therapist's, the desk's by therapist, a family's weeks.

mod bar;
mod blocks;
mod care;
mod desk;
mod month;
mod mover;
mod my;
mod place;
mod preview;

pub use care::CareCalendarPage;
pub use desk::DeskCalendarPage;
pub use my::{MyDaysView, MyViews};
pub use place::{Place, View};
