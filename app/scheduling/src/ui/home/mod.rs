//! The home pages of those who come for visits: one answer, and what to do about it (S3, S14).

mod model;
mod patient;
mod therapist;

pub use patient::PatientHome;
pub use therapist::TherapistHome;
