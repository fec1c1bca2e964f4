//! The therapist's day, week and hours.

use super::{AgendaRow, Face, Person, ServiceView, SlotView, When, ZoneView};
use crate::{
    api::TermsForm,
    model::{Basics, Horizon, Limits, OverrideId, ServiceId, TimeOffId, Weekday, preview::Preview, week::WeekShift},
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::VisitId;
use people::FoundBy;
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
    /// It may get another time.
    pub movable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareDay {
    pub date: NaiveDate,
    pub day: String,
    /// Working hours, in minutes after local midnight.
    pub open: Vec<(u16, u16)>,
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
    /// What it is for; none named: every service.
    pub services: Vec<ServiceId>,
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
    /// Whom patients are pointed to meanwhile.
    pub colleague: Option<Face>,
    /// Visits that fall into it. They stay until somebody moves them.
    pub affected: Vec<VisitId>,
}

/// The clinic is shut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosureRow {
    pub id: TimeOffId,
    pub when: When,
    pub last_day: String,
    pub reason: String,
}

/// The page of closures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosuresView {
    /// Those that are not over, the next first, in the reader's zone.
    pub rows: Vec<ClosureRow>,
    /// In which the reader lives.
    pub zone: ZoneView,
    pub today: NaiveDate,
}

/// From a date on the hours are read in another zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TravelRow {
    pub from: NaiveDate,
    /// "Wed 25 Nov"
    pub day: String,
    pub zone: ZoneView,
}

/// A service as this therapist gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferView {
    pub service: ServiceId,
    pub name: String,
    /// Nothing left open: own terms over the service.
    pub basics: Basics,
    pub notice_minutes: i64,
    /// `None`: the rolling days of the rules.
    pub horizon: Option<Horizon>,
    pub limits: Limits,
    /// What of it is this therapist's own.
    pub own: TermsForm,
}

/// A visit that an absence lies over, with a way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AffectedView {
    pub visit: VisitId,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the therapist's zone, like that of the way out.
    pub when: When,
    /// The clinic is shut, not only this therapist away.
    pub closure: bool,
    /// `None`: nobody who may has a free time within the horizon.
    pub way_out: Option<WayOut>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayOut {
    pub therapist: Face,
    pub starts: DateTime<Utc>,
    pub when: When,
    /// The colleague who stands in, not the same therapist later.
    pub colleague: bool,
}

/// What the desk can do for a visit that an absence lies over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysOutView {
    /// In the patient's zone. `None`: nobody who may has a free time within the horizon.
    pub way_out: Option<WayOut>,
    /// Times that the visit's own therapist has free, nearest to it first, in the patient's zone.
    pub nearest: Vec<SlotView>,
    /// The clinic is shut, not only this therapist away.
    pub closure: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvailabilityView {
    pub therapist: Face,
    /// The zone in which the hours are read now.
    pub zone: ZoneView,
    /// Today in that zone: the earliest date for changes.
    pub today: NaiveDate,
    /// Monday first, in order of time; days without a row are free.
    pub shifts: Vec<ShiftRow>,
    /// The same for the painter.
    pub week: Vec<WeekShift>,
    pub overrides: Vec<OverrideRow>,
    pub time_off: Vec<TimeOffRow>,
    pub closures: Vec<ClosureRow>,
    /// By date.
    pub travels: Vec<TravelRow>,
    /// Over all services.
    pub limits: Limits,
    /// What a search may ask about this therapist.
    pub found_by: FoundBy,
    pub services: Vec<ServiceView>,
    pub offers: Vec<OfferView>,
    /// Services that the desk could add; for the therapist's own page none.
    pub addable: Vec<ServiceView>,
    /// Who may stand in.
    pub colleagues: Vec<Face>,
    /// What patients would see in the next 14 days, for any week that is tried.
    pub preview: Preview,
    /// Agreed visits outside the hours as they are now. They stay until somebody moves them.
    pub affected: Vec<AgendaRow>,
    /// Visits inside an absence, each with a way out.
    pub inside_absences: Vec<AffectedView>,
}
