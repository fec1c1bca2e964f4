//! A therapist as patients meet them.

use kernel::TherapistId;
use serde::{Deserialize, Serialize};

/// The public side of a therapist. Languages, specialties and states are codes; their names are in `model::words`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TherapistCard {
    pub id: TherapistId,
    pub name: String,
    pub title: String,
    /// IANA name.
    pub zone: String,
    pub about: String,
    pub approach: String,
    /// ISO 639-1.
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    /// States with a licence that is valid today.
    pub licence_states: Vec<String>,
    pub accepts_new: bool,
}

/// What a search may ask for. `None` asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TherapistFilter {
    pub specialty: Option<String>,
    pub language: Option<String>,
    /// Only therapists with a licence for this state.
    pub state_code: Option<String>,
}
