//! One request, one visit. The server decides field by field what a role may see: what it may not is empty or `None`.

use super::{AnswersView, Face, Person, ProposalView, SeriesView, ServiceView, SlotView, When};
use crate::model::{CancelReason, DeclineReason, RequestState, VisitState};
use kernel::{IdempotencyKey, Money, RequestId, VisitId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    pub request: RequestId,
    pub state: RequestState,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the patient's zone.
    pub when: When,
    /// When it was sent (`starts` only).
    pub sent: When,
    /// Until when the desk answers (`starts` only).
    pub answer_by: When,
    pub reason: String,
    /// What was answered to our questions.
    pub answers: Option<AnswersView>,
    /// We asked, nothing was answered, and the answers may still be given.
    pub unanswered: bool,
    pub decline: Option<DeclineReason>,
    /// The desk's words to the patient.
    pub words: String,
    /// The visit it became: the page answers with a redirect to it.
    pub visit: Option<VisitId>,
    pub can_withdraw: bool,
    /// What the desk asked, oldest first.
    pub questions: Vec<QuestionView>,
    /// Longest answer, in characters.
    pub text_limit: u32,
    /// Other times that are kept for the patient.
    pub proposal: Option<ProposalView>,
    /// For a request whose time is gone: the available times nearest to it.
    pub nearest: Vec<SlotView>,
    pub history: Vec<HistoryRow>,
    pub key: IdempotencyKey,
}

/// A question of the desk about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// `starts` only, in the patient's zone.
    pub asked: When,
    pub question: String,
    pub answered: Option<When>,
    /// Empty until answered.
    pub answer: String,
}

/// What changed, when, by whom. `by` is a role word ("patient", "liaison", "system"), never a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// `starts` only, in the reader's zone.
    pub at: When,
    /// The new state's code ("scheduled"); or "moved", "overbooked", "corrected" for what changes no state.
    pub to: String,
    pub by: String,
    /// A listed code; empty when none was given.
    pub why: String,
    /// From when to when it moved.
    pub was: Option<When>,
    pub becomes: Option<When>,
    /// Who would have met the patient before.
    pub was_therapist: Option<String>,
    /// What was said about it; empty when nothing was.
    pub words: String,
}

/// When somebody was in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceRow {
    /// "host", "patient" or "guardian".
    pub seat: String,
    /// From joining to leaving; until now while still inside.
    pub when: When,
    pub still_in: bool,
}

/// What the reader may do with the visit now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says yes or no to one button")]
pub struct VisitActs {
    /// Enter the room.
    pub join: bool,
    pub cancel: bool,
    /// Give it another time.
    pub reschedule: bool,
    /// Say what became of it.
    pub confirm: bool,
    /// Change outcome or summary, within the correction window.
    pub correct: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitView {
    pub visit: VisitId,
    pub state: VisitState,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the reader's zone.
    pub when: When,
    /// In the other side's zone, when its clock differs.
    pub other_when: Option<When>,
    /// When the room opens (`starts` only), in the reader's zone.
    pub room_opens: When,
    /// Until when cancelling is free (`starts` only), in the reader's zone.
    pub free_until: When,
    /// Cancelling now would be late: closer to the start than so many hours.
    pub late_now: bool,
    pub cut_off_hours: u32,
    /// What a late cancellation may cost; `None`: nothing.
    pub late_fee: Option<Money>,
    pub acts: VisitActs,
    /// Why the patient wanted it. Empty when nothing was written.
    pub reason: String,
    /// What was answered to our questions: for the patient's side and the therapist of the visit.
    pub answers: Option<AnswersView>,
    /// We asked, nothing was answered, and the answers may still be given.
    pub unanswered: bool,
    /// Words to the patient of whoever planned it. Empty when nothing was written.
    pub message: String,
    /// The therapist's summary. Patient, guardian and therapist; never the desk.
    pub summary: Option<String>,
    /// What its therapist typed as the summary and has not confirmed. Nobody else's.
    pub draft: Option<String>,
    /// Until when the therapist may correct (`starts` only).
    pub correct_until: Option<When>,
    /// How many hours it can be corrected once it is confirmed.
    pub correction_hours: u32,
    pub cancel: Option<CancelView>,
    /// Therapist and desk: who was in the room and when. Patient side: empty.
    pub presence: Vec<PresenceRow>,
    /// Other times that wait for the patient's answer.
    pub proposal: Option<ProposalView>,
    /// Its place among visits that repeat.
    pub series: Option<SeriesView>,
    pub history: Vec<HistoryRow>,
    pub request: Option<RequestId>,
    /// For the one form of this page.
    pub key: IdempotencyKey,
    /// Longest text, in characters.
    pub text_limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelView {
    pub reason: CancelReason,
    /// What was added in words; empty when nothing was.
    pub words: String,
    pub late: bool,
    /// "patient", "guardian", "therapist" or "liaison".
    pub by: String,
}
