//! Visits that repeat: on which dates, at which reading of the clock, and where the others go when one of them moves. A series
//! is kept as local time in the zone in which it was agreed (G3); turning readings into instants is passed in.

use super::{clock::WallClock, hours_reading, reasons::codes};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

/// So many visits at most: a year of weekly ones. Our own choice; a plan that reaches farther is a new conversation.
pub const MOST: u16 = 52;

/// One visit does not repeat.
pub const FEWEST: u16 = 2;

/// No visit of a series lies farther from its first one.
pub const LONGEST: TimeDelta = TimeDelta::days(366);

/// A visit that cannot be where the series has it may be put so far from there: never to where its neighbours may be put.
pub const NEARBY: TimeDelta = TimeDelta::days(3);

codes! {
    /// How often a series comes round.
    Every {
        Week = "week",
        TwoWeeks = "two_weeks",
    }
}

impl Every {
    pub const fn weeks(self) -> u16 {
        match self {
            Self::Week => 1,
            Self::TwoWeeks => 2,
        }
    }
}

codes! {
    /// How much of a series a change is about.
    Extent {
        One = "one",
        Following = "following",
        All = "all",
    }
}

/// How a series ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Times(u16),
    /// The last date on which a visit may lie.
    On(NaiveDate),
}

/// The series is too short or too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{FEWEST} to {MOST} visits within a year")]
pub struct OutOfRange;

/// The first date, and the reading of the clock on it and on every later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    pub first: NaiveDate,
    /// Minutes after local midnight.
    pub minute: u16,
    pub every: Every,
}

impl Pattern {
    /// Its dates, all on the weekday of the first.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn dates(&self, end: End) -> Result<Vec<NaiveDate>, OutOfRange> {
        let step = Days::new(7 * u64::from(self.every.weeks()));
        let farthest = self.first.checked_add_signed(LONGEST).ok_or(OutOfRange)?;
        let mut dates = Vec::new();
        let mut date = self.first;
        loop {
            let over = match end {
                End::Times(times) => dates.len() >= usize::from(times),
                End::On(last) => date > last,
            };
            if over {
                break;
            }
            if date > farthest || dates.len() >= usize::from(MOST) {
                return Err(OutOfRange);
            }
            dates.push(date);
            date = date.checked_add_days(step).ok_or(OutOfRange)?;
        }
        if dates.len() < usize::from(FEWEST) {
            return Err(OutOfRange);
        }
        Ok(dates)
    }

    /// When the visit of a date begins. A reading that happens twice is the first one, one that is skipped is the moment of
    /// the jump: the visit of that week begins with the first minute there is, and the next one is back where it was.
    pub fn starts(&self, date: NaiveDate, clock: &impl WallClock) -> DateTime<Utc> {
        clock.instant(hours_reading(date, self.minute))
    }
}

/// Minutes after midnight of a reading.
pub fn minute_of(reading: NaiveDateTime) -> u16 {
    u16::try_from(reading.num_seconds_from_midnight() / 60).unwrap_or_default()
}

/// What one visit of a series does when it moves, for the others to do the same: from a weekday and reading, so many days on,
/// to another reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    weekday: chrono::Weekday,
    minute: u16,
    days: i64,
    becomes: u16,
}

impl Step {
    /// `minute`: the reading at which the visit of `date` stands.
    pub fn new(date: NaiveDate, minute: u16, to: NaiveDateTime) -> Self {
        Self {
            weekday: date.weekday(),
            minute,
            days: (to.date() - date).num_days(),
            becomes: minute_of(to),
        }
    }

    /// From the same place to another reading, `date` being that of the visit that goes there.
    #[must_use]
    pub fn to(&self, date: NaiveDate, to: NaiveDateTime) -> Self {
        Self::new(date, self.minute, to)
    }

    /// Does a visit stand where the moved one stood, in its own week? One that was put elsewhere by itself keeps its place.
    pub fn is_in_step(&self, starts: DateTime<Utc>, clock: &impl WallClock) -> bool {
        let date = clock.date(starts);
        date.weekday() == self.weekday && clock.instant(hours_reading(date, self.minute)) == starts
    }

    /// Where a visit that is in step goes.
    pub fn goes_to(&self, starts: DateTime<Utc>, clock: &impl WallClock) -> DateTime<Utc> {
        let date = clock.date(starts) + TimeDelta::days(self.days);
        clock.instant(hours_reading(date, self.becomes))
    }

    /// Later in the calendar: then the last visit goes first, so that none runs into the one before it.
    pub const fn is_later(&self) -> bool {
        self.days > 0 || (self.days == 0 && self.becomes > self.minute)
    }

    /// The reading to which it goes.
    pub const fn becomes(&self) -> u16 {
        self.becomes
    }
}

#[cfg(test)]
mod tests;
