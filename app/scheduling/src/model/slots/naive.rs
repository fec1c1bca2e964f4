//! A reference that is slow and plainly right, and the engine measured against it: random calendars, every zone of the tz
//! database, both changes of the clocks.

mod journey;
mod limits;

use super::{Grid, Span, Window, subtract};
use crate::model::{DatedShift, Full, Hours, Shift, Weekday};
use chrono::{DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

/// Every second-long question asked one by one: on the grid of its window, inside it, clear of absences and of taken time.
fn naive(windows: &[Window], holes: &[Span], busy: &[Span], grid: &Grid) -> Vec<i64> {
    let mut starts: Vec<i64> = Vec::new();
    for window in windows {
        let mut start = window.from;
        while start + grid.length <= window.until {
            let visit = Span::new(start, start + grid.length);
            if start >= grid.earliest
                && start < grid.latest
                && !holes.iter().any(|hole| hole.overlaps(visit))
                && !busy.iter().any(|taken| taken.overlaps(grid.taken(start)))
            {
                starts.push(start);
            }
            start += grid.step;
        }
    }
    starts
}

fn engine(windows: &[Window], holes: &[Span], busy: &[Span], grid: &Grid) -> Vec<i64> {
    let mut open = Vec::new();
    subtract(windows, holes, &mut open);
    grid.starts(&open, busy).collect()
}

fn spans(count: usize) -> impl Strategy<Value = Vec<Span>> {
    prop::collection::vec((0_i64..2_000, 1_i64..120), 0..count).prop_map(|pairs| {
        let mut spans: Vec<Span> = pairs
            .into_iter()
            .map(|(from, length)| Span::new(from, from + length))
            .collect();
        spans.sort_unstable();
        spans
    })
}

/// Sorted shifts that do not overlap, some of them touching.
fn windows() -> impl Strategy<Value = Vec<Window>> {
    prop::collection::vec((0_i64..60, 1_i64..200), 0..12).prop_map(|pairs| {
        let mut end = 0;
        pairs
            .into_iter()
            .map(|(gap, length)| {
                let from = end + gap / 2;
                end = from + length;
                Window::new(from, end)
            })
            .collect()
    })
}

fn grid() -> impl Strategy<Value = Grid> {
    (1_i64..90, 1_i64..90, 0_i64..20, 0_i64..20, -10_i64..400, 0_i64..2_200).prop_map(
        |(length, step, before, after, earliest, latest)| Grid {
            length,
            step,
            before,
            after,
            earliest,
            latest,
        },
    )
}

/// The policy of `kernel::Zone`, spelled out apart from it: a doubled reading is its first occurrence, a skipped one the
/// moment of the jump.
fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => {
            let mut at = (local - TimeDelta::days(2)).and_utc();
            while at.with_timezone(&zone).naive_local() < local {
                at += TimeDelta::minutes(1);
            }
            at
        }
    }
}

fn shifts() -> impl Strategy<Value = Vec<Shift>> {
    prop::collection::vec((0_usize..7, 0_u16..1_440, 1_u16..600), 1..10).prop_map(|rows| {
        let mut shifts: Vec<Shift> = rows
            .into_iter()
            .map(|(day, from, length)| Shift {
                weekday: Weekday::ALL[day],
                from,
                until: (from + length).min(1_440),
            })
            .collect();
        shifts.sort_unstable_by_key(|shift| (shift.weekday.iso(), shift.from));
        // Like the table's constraint: shifts of a day do not overlap.
        shifts.dedup_by(|next, last| next.weekday == last.weekday && next.from < last.until);
        shifts
    })
}

/// The dates around which a zone changes its clocks in 2027, and a quiet one.
fn interesting_dates(zone: Tz) -> Vec<NaiveDate> {
    let start = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let offset = |date: NaiveDate| {
        use chrono::Offset;
        zone.from_utc_datetime(&date.and_hms_opt(12, 0, 0).unwrap())
            .offset()
            .fix()
    };
    let mut dates = vec![start];
    for day in 1..365 {
        let date = start + Days::new(day);
        if offset(date) != offset(date - Days::new(1)) {
            dates.push(date - Days::new(2));
        }
    }
    dates
}

/// At least so many cases; `PROPTEST_CASES` asks for more.
fn at_least(cases: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig {
        cases: config.cases.max(cases),
        ..config
    }
}

proptest! {
    #![proptest_config(at_least(2_000))]

    #[test]
    fn the_engine_agrees_with_the_reference(windows in windows(), holes in spans(6), busy in spans(20), grid in grid()) {
        prop_assert_eq!(engine(&windows, &holes, &busy, &grid), naive(&windows, &holes, &busy, &grid));
    }

    #[test]
    fn no_two_starts_of_a_filled_calendar_overlap(windows in windows(), grid in grid()) {
        // Take the first offered time until none is left: the claims must be pairwise disjoint.
        let mut busy: Vec<Span> = Vec::new();
        while let Some(start) = engine(&windows, &[], &busy, &grid).first() {
            busy.push(grid.taken(*start));
            busy.sort_unstable();
        }
        prop_assert!(busy.windows(2).all(|pair| pair[0].until <= pair[1].from));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// In every zone, around every change of its clocks: each offered visit lies, by the wall clock of its start and its
    /// length in real minutes, inside the instants of a shift, and no shift that fits a visit is lost.
    #[test]
    fn hours_hold_in_every_zone(weekly in shifts(), length in 15_i64..90) {
        for zone in TZ_VARIANTS {
            for first in interesting_dates(zone) {
                let hours = Hours { weekly: weekly.clone(), dated: vec![DatedShift { date: first + Days::new(1), hours: Some((60, 240)) }] };
                let mut windows = Vec::new();
                hours.windows(first, 4, &Full::default(), |_, local| instant(zone, local), &mut windows);
                let grid = Grid { length: length * 60, step: length * 60, before: 0, after: 0, earliest: i64::MIN / 2, latest: i64::MAX / 2 };
                let starts = engine(&windows, &[], &[], &grid);

                let mut expected = Vec::new();
                for ahead in 0..4 {
                    let date = first + Days::new(ahead);
                    let of_day: Vec<(u16, u16)> = if ahead == 1 {
                        vec![(60, 240)]
                    } else {
                        let number = i16::try_from(date.weekday().number_from_monday()).unwrap();
                        weekly.iter().filter(|s| s.weekday.iso() == number).map(|s| (s.from, s.until)).collect()
                    };
                    for (from, until) in of_day {
                        let at = |minutes: u16| instant(zone, crate::model::hours_reading(date, minutes)).timestamp();
                        if at(from) < at(until) {
                            expected.push(Window::new(at(from), at(until)));
                        }
                    }
                }
                prop_assert_eq!(&starts, &naive(&expected, &[], &[], &grid), "{}", zone);
                prop_assert!(starts.windows(2).all(|pair| pair[0] + length * 60 <= pair[1]));
            }
        }
    }
}
