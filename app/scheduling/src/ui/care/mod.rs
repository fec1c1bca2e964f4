//! The therapist's side: a visit with its patient, and what became of it.

mod after;
mod presence;
mod row;
mod summary;
mod visit;

pub use after::AfterPage;
pub use row::CareRow;
pub use visit::CareVisitPage;
