//! What the pages of this slice show. Instants and ages are worked out on the server.

use kernel::{PatientId, Phi};
use serde::{Deserialize, Serialize};

use super::patient::{PatientCard, PatientKind};

/// One line of a therapist's list of patients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientLine {
    pub id: PatientId,
    pub name: String,
    pub kind: PatientKind,
    /// Full years, where the birth date is known.
    pub age: Option<u32>,
    pub state_code: String,
}

/// One page of the list; `next` is the `after` of the page that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientList {
    pub lines: Vec<PatientLine>,
    pub next: Option<PatientId>,
}

/// A patient's record, as far as this slice knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientRecord {
    pub card: PatientCard,
    pub full_name: String,
    /// "14 May 2018".
    pub birth_date: Option<String>,
    pub age: Option<u32>,
    pub gender: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Only for a therapist of the care team.
    pub clinical: Option<Clinical>,
}

/// What is sealed at rest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clinical {
    pub diagnosis: Option<Phi<String>>,
    pub note: Option<Phi<String>>,
}
