//! Calendars as days on one clock, and months as counts.

use super::{AgendaRow, CareBlock, CareDay, Face, Person, ServiceView, ZoneView};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The clock of the page at the moment it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageClock {
    pub today: NaiveDate,
    /// Minutes after midnight.
    pub minute: u16,
    /// All times of the page are written in it.
    pub zone: ZoneView,
}

/// A therapist's days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareDaysView {
    pub clock: PageClock,
    pub days: Vec<CareDay>,
    /// There is more than a page shows.
    pub cut_off: bool,
}

/// A visit or request on a day of its own people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyBlock {
    /// Minutes after local midnight, cut to the day.
    pub from_minute: u16,
    pub until_minute: u16,
    pub row: AgendaRow,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyDay {
    pub date: NaiveDate,
    pub day: String,
    pub blocks: Vec<MyBlock>,
}

/// The days of a patient or a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyDays {
    pub clock: PageClock,
    /// Whom the reader may filter by (`for`).
    pub people: Vec<Person>,
    pub days: Vec<MyDay>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    pub date: NaiveDate,
    pub visits: u32,
    /// Kept or requested, not decided.
    pub kept: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthView {
    pub clock: PageClock,
    /// Its first day.
    pub month: NaiveDate,
    /// Days that hold something, in order.
    pub days: Vec<DayCount>,
}

/// One therapist's day, as the desk sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskColumn {
    pub face: Face,
    /// Minutes by which the therapist's clock is ahead of the page's; 0 when they agree.
    pub ahead_minutes: i32,
    pub open: Vec<(u16, u16)>,
    pub blocks: Vec<CareBlock>,
}

/// Many therapists side by side on one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskDayView {
    pub clock: PageClock,
    pub date: NaiveDate,
    pub day: String,
    pub columns: Vec<DeskColumn>,
    /// To filter by.
    pub therapists: Vec<Face>,
    pub services: Vec<ServiceView>,
    /// Pass as `after` for the next therapists.
    pub next: Option<String>,
    pub cut_off: bool,
}
