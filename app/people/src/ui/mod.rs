//! Pages of this slice: a therapist's patients.

mod new_patient;
mod patient;
mod patients;
mod words;

pub use new_patient::NewPatientPage;
pub use patient::PatientPage;
pub use patients::PatientsPage;
