//! Agenda rows: requests and visits in one list.

use super::{Face, Person, ServiceView, When};
use crate::model::{RequestState, VisitState};
use kernel::{IdempotencyKey, RequestId, VisitId};
use serde::{Deserialize, Serialize};

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bookable {
    Request(RequestId),
    Visit(VisitId),
}

/// Where it stands. Words: pending "Requested", scheduled "Confirmed" (G4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Request(RequestState),
    Visit(VisitState),
}

/// One row of a calendar, with all its preview needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says yes or no to one thing on the page"
)]
pub struct AgendaRow {
    pub about: Bookable,
    pub standing: Standing,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the reader's zone.
    pub when: When,
    /// When the request was sent or the visit agreed (`starts` only), in the reader's zone.
    pub since: When,
    /// Join is possible now.
    pub room_open: bool,
    /// When the room opens (`starts` only).
    pub room_opens: When,
    pub can_cancel: bool,
    pub can_withdraw: bool,
    /// For withdraw and cancel straight from the row.
    pub key: IdempotencyKey,
    pub has_summary: bool,
    /// Its request brought answers to our questions.
    pub answered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPage {
    /// Whom the reader may filter by (`for`).
    pub people: Vec<Person>,
    pub rows: Vec<AgendaRow>,
    /// Pass as `after` for the next page.
    pub next: Option<String>,
}
