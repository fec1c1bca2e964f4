//! How far ahead can be booked.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::clock::WallClock;

/// The farthest that can be booked may lie, in days: what a search reads stays bounded.
pub const FARTHEST: u16 = 366;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// So many times 24 hours from now, moving on with the clock.
    Days(u16),
    /// Today and so many working days (Monday to Friday) after it, each whole.
    WorkDays(u16),
    /// Fixed dates, both included.
    Dates { from: NaiveDate, until: NaiveDate },
}

impl Horizon {
    /// The stretch in which a visit may start, in seconds since 1970, half-open.
    pub fn reach(self, now: DateTime<Utc>, clock: &impl WallClock) -> (i64, i64) {
        let farthest = now + Duration::days(i64::from(FARTHEST));
        let midnight = |date: NaiveDate| clock.instant(date.and_time(NaiveTime::MIN));
        let after = |date: NaiveDate| midnight(date.checked_add_days(Days::new(1)).unwrap_or(date));
        let (from, until) = match self {
            Self::Days(days) => (now, now + Duration::days(i64::from(days))),
            Self::WorkDays(days) => (now, after(nth_work_day(clock.date(now), days))),
            Self::Dates { from, until } => (midnight(from).max(now), after(until)),
        };
        (from.timestamp(), until.min(farthest).timestamp())
    }
}

/// The `count`th working day after `today`.
fn nth_work_day(today: NaiveDate, count: u16) -> NaiveDate {
    let mut date = today;
    let mut left = count;
    while left > 0 {
        let Some(next) = date.succ_opt() else { break };
        date = next;
        if date.weekday().number_from_monday() <= 5 {
            left -= 1;
        }
    }
    date
}

#[cfg(test)]
mod tests {
    use super::{Horizon, nth_work_day};
    use crate::model::clock::tests::Shifted;
    use chrono::{DateTime, NaiveDate, Utc};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_step_over_the_weekend() {
        assert_eq!(nth_work_day(date("2027-03-04"), 1), date("2027-03-05")); // Thursday
        assert_eq!(nth_work_day(date("2027-03-05"), 1), date("2027-03-08"));
        assert_eq!(nth_work_day(date("2027-03-06"), 5), date("2027-03-12")); // Saturday
        assert_eq!(nth_work_day(date("2027-03-06"), 0), date("2027-03-06"));
    }

    #[test]
    fn whole_days_end_at_the_midnight_of_the_therapists_clock() {
        let chicago = Shifted(-360);
        let now = at("2027-03-05T15:00:00Z");
        let (_, until) = Horizon::WorkDays(1).reach(now, &chicago);
        assert_eq!(until, at("2027-03-09T06:00:00Z").timestamp());
        let fixed = Horizon::Dates {
            from: date("2027-04-01"),
            until: date("2027-04-30"),
        };
        assert_eq!(
            fixed.reach(now, &chicago),
            (
                at("2027-04-01T06:00:00Z").timestamp(),
                at("2027-05-01T06:00:00Z").timestamp()
            )
        );
        let (from, _) = fixed.reach(at("2027-04-10T00:00:00Z"), &chicago);
        assert_eq!(from, at("2027-04-10T00:00:00Z").timestamp());
    }

    #[test]
    fn nothing_is_booked_farther_than_a_year_ahead() {
        let now = at("2027-03-05T15:00:00Z");
        let (_, until) = Horizon::Dates {
            from: date("2027-04-01"),
            until: date("2099-01-01"),
        }
        .reach(now, &Shifted(0));
        assert_eq!(until, (now + chrono::Duration::days(366)).timestamp());
    }
}
