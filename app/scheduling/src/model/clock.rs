//! The clock on a therapist's wall. Hours are readings of it (G3); a therapist who travels reads them, from a date on, on
//! the clock of another place.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Turns readings into instants and back. The tz database stands behind it on the server, a table in the browser.
pub trait WallClock {
    /// The policy for the two odd hours of a year: a reading that happens twice is the first one, one that is skipped is
    /// the moment of the jump.
    fn instant(&self, reading: NaiveDateTime) -> DateTime<Utc>;
    fn date(&self, at: DateTime<Utc>) -> NaiveDate;
}

/// From the midnight of `from`, as the new clock has it, the new clock holds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Leg<C> {
    from: NaiveDate,
    clock: C,
    begins: DateTime<Utc>,
}

/// A clock that is another one from some dates on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travels<C> {
    home: C,
    /// By date.
    legs: Vec<Leg<C>>,
}

impl<C: WallClock> Travels<C> {
    /// `legs`: from which date on which clock, sorted by date, no date twice.
    pub fn new(home: C, legs: impl IntoIterator<Item = (NaiveDate, C)>) -> Self {
        let legs = legs
            .into_iter()
            .map(|(from, clock)| Leg {
                from,
                begins: clock.instant(from.and_time(NaiveTime::MIN)),
                clock,
            })
            .collect();
        Self { home, legs }
    }

    pub const fn at_home(home: C) -> Self {
        Self { home, legs: Vec::new() }
    }

    /// The clock that stands at home.
    pub const fn home(&self) -> &C {
        &self.home
    }

    /// The instant of a reading that belongs to the hours of `date`; midnight at its end is read on the same clock.
    /// Nothing of a date lies after the beginning of a later leg: who flies east loses the end of that day, and the
    /// windows of all dates stay in order and apart.
    pub fn instant(&self, date: NaiveDate, reading: NaiveDateTime) -> DateTime<Utc> {
        if self.legs.is_empty() {
            return self.home.instant(reading);
        }
        let next = self.legs.partition_point(|leg| leg.from <= date);
        let clock = next
            .checked_sub(1)
            .and_then(|index| self.legs.get(index))
            .map_or(&self.home, |leg| &leg.clock);
        self.legs
            .iter()
            .skip(next)
            .map(|leg| leg.begins)
            .fold(clock.instant(reading), DateTime::min)
    }

    /// The clock that holds at an instant.
    pub fn clock(&self, at: DateTime<Utc>) -> &C {
        let held = self.legs.iter().rev().find(|leg| leg.begins <= at);
        held.map_or(&self.home, |leg| &leg.clock)
    }

    /// The date by the clock that holds. It never goes back.
    pub fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        self.clock(at).date(at)
    }
}

#[cfg(test)]
pub mod tests {
    use super::{Travels, WallClock};
    use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};

    /// A clock without summer time, so many minutes east of UTC.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Shifted(pub i64);

    impl WallClock for Shifted {
        fn instant(&self, reading: NaiveDateTime) -> DateTime<Utc> {
            reading.and_utc() - Duration::minutes(self.0)
        }
        fn date(&self, at: DateTime<Utc>) -> NaiveDate {
            (at + Duration::minutes(self.0)).date_naive()
        }
    }

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_end_of_the_last_day_at_home_is_read_at_home() {
        let west = Travels::new(Shifted(-300), [(date(10), Shifted(-480))]);
        let midnight = date(10).and_hms_opt(0, 0, 0).unwrap();
        assert_eq!(west.instant(date(9), midnight), at("2027-03-10T05:00:00Z"));
        assert_eq!(west.instant(date(10), midnight), at("2027-03-10T08:00:00Z"));
    }

    #[test]
    fn who_flies_east_loses_the_end_of_the_day_before() {
        let east = Travels::new(Shifted(-300), [(date(10), Shifted(0))]);
        let evening = date(9).and_hms_opt(22, 0, 0).unwrap();
        assert_eq!(east.instant(date(9), evening), at("2027-03-10T00:00:00Z"));
        assert_eq!(east.date(at("2027-03-09T23:59:59Z")), date(9));
        assert_eq!(east.date(at("2027-03-10T00:00:00Z")), date(10));
    }

    #[test]
    fn a_journey_ends_where_the_next_leg_begins() {
        let there_and_back = Travels::new(Shifted(-300), [(date(10), Shifted(60)), (date(15), Shifted(-300))]);
        assert_eq!(there_and_back.clock(at("2027-03-12T00:00:00Z")), &Shifted(60));
        assert_eq!(there_and_back.clock(at("2027-03-20T00:00:00Z")), &Shifted(-300));
        let noon = |day| date(day).and_hms_opt(12, 0, 0).unwrap();
        assert_eq!(there_and_back.instant(date(12), noon(12)), at("2027-03-12T11:00:00Z"));
        assert_eq!(there_and_back.instant(date(15), noon(15)), at("2027-03-15T17:00:00Z"));
    }
}
