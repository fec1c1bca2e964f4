//! How much of a day and of a week may be booked. Days and weeks are those of the therapist's clock; a week begins on
//! Monday. What is counted is what is taken: visits, requests and holds alike, because each may become a visit (G1).

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// `None` is no limit. Minutes are those of the visits, without buffers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    pub day_visits: Option<u16>,
    pub day_minutes: Option<u16>,
    pub week_visits: Option<u16>,
    pub week_minutes: Option<u16>,
}

impl Limits {
    pub const NONE: Self = Self {
        day_visits: None,
        day_minutes: None,
        week_visits: None,
        week_minutes: None,
    };

    #[must_use]
    pub fn or(self, below: Self) -> Self {
        Self {
            day_visits: self.day_visits.or(below.day_visits),
            day_minutes: self.day_minutes.or(below.day_minutes),
            week_visits: self.week_visits.or(below.week_visits),
            week_minutes: self.week_minutes.or(below.week_minutes),
        }
    }
}

/// Something taken, on the date of its start by the therapist's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub date: NaiveDate,
    pub minutes: u16,
    /// Is it of the service that is being booked? The limits of a service count nothing else.
    pub same_service: bool,
}

/// The limits that bind a booking: those of the offer, and those of the therapist over all services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Caps {
    pub service: Limits,
    pub person: Limits,
}

impl Caps {
    pub fn any(&self) -> bool {
        *self != Self::default()
    }
}

/// The dates on which nothing more can be booked. Of most therapists it is empty, and asking it costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Full {
    /// Sorted.
    days: Vec<NaiveDate>,
    /// Mondays, sorted.
    weeks: Vec<NaiveDate>,
    /// One visit alone is more than a day or a week may hold.
    always: bool,
}

/// What a day or a week holds: of the service, and of all.
#[derive(Clone, Copy, Default)]
struct Load {
    service: (u32, u32),
    person: (u32, u32),
}

impl Load {
    fn add(&mut self, one: Counted) {
        let minutes = u32::from(one.minutes);
        self.person = (self.person.0 + 1, self.person.1 + minutes);
        if one.same_service {
            self.service = (self.service.0 + 1, self.service.1 + minutes);
        }
    }

    /// Is there no room for one more visit of so many minutes?
    fn is_full(&self, service: (Option<u16>, Option<u16>), person: (Option<u16>, Option<u16>), minutes: u16) -> bool {
        let over = |load: (u32, u32), (visits, most): (Option<u16>, Option<u16>)| {
            visits.is_some_and(|visits| load.0 >= u32::from(visits))
                || most.is_some_and(|most| load.1 + u32::from(minutes) > u32::from(most))
        };
        over(self.service, service) || over(self.person, person)
    }
}

impl Full {
    /// Where a visit of `minutes` no longer fits. `counted` in any order; what lies in one week must be counted whole.
    pub fn of(counted: &[Counted], caps: &Caps, minutes: u16) -> Self {
        if !caps.any() {
            return Self::default();
        }
        let a_day = |limits: &Limits| (limits.day_visits, limits.day_minutes);
        let a_week = |limits: &Limits| (limits.week_visits, limits.week_minutes);
        let day_is_full = |load: &Load| load.is_full(a_day(&caps.service), a_day(&caps.person), minutes);
        let week_is_full = |load: &Load| load.is_full(a_week(&caps.service), a_week(&caps.person), minutes);
        let nothing = Load::default();
        Self {
            days: loads(counted, |date| date, day_is_full),
            weeks: loads(counted, monday, week_is_full),
            always: day_is_full(&nothing) || week_is_full(&nothing),
        }
    }

    pub fn covers(&self, date: NaiveDate) -> bool {
        self.always
            || (!self.days.is_empty() && self.days.binary_search(&date).is_ok())
            || (!self.weeks.is_empty() && self.weeks.binary_search(&monday(date)).is_ok())
    }
}

/// The keys, sorted, under which what is counted is full.
fn loads(counted: &[Counted], key: impl Fn(NaiveDate) -> NaiveDate, full: impl Fn(&Load) -> bool) -> Vec<NaiveDate> {
    let mut sorted: Vec<(NaiveDate, &Counted)> = counted.iter().map(|one| (key(one.date), one)).collect();
    sorted.sort_unstable_by_key(|(key, _)| *key);
    sorted
        .chunk_by(|one, next| one.0 == next.0)
        .filter_map(|group| {
            let mut load = Load::default();
            for (_, one) in group {
                load.add(**one);
            }
            full(&load).then(|| group[0].0)
        })
        .collect()
}

/// The Monday of a date's week.
pub fn monday(date: NaiveDate) -> NaiveDate {
    let into = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(into)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::{Caps, Counted, Full, Limits, monday};
    use chrono::NaiveDate;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap() // 1 March 2027 is a Monday
    }

    fn counted(day: u32, minutes: u16, same_service: bool) -> Counted {
        Counted {
            date: date(day),
            minutes,
            same_service,
        }
    }

    fn caps(service: Limits, person: Limits) -> Caps {
        Caps { service, person }
    }

    #[test]
    fn a_day_is_full_by_count() {
        let two = Limits {
            day_visits: Some(2),
            ..Limits::NONE
        };
        let full = Full::of(
            &[counted(1, 45, true), counted(1, 45, true), counted(2, 45, true)],
            &caps(two, Limits::NONE),
            45,
        );
        assert!(full.covers(date(1)) && !full.covers(date(2)) && !full.covers(date(3)));
    }

    #[test]
    fn the_limit_of_a_service_counts_only_its_own_visits_and_that_of_a_person_all() {
        let one = Limits {
            day_visits: Some(1),
            ..Limits::NONE
        };
        let other = [counted(1, 45, false)];
        assert!(!Full::of(&other, &caps(one, Limits::NONE), 45).covers(date(1)));
        assert!(Full::of(&other, &caps(Limits::NONE, one), 45).covers(date(1)));
    }

    #[test]
    fn a_visit_fits_when_its_minutes_fit_exactly() {
        let hour = Limits {
            day_minutes: Some(90),
            ..Limits::NONE
        };
        let full = |minutes| Full::of(&[counted(1, 45, true)], &caps(hour, Limits::NONE), minutes).covers(date(1));
        assert!(!full(45) && full(46));
    }

    #[test]
    fn a_week_is_full_from_monday_to_sunday() {
        let two = Limits {
            week_visits: Some(2),
            ..Limits::NONE
        };
        let full = Full::of(
            &[counted(3, 45, true), counted(7, 45, true)],
            &caps(two, Limits::NONE),
            45,
        );
        assert!(full.covers(date(1)) && full.covers(date(7)) && !full.covers(date(8)));
        assert_eq!(monday(date(7)), date(1));
    }

    #[test]
    fn a_visit_longer_than_a_day_may_hold_never_fits() {
        let short = Limits {
            day_minutes: Some(30),
            ..Limits::NONE
        };
        assert!(Full::of(&[], &caps(short, Limits::NONE), 45).covers(date(1)));
        let none = Limits {
            day_visits: Some(0),
            ..Limits::NONE
        };
        assert!(Full::of(&[], &caps(Limits::NONE, none), 45).covers(date(20)));
    }

    #[test]
    fn without_limits_nothing_is_full() {
        let many: Vec<_> = (0..50).map(|_| counted(1, 60, true)).collect();
        assert_eq!(Full::of(&many, &Caps::default(), 45), Full::default());
        assert!(!Full::default().covers(date(1)));
    }
}
