//! The therapist's day, week and hours.

use super::{AgendaRow, ServiceView, When, ZoneView};
use crate::model::{OverrideId, TimeOffId, Weekday};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::VisitId;
use serde::{Deserialize, Serialize};

/// The therapist's home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodayView {
    pub today: NaiveDate,
    /// "Tue 24 Nov"
    pub day: String,
    pub zone: ZoneView,
    /// Patients in a waiting room now, longest first.
    pub waiting: Vec<AgendaRow>,
    pub waiting_since: Vec<DateTime<Utc>>,
    /// Today's visits in order, whatever their state; cancelled ones are not listed.
    pub visits: Vec<AgendaRow>,
    /// Minutes of today's visits together.
    pub minutes: u32,
    /// Ended visits that wait for "took place", oldest first.
    pub to_confirm: Vec<AgendaRow>,
    /// The first visit after today.
    pub next: Option<AgendaRow>,
    /// The server's clock when this was made.
    pub server_now: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareBlockKind {
    Visit,
    /// A request or a hold: "Kept", without a name until it is approved (R14).
    Kept,
    TimeOff,
    Closure,
}

/// A stretch of a therapist's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareBlock {
    pub kind: CareBlockKind,
    /// In the therapist's zone, cut to the day.
    pub when: When,
    /// Minutes after local midnight, for the grid; quarter hours are `minute / 15`.
    pub from_minute: u16,
    pub until_minute: u16,
    /// The visit's row, for `Visit` only.
    pub visit: Option<AgendaRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareDay {
    pub date: NaiveDate,
    pub day: String,
    pub blocks: Vec<CareBlock>,
}

/// A weekly shift, as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftRow {
    pub weekday: Weekday,
    /// "09:00"
    pub from: String,
    /// "12:30"; "24:00" is midnight at the end of the day.
    pub until: String,
}

/// A dated change: other hours, or none, on one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideRow {
    pub id: OverrideId,
    pub date: NaiveDate,
    /// "Wed 25 Nov"
    pub day: String,
    /// `None`: no hours on that date.
    pub hours: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOffRow {
    pub id: TimeOffId,
    pub when: When,
    /// "Wed 25 Nov": the last day, for absences of several days.
    pub last_day: String,
    /// Only for the therapist and the desk.
    pub reason: String,
    /// Visits that fall into it. They stay until somebody moves them.
    pub affected: Vec<VisitId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvailabilityView {
    /// The zone in which the hours are written.
    pub zone: ZoneView,
    /// Today in that zone: the earliest date for changes.
    pub today: NaiveDate,
    /// Monday first, in order of time; days without a row are free.
    pub shifts: Vec<ShiftRow>,
    pub overrides: Vec<OverrideRow>,
    pub time_off: Vec<TimeOffRow>,
    pub services: Vec<ServiceView>,
    /// What patients would see: available times of the first service in the next 14 days.
    pub times_in_14_days: u32,
    /// Agreed visits outside the hours as they are now. They stay until somebody moves them.
    pub affected: Vec<AgendaRow>,
}
