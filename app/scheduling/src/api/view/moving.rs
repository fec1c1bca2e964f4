//! Moving and planning visits: what their forms show and what they answer.

use super::{DayTimes, Face, Person, SeriesView, ServiceView, SlotView, When, ZoneView};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{IdempotencyKey, PatientId, TherapistId, VisitId};
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

/// The page of a move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveView {
    pub visit: VisitId,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the zone in which typed times are read: the patient's for their side, the therapist's for staff.
    pub when: When,
    /// Until when the patient's side moves it (`starts` only).
    pub free_until: When,
    pub may: bool,
    /// Its place among visits that repeat.
    pub series: Option<SeriesView>,
    /// Any time may be typed, a reason is asked for.
    pub staff: bool,
    /// Who may meet the patient, whoever does now first. One but for the desk.
    pub therapists: Vec<Face>,
    /// Whose times are shown.
    pub chosen: TherapistId,
    pub days: Vec<DayTimes>,
    pub is_first: bool,
    /// Where the next page of days begins.
    pub later: Option<NaiveDate>,
    pub key: IdempotencyKey,
    pub text_limit: u32,
}

/// It is planned, or these times are free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanAnswer {
    Planned(VisitId),
    /// It repeats: the answer leads to the page that lists each visit.
    Repeats,
    Refused {
        /// `slot_taken`, `patient_busy` or `therapist_away`.
        code: String,
        /// In the therapist's zone.
        nearest: Vec<SlotView>,
    },
}

/// The form of a planned visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanView {
    /// For whom, where the page was opened for somebody.
    pub chosen: Option<PatientId>,
    pub people: Vec<Person>,
    pub therapists: Vec<PlanTherapist>,
    /// A liaison plans: somebody has to be chosen.
    pub desk: bool,
    pub key: IdempotencyKey,
    pub text_limit: u32,
}

/// Who may be planned for, with what they offer to these patients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTherapist {
    pub face: Face,
    /// In which typed times are read.
    pub zone: ZoneView,
    pub services: Vec<ServiceView>,
}
