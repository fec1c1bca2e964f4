//! Working hours: weekly shifts and dated changes, in local time. Turning clock readings into instants is passed in, so
//! that the zone database stays on the server.

use super::{Full, reasons::codes, slots::Window};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// A day of the week, Monday first.
    Weekday {
        Monday = "mon",
        Tuesday = "tue",
        Wednesday = "wed",
        Thursday = "thu",
        Friday = "fri",
        Saturday = "sat",
        Sunday = "sun",
    }
}

impl Weekday {
    /// 1 is Monday, 7 is Sunday (ISO 8601); `None` for anything else.
    pub fn from_iso(number: i16) -> Option<Self> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        Self::ALL.get(index).copied()
    }

    pub const fn iso(self) -> i16 {
        match self {
            Self::Monday => 1,
            Self::Tuesday => 2,
            Self::Wednesday => 3,
            Self::Thursday => 4,
            Self::Friday => 5,
            Self::Saturday => 6,
            Self::Sunday => 7,
        }
    }
}

/// One continuous block of work on a weekday: minutes after local midnight, half-open, `0 <= from < until <= 1440`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    pub weekday: Weekday,
    pub from: u16,
    pub until: u16,
}

/// Other hours on one date: they replace the weekly ones. `hours: None` means no work that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedShift {
    pub date: NaiveDate,
    pub hours: Option<(u16, u16)>,
}

/// A therapist's hours. `weekly` is sorted by weekday and start, `dated` by date and start.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hours {
    pub weekly: Vec<Shift>,
    pub dated: Vec<DatedShift>,
}

impl Hours {
    /// Puts both lists in their order.
    pub fn sort(&mut self) {
        self.weekly
            .sort_unstable_by_key(|shift| (shift.weekday.iso(), shift.from));
        self.dated.sort_unstable_by_key(|shift| (shift.date, shift.hours));
    }

    /// Appends the windows of work whose local start lies on `days` dates from `first`, in order of time. Two
    /// conversions per window. A shift that a change of the clocks swallows whole yields no window, and a date that is
    /// full yields none at all. `instant` gets the date whose hours it reads, and the reading.
    pub fn windows(
        &self,
        first: NaiveDate,
        days: u16,
        full: &Full,
        instant: impl Fn(NaiveDate, NaiveDateTime) -> DateTime<Utc>,
        out: &mut Vec<Window>,
    ) {
        let mut dated = self.dated.partition_point(|change| change.date < first);
        for ahead in 0..days {
            let Some(date) = first.checked_add_days(Days::new(u64::from(ahead))) else {
                return;
            };
            let mut push = |from: u16, until: u16| {
                if full.covers(date) {
                    return;
                }
                let (from, until) = (instant(date, reading(date, from)), instant(date, reading(date, until)));
                if from < until {
                    out.push(Window::new(from.timestamp(), until.timestamp()));
                }
            };
            if self.dated.get(dated).is_some_and(|change| change.date == date) {
                while let Some(change) = self.dated.get(dated).filter(|change| change.date == date) {
                    if let Some((from, until)) = change.hours {
                        push(from, until);
                    }
                    dated += 1;
                }
            } else {
                let weekday = i16::try_from(date.weekday().number_from_monday()).unwrap_or_default();
                for shift in self.weekly.iter().filter(|shift| shift.weekday.iso() == weekday) {
                    push(shift.from, shift.until);
                }
            }
        }
    }
}

/// The clock reading so many minutes into `date`; 1440 is midnight at its end.
pub fn reading(date: NaiveDate, minutes: u16) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minutes))
}

#[cfg(test)]
mod tests {
    use super::{DatedShift, Hours, Shift, Weekday};
    use crate::model::{Full, slots::Window};
    use chrono::{NaiveDate, NaiveDateTime};

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap() // 1 March 2027 is a Monday
    }

    fn hours() -> Hours {
        Hours {
            weekly: vec![
                Shift {
                    weekday: Weekday::Monday,
                    from: 540,
                    until: 720,
                },
                Shift {
                    weekday: Weekday::Monday,
                    from: 780,
                    until: 1020,
                },
                Shift {
                    weekday: Weekday::Friday,
                    from: 1320,
                    until: 1440,
                },
            ],
            dated: vec![
                DatedShift {
                    date: date(8),
                    hours: None,
                },
                DatedShift {
                    date: date(9),
                    hours: Some((600, 660)),
                },
            ],
        }
    }

    fn windows(first: u32, days: u16) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let mut out = Vec::new();
        hours().windows(
            date(first),
            days,
            &Full::default(),
            |_, local| local.and_utc(),
            &mut out,
        );
        let local = |at| chrono::DateTime::from_timestamp(at, 0).unwrap().naive_utc();
        out.iter().map(|w: &Window| (local(w.from), local(w.until))).collect()
    }

    #[test]
    fn a_day_can_have_several_shifts() {
        assert_eq!(windows(1, 1).len(), 2);
        assert_eq!(windows(1, 1)[1].0, date(1).and_hms_opt(13, 0, 0).unwrap());
    }

    #[test]
    fn a_shift_may_end_at_midnight() {
        assert_eq!(windows(5, 1)[0].1, date(6).and_hms_opt(0, 0, 0).unwrap());
    }

    #[test]
    fn a_dated_change_replaces_the_weekly_hours() {
        assert_eq!(windows(8, 1), vec![]);
        assert_eq!(windows(9, 1)[0].0, date(9).and_hms_opt(10, 0, 0).unwrap());
    }

    #[test]
    fn weekdays_survive_their_number() {
        for weekday in Weekday::ALL {
            assert_eq!(Weekday::from_iso(weekday.iso()), Some(*weekday));
        }
        assert_eq!(Weekday::from_iso(0), None);
        assert_eq!(Weekday::from_iso(8), None);
    }
}
