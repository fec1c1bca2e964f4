//! Limits, against a count made anew for every question.

use super::{at_least, engine, naive, shifts};
use crate::model::{
    Caps, Counted, Full, Hours, Limits, monday,
    slots::{Grid, Span},
};
use chrono::{DateTime, Days, NaiveDate};
use proptest::prelude::*;

fn limits() -> impl Strategy<Value = Limits> {
    let most = |top: u16| prop::option::weighted(0.4, 0..top);
    (most(5), most(240), most(12), most(600)).prop_map(|(day_visits, day_minutes, week_visits, week_minutes)| Limits {
        day_visits,
        day_minutes,
        week_visits,
        week_minutes,
    })
}

fn caps() -> impl Strategy<Value = Caps> {
    (limits(), limits()).prop_map(|(service, person)| Caps { service, person })
}

fn taken() -> impl Strategy<Value = Vec<Counted>> {
    prop::collection::vec((0_u64..21, 10_u16..90, any::<bool>()), 0..30).prop_map(|rows| {
        rows.into_iter()
            .map(|(day, minutes, same_service)| Counted {
                date: a_monday() + Days::new(day),
                minutes,
                same_service,
            })
            .collect()
    })
}

fn a_monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()
}

/// Does one visit more stay within every limit? Counted anew for every question.
fn naive_fits(counted: &[Counted], caps: &Caps, date: NaiveDate, minutes: u16) -> bool {
    let within = |limits: &Limits, counts: &dyn Fn(&Counted) -> bool| {
        let sum = |same: &dyn Fn(&Counted) -> bool| {
            let of: Vec<_> = counted.iter().filter(|one| counts(one) && same(one)).collect();
            (
                of.len() + 1,
                of.iter().map(|one| usize::from(one.minutes)).sum::<usize>() + usize::from(minutes),
            )
        };
        let (day, week) = (
            sum(&|one| one.date == date),
            sum(&|one| monday(one.date) == monday(date)),
        );
        let holds = |value: usize, most: Option<u16>| most.is_none_or(|most| value <= usize::from(most));
        holds(day.0, limits.day_visits)
            && holds(day.1, limits.day_minutes)
            && holds(week.0, limits.week_visits)
            && holds(week.1, limits.week_minutes)
    };
    within(&caps.service, &|one| one.same_service) && within(&caps.person, &|_| true)
}

proptest! {
    #![proptest_config(at_least(2_000))]

    #[test]
    fn limits_agree_with_the_reference(weekly in shifts(), counted in taken(), caps in caps(), length in 15_u16..90) {
        let hours = Hours { weekly, dated: Vec::new() };
        let seconds = i64::from(length) * 60;
        let grid = Grid { length: seconds, step: seconds, before: 0, after: 0, earliest: i64::MIN / 2, latest: i64::MAX / 2 };
        let windows = |full: &Full| {
            let mut windows = Vec::new();
            hours.windows(a_monday(), 21, full, |_, local| local.and_utc(), &mut windows);
            windows
        };
        let offered = engine(&windows(&Full::of(&counted, &caps, length)), &[], &[], &grid);
        let mut expected = naive(&windows(&Full::default()), &[], &[], &grid);
        expected.retain(|start| {
            let date = DateTime::from_timestamp(*start, 0).unwrap().date_naive();
            naive_fits(&counted, &caps, date, length)
        });
        prop_assert_eq!(offered, expected);
    }

    /// Whoever books the first offered time until none is left never passes a limit that was not passed before.
    #[test]
    fn no_limit_is_passed_by_booking(weekly in shifts(), caps in caps(), length in 30_u16..90) {
        let hours = Hours { weekly, dated: Vec::new() };
        let seconds = i64::from(length) * 60;
        let grid = Grid { length: seconds, step: seconds, before: 0, after: 0, earliest: i64::MIN / 2, latest: i64::MAX / 2 };
        let (mut counted, mut busy): (Vec<Counted>, Vec<Span>) = (Vec::new(), Vec::new());
        loop {
            let mut windows = Vec::new();
            let full = Full::of(&counted, &caps, length);
            hours.windows(a_monday(), 7, &full, |_, local| local.and_utc(), &mut windows);
            let Some(start) = engine(&windows, &[], &busy, &grid).first().copied() else { break };
            let date = DateTime::from_timestamp(start, 0).unwrap().date_naive();
            prop_assert!(naive_fits(&counted, &caps, date, length));
            counted.push(Counted { date, minutes: length, same_service: true });
            busy.push(grid.taken(start));
            busy.sort_unstable();
        }
    }
}
