//! When somebody is reminded of a visit, and a therapist of one that is over.

use super::{Side, UnknownCode};
use chrono::{DateTime, Duration, Utc};
use std::{fmt, str::FromStr};

/// Minutes before the start that somebody may choose; at most three of them (product.md 3.14).
const THREE: &[i64] = &[48 * 60, 24 * 60, 60];

/// What somebody chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reminders {
    /// As the rules have it for patients; none for therapists, whose day is their calendar.
    #[default]
    Usual,
    Day,
    Hour,
    Three,
    None,
}

impl Reminders {
    pub const ALL: [Self; 5] = [Self::Usual, Self::Day, Self::Hour, Self::Three, Self::None];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Three => "three",
            Self::None => "none",
        }
    }

    /// The choices of a side; for a therapist none is the usual.
    pub const fn choices(side: Side) -> &'static [Self] {
        match side {
            Side::Family => &[Self::Usual, Self::Day, Self::Hour, Self::Three, Self::None],
            Side::Therapist => &[Self::Usual, Self::Day, Self::Hour],
        }
    }

    /// Minutes before the start. `usual` are the reminders that the rules have for patients.
    pub fn minutes(self, side: Side, usual: &[i64]) -> Vec<i64> {
        match (self, side) {
            (Self::Usual, Side::Family) => usual.to_vec(),
            (Self::Usual, Side::Therapist) | (Self::None, _) => Vec::new(),
            (Self::Day, _) => vec![24 * 60],
            (Self::Hour, _) => vec![60],
            (Self::Three, _) => THREE.to_vec(),
        }
    }

    /// Every distance that anybody may have, where `usual` are those of the rules, the farthest first.
    pub fn every(usual: impl IntoIterator<Item = i64>) -> Vec<i64> {
        let mut every: Vec<i64> = THREE.iter().copied().chain(usual).collect();
        every.sort_unstable_by(|a, b| b.cmp(a));
        every.dedup();
        every
    }
}

impl fmt::Display for Reminders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Reminders {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.as_str() == text)
            .ok_or(UnknownCode)
    }
}

/// A visit as its people know it.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    pub starts: DateTime<Utc>,
    /// Since when it stands as it does: agreed, or moved for the last time. That letter told the time already.
    pub since: DateTime<Utc>,
}

/// Is the reminder `minutes` before the start due, of somebody who chose `chosen`? Not before its moment; not when the visit was
/// agreed after it; not when a nearer reminder is due as well (after an outage one letter is enough); not once half of its
/// distance has gone by.
pub fn is_due(minutes: i64, chosen: &[i64], visit: &Known, now: DateTime<Utc>) -> bool {
    let moment = visit.starts - Duration::minutes(minutes);
    let nearer = chosen
        .iter()
        .any(|other| *other < minutes && visit.starts - Duration::minutes(*other) <= now);
    chosen.contains(&minutes)
        && moment <= now
        && visit.since <= moment
        && now < moment + Duration::minutes(minutes) / 2
        && !nearer
}

#[cfg(test)]
mod tests {
    use super::{Known, Reminders, Side, is_due};
    use chrono::{DateTime, Duration, Utc};
    use proptest::prelude::*;

    /// As the rules have it by default.
    const REMINDERS: &[i64] = &[24 * 60, 60];

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn agreed(before: Duration) -> Known {
        Known {
            starts: start(),
            since: start() - before,
        }
    }

    #[test]
    fn a_reminder_comes_at_its_moment_and_not_before() {
        let visit = agreed(Duration::days(9));
        let day = start() - Duration::hours(24);
        assert!(!is_due(1440, REMINDERS, &visit, day - Duration::seconds(1)));
        assert!(is_due(1440, REMINDERS, &visit, day));
        assert!(!is_due(1440, &[60], &visit, day), "not chosen");
    }

    #[test]
    fn a_visit_agreed_or_moved_after_the_moment_has_no_such_reminder() {
        let visit = agreed(Duration::hours(5));
        assert!(!is_due(1440, REMINDERS, &visit, start() - Duration::hours(5)));
        assert!(is_due(60, REMINDERS, &visit, start() - Duration::hours(1)));
    }

    #[test]
    fn after_an_outage_the_nearest_one_is_enough() {
        let visit = agreed(Duration::days(9));
        let late = start() - Duration::minutes(50);
        assert!(!is_due(1440, REMINDERS, &visit, late));
        assert!(is_due(60, REMINDERS, &visit, late));
        assert!(
            !is_due(60, REMINDERS, &visit, start() - Duration::minutes(30)),
            "too late to be of use"
        );
    }

    #[test]
    fn a_therapist_is_reminded_only_by_choice() {
        assert!(Reminders::Usual.minutes(Side::Therapist, REMINDERS).is_empty());
        assert_eq!(Reminders::Usual.minutes(Side::Family, &[30]), [30]);
        for choice in Reminders::ALL {
            assert!(choice.minutes(Side::Family, REMINDERS).len() <= 3);
            assert_eq!(choice.as_str().parse(), Ok(choice));
        }
    }

    #[test]
    fn every_distance_is_looked_for_once_the_farthest_first() {
        assert_eq!(Reminders::every([30, 60, 1440, 7200]), [7200, 2880, 1440, 60, 30]);
    }

    proptest! {
        /// However late the worker looks, at no instant are two reminders of one visit due.
        #[test]
        fn no_two_reminders_at_once(ahead in 0i64..5_000, known in 0i64..20_000) {
            let visit = agreed(Duration::minutes(known));
            let now = start() - Duration::minutes(ahead);
            let chosen = Reminders::Three.minutes(Side::Family, REMINDERS);
            let due = chosen.iter().filter(|minutes| is_due(**minutes, &chosen, &visit, now)).count();
            prop_assert!(due <= 1);
        }
    }
}
