//! The first page of each role: composed from the slices' pieces.

mod office;
mod patient;
mod public;
mod therapist;

pub use office::{AdminHomePage, PartnerHomePage};
pub use patient::PatientHomePage;
pub use public::PublicHomePage;
pub use therapist::TherapistHomePage;
