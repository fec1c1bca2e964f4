//! The booking form over a kept time.

use super::{AskedView, Face, Person, ServiceView, SlotView, When};
use crate::model::{HoldId, HoldState};
use chrono::{DateTime, Utc};
use kernel::{IdempotencyKey, PatientId, RequestId};
use serde::{Deserialize, Serialize};

/// A kept time and what was typed so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldView {
    pub hold: HoldId,
    /// `Expired` as soon as its time is over, whether or not a job has noticed.
    pub state: HoldState,
    pub expires_at: DateTime<Utc>,
    /// The server's clock when this was made: count down from `expires_at - server_now`, not from the browser's clock.
    pub server_now: DateTime<Utc>,
    pub person: Person,
    /// For whom the form is: the person, or one of the others.
    pub chosen: PatientId,
    /// Others the reader may book for instead.
    pub people: Vec<Person>,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the patient's zone.
    pub when: When,
    /// What was typed so far.
    pub reason: String,
    /// Questions of our team; on the booking page of a running time only.
    pub asked: Option<AskedView>,
    /// Longest reason, in characters.
    pub reason_limit: u32,
    /// "Keep it 5 more minutes" is still possible.
    pub can_extend: bool,
    /// For an expired hold: its time is still free, "take it again".
    pub still_free: bool,
    /// For an expired hold whose time is gone: the nearest available times.
    pub nearest: Vec<SlotView>,
    /// The request this hold became.
    pub request: Option<RequestId>,
    /// By when the desk answers a request sent now, in the patient's zone (`starts` only).
    pub answer_by: When,
    /// Open requests of this person, and the limit (G5).
    pub open_requests: Vec<OpenRequestView>,
    pub open_limit: u32,
    /// Send this with the request form: pressed twice, it acts once.
    pub key: IdempotencyKey,
}

/// One of the requests that count against the limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequestView {
    pub request: RequestId,
    pub therapist: Face,
    pub when: When,
}
