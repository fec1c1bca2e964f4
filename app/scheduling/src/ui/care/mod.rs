//! The therapist's side: the week as an agenda, a visit with its patient, and what became of it.

mod after;
mod agenda;
mod presence;
mod visit;

pub use after::AfterPage;
pub use agenda::{CareCalendarPage, CareRow};
pub use visit::CareVisitPage;
