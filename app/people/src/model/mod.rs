//! Pure rules and shared types: the same in the browser and on the server.

pub mod patient;
mod relation;
mod therapist;
mod view;
mod words;

pub use patient::{NewPatient, PatientCard, PatientKind};
pub use relation::{CaredFor, Pairing, Relation, RelationKind, Scope};
pub use therapist::{FoundBy, TherapistCard, TherapistFilter};
pub use view::{Clinical, PatientLine, PatientList, PatientRecord};
pub use words::{
    CONCERNS, GENDERS, INSURERS, LANGUAGES, SPECIALTIES, STATES, ZONES, concern_name, concern_specialties, gender_name,
    insurer_name, language_name, specialty_name, state_name, zone_name,
};
