//! Questions before a visit: as they are written, asked and answered.

use super::{Face, Person, ServiceView, When};
use crate::model::{
    PrescreenId,
    prescreen::{Question, Typed},
};
use kernel::RequestId;
use serde::{Deserialize, Serialize};

/// What the booking form asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedView {
    pub questions: Vec<Question>,
    /// What was typed so far.
    pub answers: Typed,
}

/// Our questions about a request that has no answers yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterView {
    pub request: RequestId,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the patient's zone.
    pub when: When,
    /// `None`: answered already, or it is too late for answers.
    pub asked: Option<AskedView>,
}

/// Answers, for whoever may read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersView {
    pub form: String,
    pub version: i32,
    /// `starts` only, in the reader's zone.
    pub at: When,
    pub rows: Vec<AnswerRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    pub question: String,
    /// `None`: left out.
    pub answer: Option<String>,
}

/// All forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrescreensView {
    pub forms: Vec<PrescreenRow>,
    /// Services that have no form of their own.
    pub services: Vec<ServiceView>,
    /// There is a form for every service without one of its own.
    pub has_general: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrescreenRow {
    pub form: PrescreenId,
    pub name: String,
    /// `None`: every service without a form of its own.
    pub service: Option<String>,
    /// Of the draft.
    pub questions: u32,
    /// The newest published version; `None`: nobody is asked yet.
    pub version: Option<i32>,
    /// The draft differs from it.
    pub changed: bool,
    /// It is asked no more.
    pub retired: bool,
}

/// One form for whoever writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrescreenView {
    pub row: PrescreenRow,
    /// Send it with every change: who has not seen the newest edition changes nothing.
    pub edition: i32,
    /// The draft.
    pub questions: Vec<Question>,
    /// Newest first.
    pub versions: Vec<VersionRow>,
}

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub number: i32,
    /// `starts` only, in the reader's zone.
    pub at: When,
    pub by: String,
    pub questions: Vec<Question>,
    /// How many requests answered it.
    pub answered: u32,
}
