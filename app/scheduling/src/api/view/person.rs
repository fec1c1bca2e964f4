//! The two kinds of people in a visit.

use kernel::{PatientId, TherapistId};
use serde::{Deserialize, Serialize};

/// A patient, as far as a name on a page goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub patient: PatientId,
    pub name: String,
    pub child: bool,
    /// The signed-in person is this patient ("Me").
    pub me: bool,
}

/// A therapist, as patients meet them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    pub therapist: TherapistId,
    pub name: String,
    /// "LCSW"
    pub title: String,
}
