//! A wished start as forms send it: an instant from a list of times, or a date and a clock reading that somebody typed.

use crate::{Error, model::hours_reading};
use chrono::{DateTime, NaiveDateTime, Utc};
use kernel::Zone;

use super::parse;

/// One of the two is filled in.
#[derive(Debug, Clone, Copy)]
pub struct WantedTime<'a> {
    /// RFC 3339.
    pub starts: &'a str,
    /// "2026-11-25"
    pub date: &'a str,
    /// "10:15"
    pub clock: &'a str,
}

impl<'a> WantedTime<'a> {
    pub const fn at(starts: &'a str) -> Self {
        Self {
            starts,
            date: "",
            clock: "",
        }
    }

    /// Nothing was filled in.
    pub fn is_empty(&self) -> bool {
        [self.starts, self.date, self.clock]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// The reading of the clock in `zone`, as it was typed: also one that the clock skips or has twice.
    ///
    /// # Errors
    /// As `instant`, of which it is the local side.
    pub fn reading(&self, zone: Zone, now: DateTime<Utc>) -> Result<NaiveDateTime, Error> {
        let at = self.instant(zone, now)?;
        if !self.starts.trim().is_empty() {
            return Ok(zone.local(at));
        }
        let date = parse::date("date", self.date)?;
        Ok(hours_reading(date, parse::minute("clock", self.clock)?))
    }

    /// The instant. What was typed is read in `zone`.
    ///
    /// # Errors
    /// `Invalid` at `starts`, `date` or `clock`; `in_the_past`.
    pub fn instant(&self, zone: Zone, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
        let typed = !self.date.trim().is_empty() || !self.clock.trim().is_empty();
        // A time that was pressed is meant, whatever still stands in the fields beside it.
        let (field, at) = if typed && self.starts.trim().is_empty() {
            let date = parse::date("date", self.date)?;
            let minutes = parse::minute("clock", self.clock)?;
            ("date", zone.instant(hours_reading(date, minutes)))
        } else if self.starts.trim().is_empty() {
            return Err(Error::invalid("starts", "required"));
        } else {
            ("starts", parse::instant("starts", self.starts)?)
        };
        if at <= now {
            return Err(Error::invalid(field, "in_the_past"));
        }
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::WantedTime;
    use chrono::{DateTime, Utc};

    fn now() -> DateTime<Utc> {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn what_was_typed_is_read_in_the_zone_of_the_page() {
        let wanted = WantedTime {
            starts: "",
            date: "2026-11-25",
            clock: "10:15",
        };
        let chicago = "America/Chicago".parse().unwrap();
        assert_eq!(
            wanted.instant(chicago, now()).unwrap().to_rfc3339(),
            "2026-11-25T16:15:00+00:00"
        );
        let pressed = WantedTime {
            starts: "2026-11-24T16:00:00Z",
            ..wanted
        };
        assert_eq!(
            pressed.instant(chicago, now()).unwrap(),
            "2026-11-24T16:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
    }

    #[test]
    fn nothing_a_half_and_the_past_are_refused() {
        let utc = kernel::Zone::UTC;
        assert!(WantedTime::at(" ").instant(utc, now()).is_err());
        assert!(WantedTime::at("2026-11-22T12:00:00Z").instant(utc, now()).is_err());
        let half = WantedTime {
            starts: "",
            date: "2026-11-25",
            clock: "",
        };
        assert!(half.instant(utc, now()).is_err());
    }
}
