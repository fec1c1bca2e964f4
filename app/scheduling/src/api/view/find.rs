//! Finding a therapist and a time.

use super::{Face, Person, ZoneView};
use crate::model::{Line, ServiceId};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Money, TherapistId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceView {
    pub service: ServiceId,
    pub name: String,
    pub line: Line,
    pub minutes: u16,
    /// An estimate: say "about".
    pub price: Money,
}

/// One bookable time. Nothing in it is trusted when it comes back (G2): only `starts` is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotView {
    pub starts: DateTime<Utc>,
    /// The date of the start in the patient's zone.
    pub date: NaiveDate,
    /// "Tue 24 Nov", in the patient's zone.
    pub day: String,
    /// "10:00", in the patient's zone, 24 hours.
    pub clock: String,
}

/// Why a therapist is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Speaks the language that was asked for (ISO 639-1 code).
    Speaks(String),
    /// Works on the need that was asked for (a specialty code of people).
    WorksOn(String),
    /// Helps with what brings the patient (a concern code of people).
    HelpsWith(String),
    /// Takes the insurance that was asked for (an insurer code of people).
    Takes(String),
    /// Has an available time within seven days.
    FreeThisWeek,
    /// This patient has had a visit with them.
    SeenBefore,
}

/// A therapist who fits, with the next times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TherapistHit {
    pub face: Face,
    /// US states of the licences that are valid today.
    pub licence_states: Vec<String>,
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    pub why: Vec<Why>,
    /// The next three available times, earliest first; empty when there is none within the horizon.
    pub next: Vec<SlotView>,
    /// Take `next` with this service.
    pub service: ServiceId,
}

/// The answer of a search: the best-known question repeated, the people, and "anyone, earliest".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindView {
    /// Whom the reader may book for; the first entry is the default.
    pub people: Vec<Person>,
    /// Whom this search is for.
    pub person: Option<Person>,
    /// Services that fit that person.
    pub services: Vec<ServiceView>,
    /// The service whose times are shown.
    pub service: Option<ServiceView>,
    /// The patient's zone, in which all times are written.
    pub zone: Option<ZoneView>,
    /// The patient's US state: only therapists licensed there are listed.
    pub state_code: String,
    /// Specialty codes to choose from: those of therapists licensed in that state.
    pub specialties: Vec<String>,
    /// Language codes to choose from.
    pub languages: Vec<String>,
    /// Earliest available time first; therapists without one last. No more than were asked for.
    pub hits: Vec<TherapistHit>,
    /// How many fit, shown or not.
    pub fitting: usize,
    /// The earliest time with anyone: therapist and time.
    pub earliest: Option<(TherapistId, SlotView)>,
    /// When nobody fits: the filter that excludes most, and how many would fit without it.
    pub drop: Option<(String, u32)>,
}

/// The available times of one day in the patient's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTimes {
    pub date: NaiveDate,
    /// "Tue 24 Nov"
    pub day: String,
    pub slots: Vec<SlotView>,
}

/// A day on which somebody who fits has times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFree {
    pub date: NaiveDate,
    /// Of all together.
    pub times: u32,
}

/// Who is free on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnyDay {
    pub date: NaiveDate,
    /// "Tue 24 Nov"
    pub day: String,
    /// Whoever is free first on top.
    pub hits: Vec<AnyHit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnyHit {
    pub face: Face,
    pub slots: Vec<SlotView>,
}

/// A month of days with anybody who fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnyTimesView {
    pub person: Person,
    /// The service whose times are shown.
    pub service: ServiceView,
    /// First day of the month that is shown, in the patient's zone.
    pub month: NaiveDate,
    /// First days of the neighbouring months, where there is something to book.
    pub previous_month: Option<NaiveDate>,
    pub next_month: Option<NaiveDate>,
    /// Today in the patient's zone.
    pub today: NaiveDate,
    /// Days of the month that have times, in order.
    pub days: Vec<DayFree>,
    /// The day that was asked for, or the first that has times.
    pub open: Option<AnyDay>,
    /// The earliest available time at all.
    pub next_available: Option<SlotView>,
    /// The patient's zone: all times are written in it.
    pub zone: ZoneView,
}

/// A therapist's profile and available times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimesView {
    pub face: Face,
    pub about: String,
    pub approach: String,
    pub licence_states: Vec<String>,
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    pub people: Vec<Person>,
    pub person: Person,
    /// What this therapist offers to that person.
    pub services: Vec<ServiceView>,
    /// The service whose times are shown; `None` when the therapist offers none.
    pub service: Option<ServiceView>,
    /// First day of the month that is shown, in the patient's zone.
    pub month: NaiveDate,
    /// First days of the neighbouring months, where there is something to book.
    pub previous_month: Option<NaiveDate>,
    pub next_month: Option<NaiveDate>,
    /// Today in the patient's zone.
    pub today: NaiveDate,
    /// Days of the month with at least one available time, in order.
    pub days: Vec<DayTimes>,
    /// The earliest available time at all.
    pub next_available: Option<SlotView>,
    /// The available times nearest to `around` (the one that was just taken by somebody else), in order of time.
    pub nearest: Vec<SlotView>,
    /// The patient's zone: all times are written in it.
    pub zone: ZoneView,
    pub therapist_zone: ZoneView,
    /// Minutes by which the therapist's clock is ahead of the patient's now; 0 when they agree.
    pub ahead_minutes: i32,
    /// No licence in the patient's state, or takes nobody new: times are shown to nobody then.
    pub closed: Option<String>,
    /// The reader's running hold, if any: the bar on top with "Go on" and "Let go".
    pub running: Option<super::HoldView>,
}
