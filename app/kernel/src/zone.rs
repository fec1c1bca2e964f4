//! IANA time zones, on the server only: the tz database stays out of the browser build, which formats with `Intl`.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use std::{fmt, str::FromStr};

/// A zone of the tz database, by name. Rules are stored as local time plus this name, never as an offset (G3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a zone of the tz database")]
pub struct NotAZone;

impl Zone {
    pub const UTC: Self = Self(Tz::UTC);

    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The instant of a clock reading. The policy for the two odd hours of a year, which availability and series share:
    /// a reading that happens twice means the first one, a reading that is skipped means the moment the clock jumped.
    pub fn instant(self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(at) => at.to_utc(),
            LocalResult::Ambiguous(first, _) => first.to_utc(),
            LocalResult::None => self.jump_over(local),
        }
    }

    /// The instant at which the clock jumps over `local`: found by bisection between two readings that exist, because
    /// gaps of the tz database range from 20 minutes to a whole day.
    fn jump_over(self, local: NaiveDateTime) -> DateTime<Utc> {
        let (mut before, mut after) = (
            (local - Duration::days(2)).and_utc().timestamp(),
            (local + Duration::days(2)).and_utc().timestamp(),
        );
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            match DateTime::from_timestamp(middle, 0) {
                Some(at) if self.local(at) < local => before = middle,
                _ => after = middle,
            }
        }
        DateTime::from_timestamp(after, 0).unwrap_or_else(|| local.and_utc())
    }

    /// The clock reading of an instant.
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    pub fn date(self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// Minutes east of UTC at an instant, for the browser, which shows times without a tz database.
    pub fn offset_minutes(self, at: DateTime<Utc>) -> i32 {
        at.with_timezone(&self.0).offset().fix().local_minus_utc() / 60
    }

    /// Every zone of the database, for property tests and the zone picker.
    pub fn all() -> impl Iterator<Item = Self> {
        chrono_tz::TZ_VARIANTS.iter().copied().map(Self)
    }
}

impl FromStr for Zone {
    type Err = NotAZone;
    fn from_str(name: &str) -> Result<Self, NotAZone> {
        name.parse().map(Self).map_err(|_| NotAZone)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Zone;
    use chrono::{Duration, NaiveDate, NaiveDateTime};

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_skipped_reading_means_the_moment_of_the_jump() {
        let new_york: Zone = "America/New_York".parse().unwrap();
        assert_eq!(
            new_york.instant(at("2027-03-14T02:30:00")).to_rfc3339(),
            "2027-03-14T07:00:00+00:00"
        );
    }

    #[test]
    fn a_doubled_reading_means_the_first() {
        let new_york: Zone = "America/New_York".parse().unwrap();
        assert_eq!(
            new_york.instant(at("2027-11-07T01:30:00")).to_rfc3339(),
            "2027-11-07T05:30:00+00:00"
        );
    }

    #[test]
    fn instants_grow_with_readings_in_every_zone() {
        let start = NaiveDate::from_ymd_opt(2026, 1, 1)
            .unwrap()
            .and_hms_opt(0, 15, 0)
            .unwrap();
        for zone in Zone::all() {
            let mut last = zone.instant(start);
            for hour in 1..(366 * 6) {
                let next = zone.instant(start + Duration::hours(hour * 4));
                assert!(next >= last, "{zone} went backwards at {next}");
                last = next;
            }
        }
    }
}
