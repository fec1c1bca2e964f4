//! Visits that repeat: what is shown before they are planned, and before several of them change.

use super::{Face, Person, ServiceView, SlotView, When, ZoneView};
use crate::model::Extent;
use kernel::{IdempotencyKey, Money, VisitId};
use serde::{Deserialize, Serialize};

/// What is in the way of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HindranceKind {
    /// The therapist's time is taken.
    TherapistBusy,
    /// The patient's time is taken.
    PatientBusy,
    /// The therapist is away, or the clinic is shut.
    Away,
    /// The licence for the patient's state has ended by then.
    NoLicence,
    /// It would lie in the past.
    Past,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hindrance {
    pub kind: HindranceKind,
    /// Whose visit is there, where the reader may know; else empty.
    pub with: String,
}

/// One visit of a series that is not planned yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccurrenceView {
    /// In the zone of the series.
    pub when: When,
    pub hindrance: Option<Hindrance>,
    /// The therapist does not work then: possible, and said.
    pub outside_hours: bool,
    /// The clocks skip the reading that day: this one begins with the first minute after it.
    pub skipped: bool,
    /// Free times near to it, for one that is hindered.
    pub instead: Vec<SlotView>,
}

/// A series as it would be planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPreview {
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    pub zone: ZoneView,
    /// "10:00"
    pub clock: String,
    pub occurrences: Vec<OccurrenceView>,
    pub key: IdempotencyKey,
    pub text_limit: u32,
}

/// Where a visit stands in its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesView {
    pub number: u16,
    /// So many were planned.
    pub of: u16,
    /// Visits ahead that the reader may change, from this one on.
    pub following: u16,
    pub all: u16,
}

/// One of the visits that a change of many is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesVisitRow {
    pub visit: VisitId,
    pub number: u16,
    /// In the reader's zone.
    pub when: When,
    /// It was put elsewhere by itself: a move of many leaves it there.
    pub apart: bool,
    /// Cancelling it now would be late.
    pub late: bool,
}

/// The page on which several visits of a series change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesChangeView {
    pub visit: VisitId,
    pub extent: Extent,
    pub series: SeriesView,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// The visit from whose page this one was opened.
    pub when: When,
    /// What would change, in order of time.
    pub visits: Vec<SeriesVisitRow>,
    /// Staff move several at once; the patient's side moves one at a time.
    pub may_move: bool,
    pub staff: bool,
    pub cut_off_hours: u32,
    /// What a late cancellation may cost; `None`: nothing.
    pub late_fee: Option<Money>,
    pub key: IdempotencyKey,
    pub text_limit: u32,
}

/// They moved, or some cannot and nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveManyAnswer {
    Moved {
        moved: u16,
        /// Left where they were: hindered, or put elsewhere by themselves before.
        left: u16,
    },
    /// Where they would go, and what is in the way there.
    Hindered(Vec<OccurrenceView>),
}
