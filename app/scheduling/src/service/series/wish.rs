//! What a form says about a series, as dates and instants.

use crate::{
    Error,
    model::{
        Every, ServiceId,
        series::{End, FEWEST, MOST, Pattern, minute_of},
    },
    store::meeting::Meeting,
};
use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, PatientId, TherapistId, Tx, Zone};

use super::super::{
    parse,
    plan_visit::{minutes, whose},
    rules,
    staff_booking::{Pair, pair},
    wanted_time::WantedTime,
    zones,
};

/// A series as its form sends it.
#[derive(Debug, Clone, Copy)]
pub struct SeriesWish<'a> {
    pub patient: PatientId,
    /// The desk says who; a therapist plans for themself.
    pub therapist: Option<TherapistId>,
    pub service: ServiceId,
    /// The first visit. What was typed is read in the therapist's zone.
    pub time: WantedTime<'a>,
    /// Minutes; empty for the length of the service.
    pub minutes: &'a str,
    /// A code of `Every`.
    pub every: &'a str,
    /// How many; or empty, and then `until` the last possible date.
    pub times: &'a str,
    pub until: &'a str,
}

/// A wish that was understood, for a pair that may meet.
pub(super) struct Wanted {
    pub pair: Pair,
    pub zone: Zone,
    pub pattern: Pattern,
    /// In order of time, the first one first.
    pub meetings: Vec<Meeting>,
}

impl SeriesWish<'_> {
    /// What has to be the same when it is sent a second time.
    pub(super) fn asked(&self) -> impl serde::Serialize {
        (
            (self.patient, self.therapist, self.service),
            (self.time.starts, self.time.date, self.time.clock, self.minutes),
            (self.every, self.times, self.until),
        )
    }

    /// # Errors
    /// `Invalid` at a field, `NoLicence`, `NotFound` as for a single visit.
    pub(super) async fn understand(&self, ctx: &Ctx, tx: &mut Tx) -> Result<Wanted, Error> {
        let now = ctx.clock.now();
        let therapist = whose(ctx, self.therapist)?;
        let every: Every = parse::code("every", self.every)?;
        let end = end(self.times, self.until)?;
        let minutes = minutes(self.minutes)?;
        let pair = pair(tx, self.patient, therapist, self.service).await?;
        let zone = zones::parse(&pair.therapist.zone)?;
        let reading = self.time.reading(zone, now)?;
        let pattern = Pattern {
            first: reading.date(),
            minute: minute_of(reading),
            every,
        };
        let field = if matches!(end, End::Times(_)) { "times" } else { "until" };
        let dates = pattern.dates(end).map_err(|_| Error::invalid(field, "series_range"))?;
        let rules = rules::of(tx, self.service, therapist, now).await?;
        let buffers = rules.buffers(pair.service.buffer_before, pair.service.buffer_after);
        let length = Duration::minutes(i64::from(minutes.unwrap_or(pair.service.minutes)));
        let meeting = |starts: DateTime<Utc>| Meeting::new(buffers, therapist, self.patient, starts, length);
        let meetings = dates.iter().map(|date| meeting(pattern.starts(*date, &zone))).collect();
        Ok(Wanted {
            pair,
            zone,
            pattern,
            meetings,
        })
    }
}

fn end(times: &str, until: &str) -> Result<End, Error> {
    match (times.trim(), until.trim()) {
        ("", "") => Err(Error::invalid("times", "required")),
        ("", until) => parse::date("until", until).map(End::On),
        (times, _) => {
            let times = times.parse().map_err(|_| Error::invalid("times", "malformed"))?;
            if (FEWEST..=MOST).contains(&times) {
                Ok(End::Times(times))
            } else {
                Err(Error::invalid("times", "series_range"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{End, end};

    #[test]
    fn a_number_goes_before_a_date_and_one_of_them_is_needed() {
        assert_eq!(end(" 10 ", "2027-06-01").unwrap(), End::Times(10));
        assert!(matches!(end("", "2027-06-01").unwrap(), End::On(_)));
        for (times, until) in [("", ""), ("1", ""), ("53", ""), ("ten", ""), ("", "soon")] {
            assert!(end(times, until).is_err(), "{times:?} {until:?}");
        }
    }
}
