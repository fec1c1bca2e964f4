//! Hours that travel, against their definition spelled out: every zone of the tz database, both changes of the clocks.

use super::{engine, instant, interesting_dates, naive, shifts};
use crate::model::{
    Full, Hours, Shift,
    clock::{Travels, WallClock},
    slots::{Grid, Window},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

impl WallClock for Tz {
    fn instant(&self, reading: NaiveDateTime) -> DateTime<Utc> {
        instant(*self, reading)
    }
    fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(self).date_naive()
    }
}

/// The first minute at which the clock of `zone` shows `date`, found by looking at every minute.
fn first_minute_of(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    let mut at = (date - Days::new(2)).and_hms_opt(0, 0, 0).unwrap().and_utc();
    while at.with_timezone(&zone).date_naive() < date {
        at += TimeDelta::minutes(1);
    }
    at
}

/// The windows of a therapist who reads the hours in `home` before `leaves` and in `away` from then on, spelled out: each
/// shift by the clock of its date, and nothing of an earlier date once the new clock has reached `leaves`.
fn windows_of_a_journey(
    weekly: &[Shift],
    (home, away): (Tz, Tz),
    leaves: NaiveDate,
    dates: impl Iterator<Item = NaiveDate>,
) -> Vec<Window> {
    let arrival = first_minute_of(away, leaves).timestamp();
    let mut windows = Vec::new();
    for date in dates {
        let zone = if date < leaves { home } else { away };
        let number = i16::try_from(date.weekday().number_from_monday()).unwrap();
        for shift in weekly.iter().filter(|shift| shift.weekday.iso() == number) {
            let at = |minutes: u16| instant(zone, crate::model::hours_reading(date, minutes)).timestamp();
            let (from, mut until) = (at(shift.from), at(shift.until));
            if date < leaves {
                until = until.min(arrival);
            }
            if from < until {
                windows.push(Window::new(from, until));
            }
        }
    }
    windows
}

/// Zones far east, far west, without summer time, of half hours, of the other half of the globe: where people fly.
const DESTINATIONS: [Tz; 6] = [
    Tz::Pacific__Kiritimati,
    Tz::Pacific__Pago_Pago,
    Tz::Asia__Kolkata,
    Tz::Australia__Lord_Howe,
    Tz::America__New_York,
    Tz::Europe__London,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// From every zone to where people fly, on the day before, of and after every change of the clocks at home and away:
    /// the hours are read on the clock of their date, the windows stay in order and apart, and the date of each start is
    /// that of its shift (which is what limits count by).
    #[test]
    fn hours_travel_from_every_zone(weekly in shifts(), length in 15_i64..90, ahead in 0_u64..4, turn in 0_usize..6) {
        let grid = Grid { length: length * 60, step: length * 60, before: 0, after: 0, earliest: i64::MIN / 2, latest: i64::MAX / 2 };
        let destinations = DESTINATIONS.map(|away| (away, interesting_dates(away)));
        for (number, home) in TZ_VARIANTS.into_iter().enumerate() {
            // One destination for each, another one in the next case.
            if let Some((away, dates)) = destinations.get((number + turn) % DESTINATIONS.len()) {
                let away = *away;
                for first in interesting_dates(home).iter().chain(dates).copied() {
                    let leaves = first + Days::new(ahead);
                    let clock = Travels::new(home, [(leaves, away)]);
                    let hours = Hours { weekly: weekly.clone(), dated: Vec::new() };
                    let mut windows = Vec::new();
                    hours.windows(first, 5, &Full::default(), |date, local| clock.instant(date, local), &mut windows);
                    let dates = (0..5).map(|ahead| first + Days::new(ahead));
                    let expected = windows_of_a_journey(&weekly, (home, away), leaves, dates);
                    prop_assert_eq!(&windows, &expected, "{} to {} on {}", home, away, leaves);
                    prop_assert!(windows.windows(2).all(|pair| pair[0].until <= pair[1].from), "{} to {}", home, away);
                    prop_assert_eq!(engine(&windows, &[], &[], &grid), naive(&expected, &[], &[], &grid));
                    for window in &windows {
                        let date = clock.date(DateTime::from_timestamp(window.from, 0).unwrap());
                        let zone = if date < leaves { home } else { away };
                        let number = i16::try_from(date.weekday().number_from_monday()).unwrap();
                        let is_shift = |shift: &Shift| shift.weekday.iso() == number
                            && instant(zone, crate::model::hours_reading(date, shift.from)).timestamp() == window.from;
                        prop_assert!(weekly.iter().any(is_shift), "{} to {}: {} is of no shift of {}", home, away, window.from, date);
                    }
                }
            }
        }
    }
}
