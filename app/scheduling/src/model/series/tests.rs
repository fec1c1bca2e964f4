//! Dates, and every zone of the tz database around both changes of its clocks.

use super::{End, Every, MOST, OutOfRange, Pattern, Step, minute_of};
use crate::model::{clock::WallClock, hours_reading};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn pattern(every: Every) -> Pattern {
    Pattern {
        first: date("2027-03-02"),
        minute: 600,
        every,
    }
}

#[test]
fn so_many_times_or_until_a_date() {
    let weekly = pattern(Every::Week).dates(End::Times(3)).unwrap();
    assert_eq!(weekly, [date("2027-03-02"), date("2027-03-09"), date("2027-03-16")]);
    let fortnightly = pattern(Every::TwoWeeks).dates(End::On(date("2027-03-30"))).unwrap();
    assert_eq!(
        fortnightly,
        [date("2027-03-02"), date("2027-03-16"), date("2027-03-30")]
    );
    let ends_between = pattern(Every::TwoWeeks).dates(End::On(date("2027-03-29"))).unwrap();
    assert_eq!(ends_between.len(), 2);
}

#[test]
fn a_series_is_neither_one_visit_nor_without_end() {
    let weekly = pattern(Every::Week);
    for end in [
        End::Times(0),
        End::Times(1),
        End::Times(MOST + 1),
        End::On(date("2027-03-08")),
        End::On(date("2026-01-01")),
        End::On(date("2029-01-01")),
    ] {
        assert_eq!(weekly.dates(end), Err(OutOfRange), "{end:?}");
    }
    assert_eq!(weekly.dates(End::Times(MOST)).unwrap().len(), usize::from(MOST));
    // Two years of fortnightly visits are fewer, and too far ahead all the same.
    assert_eq!(pattern(Every::TwoWeeks).dates(End::Times(MOST)), Err(OutOfRange));
    assert_eq!(pattern(Every::TwoWeeks).dates(End::Times(27)).unwrap().len(), 27);
}

/// Dates whose clocks change, in 2026 and 2027.
fn changes(zone: Tz) -> Vec<NaiveDate> {
    let offset = |date: NaiveDate| {
        let noon = date.and_hms_opt(12, 0, 0).unwrap();
        zone.offset_from_utc_datetime(&noon).fix()
    };
    let first = date("2026-01-01");
    (1..730)
        .map(|ahead| first + Days::new(ahead))
        .filter(|date| offset(*date) != offset(*date - Days::new(1)))
        .collect()
}

/// The first instant of a stretch around `reading` at which the clock shows it or has passed it: every minute looked at.
fn looked_up(zone: Tz, reading: NaiveDateTime) -> DateTime<Utc> {
    // From an hour before the earlier of the two offsets around it would have it.
    let east = [-2, 2].map(|days| {
        let there = reading + TimeDelta::days(days);
        zone.offset_from_utc_datetime(&there).fix().local_minus_utc()
    });
    let most = i64::from(east[0].max(east[1]));
    let mut at = (reading - TimeDelta::seconds(most) - TimeDelta::hours(1)).and_utc();
    while at.with_timezone(&zone).naive_local() < reading {
        at += TimeDelta::minutes(1);
    }
    at
}

#[test]
fn a_series_keeps_its_reading_in_every_zone_over_every_change() {
    let mut seen = 0;
    for zone in TZ_VARIANTS {
        for change in changes(zone) {
            // From the hours in which clocks change somewhere to an hour of work.
            for minute in [0, 30, 90, 120, 150, 179, 180, 600] {
                for eve in [0, 1] {
                    let pattern = Pattern {
                        first: change - Days::new(7 + eve),
                        minute,
                        every: Every::Week,
                    };
                    for date in pattern.dates(End::Times(3)).unwrap() {
                        let starts = pattern.starts(date, &zone);
                        let meant = hours_reading(date, minute);
                        assert_eq!(starts, looked_up(zone, meant), "{zone} {meant}");
                        let read = starts.with_timezone(&zone).naive_local();
                        let skipped = zone.from_local_datetime(&meant).earliest().is_none();
                        assert_eq!(read != meant, skipped, "{zone} {meant} is read as {read}");
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 10_000, "{seen} visits prove little");
}

proptest! {
    /// What moves does so by the calendar and the clock of its zone, whichever change lies between; the visits stay in order
    /// and apart, and moving back leads home unless the clock skips the reading.
    #[test]
    fn the_others_follow_by_the_calendar(
        zone in prop::sample::select(TZ_VARIANTS.to_vec()),
        first in 0_u64..700,
        (minute, to) in (0_u16..1_440, 0_u16..1_440),
        days in -6_i64..7,
        fortnight in any::<bool>(),
    ) {
        let pattern = Pattern {
            first: date("2026-01-01") + Days::new(first),
            minute,
            every: if fortnight { Every::TwoWeeks } else { Every::Week },
        };
        let dates = pattern.dates(End::Times(20)).unwrap();
        let starts: Vec<_> = dates.iter().map(|date| pattern.starts(*date, &zone)).collect();
        prop_assert!(starts.windows(2).all(|pair| pair[1] - pair[0] > TimeDelta::days(6)));
        let there = hours_reading(pattern.first + TimeDelta::days(days), to);
        let step = Step::new(pattern.first, minute, there);
        prop_assert_eq!(step.becomes(), minute_of(there));
        for (date, at) in dates.iter().zip(&starts) {
            // A jump over midnight leads into the next date; such a visit is out of step and stays.
            if WallClock::date(&zone, *at) != *date {
                prop_assert!(!step.is_in_step(*at, &zone));
                continue;
            }
            prop_assert!(step.is_in_step(*at, &zone));
            let goes = step.goes_to(*at, &zone);
            prop_assert_eq!(goes, zone.instant(hours_reading(*date + TimeDelta::days(days), to)));
            if step.is_later() && days > 0 {
                prop_assert!(goes > *at);
            }
        }
    }

    #[test]
    fn every_date_is_of_the_weekday_of_the_first(first in 0_u64..4_000, times in 2_u16..27) {
        let pattern = Pattern { first: date("2026-01-01") + Days::new(first), minute: 0, every: Every::TwoWeeks };
        let dates = pattern.dates(End::Times(times)).unwrap();
        prop_assert_eq!(dates.len(), usize::from(times));
        prop_assert!(dates.iter().all(|one| one.weekday() == pattern.first.weekday()));
        prop_assert!(dates.windows(2).all(|pair| pair[1] - pair[0] == TimeDelta::days(14)));
    }
}

#[test]
fn a_visit_that_was_put_elsewhere_keeps_its_place() {
    let chicago: Tz = "America/Chicago".parse().unwrap();
    let tuesday = pattern(Every::Week);
    let step = Step::new(tuesday.first, 600, date("2027-03-03").and_hms_opt(14, 0, 0).unwrap());
    let on = |day: &str, minute| chicago.instant(hours_reading(date(day), minute));
    assert!(step.is_in_step(on("2027-03-09", 600), &chicago));
    assert!(
        step.is_in_step(on("2027-03-16", 600), &chicago),
        "summer time began in between"
    );
    assert!(!step.is_in_step(on("2027-03-09", 615), &chicago));
    assert!(!step.is_in_step(on("2027-03-10", 600), &chicago));
    assert_eq!(step.goes_to(on("2027-03-16", 600), &chicago), on("2027-03-17", 840));
}
