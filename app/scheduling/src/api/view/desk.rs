//! The desk's list of requests and of all visits.

use super::{AgendaRow, AnswersView, Face, HistoryRow, Person, QuestionView, ServiceView, SlotView, When};
use crate::model::RequestState;
use kernel::{IdempotencyKey, RequestId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    pub request: RequestId,
    pub state: RequestState,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the reader's zone in a list, in the patient's on a page of its own; so are the two below.
    pub when: When,
    /// When it was sent (`starts` only).
    pub sent: When,
    /// By when it must be answered (`starts` only).
    pub due: When,
    /// Due within six hours.
    pub urgent: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPage {
    pub rows: Vec<RequestRow>,
    /// Pass as `after` for the next page.
    pub next: Option<String>,
    /// How many wait for a decision, whatever the filter.
    pub open: u32,
    /// The last decision of the desk (`starts` only), for the empty page.
    pub last_decision: Option<When>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    Ok,
    /// Look at it; approving is possible.
    Attention,
    /// Approving is not possible.
    Stop,
}

/// One check of a request. `code`: `licence`, `notice`, `open_requests`, `therapist_free`, `hours`,
/// `patient_free`, `same_day`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    pub code: String,
    pub state: CheckState,
    /// A number or code that belongs to the sentence: the state of the licence, minutes, a count.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayBlockKind {
    /// Working hours.
    Hours,
    Visit,
    Buffer,
    /// Another request or a hold.
    Kept,
    TimeOff,
    /// The request itself.
    This,
}

/// A stretch of the therapist's day as a bar, in the therapist's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayBlock {
    pub kind: DayBlockKind,
    /// Minutes after local midnight, cut to the day.
    pub from_minute: u16,
    pub until_minute: u16,
    /// "10:00"
    pub from: String,
    pub until: String,
    /// The patient's name, for visits.
    pub label: String,
    /// It lies across the request.
    pub clash: bool,
}

/// A therapist with a licence for the patient's state, and what they offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherOffer {
    pub therapist: Face,
    pub service: ServiceView,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDetailView {
    pub row: RequestRow,
    /// In the therapist's zone.
    pub therapist_when: When,
    pub reason: String,
    /// What was answered to our questions.
    pub answers: Option<AnswersView>,
    /// We asked, and nothing was answered: the form was left out, or nobody was shown it.
    pub unanswered: bool,
    pub checks: Vec<CheckView>,
    pub therapist_day: Vec<DayBlock>,
    /// The patient's other visits and requests of that day.
    pub patient_day: Vec<AgendaRow>,
    /// Available times nearest to the wish, in the patient's zone.
    pub nearest: Vec<SlotView>,
    pub history: Vec<HistoryRow>,
    /// No check says stop and nobody decided yet.
    pub can_approve: bool,
    pub can_decline: bool,
    /// For the decision.
    pub key: IdempotencyKey,
    pub text_limit: u32,
    /// What the desk asked, oldest first.
    pub questions: Vec<QuestionView>,
    /// Therapists and services it could be changed to.
    pub others: Vec<OtherOffer>,
}

/// One visit in the table of all visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskVisitRow {
    pub row: AgendaRow,
    /// In the therapist's zone.
    pub therapist_when: When,
}
