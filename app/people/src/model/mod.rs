//! Pure rules and shared types: the same in the browser and on the server.

pub mod patient;
mod relation;
mod therapist;
mod view;
mod words;

pub use patient::{NewPatient, PatientCard, PatientKind};
pub use relation::{CaredFor, Pairing, Relation, RelationKind, Scope};
pub use therapist::{TherapistCard, TherapistFilter};
pub use view::{Clinical, PatientLine, PatientList, PatientRecord};
pub use words::{LANGUAGES, SPECIALTIES, STATES, ZONES, language_name, specialty_name, state_name, zone_name};
