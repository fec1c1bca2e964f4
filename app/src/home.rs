//! The first page of each role: composed from the slices' pieces.

mod admin;
mod partner;
mod patient;
mod public;
mod therapist;

pub use admin::AdminHomePage;
pub use partner::PartnerHomePage;
pub use patient::PatientHomePage;
pub use public::PublicHomePage;
pub use therapist::TherapistHomePage;
