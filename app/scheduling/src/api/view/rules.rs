//! The rules of booking as an administrator's page shows them. Numbers in the unit of their parameter.

use super::{Face, ServiceView, When, ZoneView};
use crate::model::{Group, Parameter, RulesVersionId, Scope};
use chrono::NaiveDate;
use kernel::IdempotencyKey;
use serde::{Deserialize, Serialize};

/// One group of parameters in one scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesView {
    pub group: Group,
    pub scope: Scope,
    /// What a scope may name.
    pub services: Vec<ServiceView>,
    pub therapists: Vec<Face>,
    pub fields: Vec<RuleField>,
    /// The scope's newest version: sent along, so that nobody overwrites what they have not seen.
    pub number: i32,
    /// The newest first.
    pub log: Vec<RulesVersion>,
    /// The reader's zone: in it a change begins at midnight.
    pub zone: ZoneView,
    pub today: NaiveDate,
    pub key: IdempotencyKey,
}

/// A parameter as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleField {
    pub parameter: Parameter,
    /// What is set in this scope.
    pub set: Option<i64>,
    /// What holds here if nothing is set, and where it comes from (`None`: the default).
    pub wider: i64,
    pub wider_from: Option<Scope>,
    /// It may differ in this scope.
    pub open: bool,
}

impl RuleField {
    /// What is in force.
    pub fn value(&self) -> i64 {
        self.set.unwrap_or(self.wider)
    }
}

/// One change of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesVersion {
    pub version: RulesVersionId,
    pub number: i32,
    /// When it was made (`starts` only).
    pub at: When,
    /// From when it holds, where that is later (`starts` only).
    pub from: Option<When>,
    /// It does not hold yet.
    pub planned: bool,
    pub by: String,
    pub reason: String,
    pub changes: Vec<RuleChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleChange {
    pub parameter: Parameter,
    pub was: Option<i64>,
    pub value: Option<i64>,
}

/// What a change would do to one therapist's times in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesPreview {
    pub therapist: Face,
    pub service: ServiceView,
    /// The therapist's zone, in which days and times are written.
    pub zone: ZoneView,
    /// First of seven days.
    pub week: NaiveDate,
    pub before: u32,
    pub after: u32,
    pub days: Vec<PreviewDay>,
    /// What happens around the first of these times.
    pub sample: Option<PreviewVisit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewDay {
    /// "Tue 24 Nov"
    pub day: String,
    pub times: Vec<PreviewTime>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewTime {
    /// "10:00"
    pub clock: String,
    pub fate: Fate,
}

/// What becomes of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Stays,
    Comes,
    Goes,
}

/// A visit at a sample time under the rules before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewVisit {
    pub when: When,
    pub before: Around,
    pub after: Around,
}

/// What the rules put around a visit. Moments (`starts` only).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Around {
    pub free_until: When,
    pub reminders: Vec<When>,
    pub room_opens: When,
}
