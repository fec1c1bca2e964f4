//! Other times that wait for the patient's answer.

use super::{Face, When};
use crate::model::{ProposalId, ProposedTimeId};
use kernel::IdempotencyKey;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalView {
    pub proposal: ProposalId,
    /// Who would meet the patient.
    pub therapist: Face,
    /// One to three, in the reader's zone.
    pub times: Vec<ProposedTime>,
    /// Until when they are kept (`starts` only).
    pub kept_until: When,
    /// From whoever proposes; empty when nothing was written.
    pub words: String,
    /// For the answer.
    pub key: IdempotencyKey,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedTime {
    pub time: ProposedTimeId,
    pub when: When,
}
