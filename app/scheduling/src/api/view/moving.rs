//! What a move answers.

use super::SlotView;
use chrono::{DateTime, Utc};
use kernel::TherapistId;
use serde::{Deserialize, Serialize};

/// It moved, or it stays where it was and these times are free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveAnswer {
    Moved(MovedView),
    Refused {
        /// `slot_taken`, `patient_busy` or `therapist_away`.
        code: String,
        /// In the zone of the page; empty when there is none within the horizon.
        nearest: Vec<SlotView>,
    },
}

/// Where it was: moving it back there, with the reason `undo`, undoes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedView {
    pub previous: DateTime<Utc>,
    pub previous_therapist: TherapistId,
    pub overbooked: bool,
}
