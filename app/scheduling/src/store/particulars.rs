//! What few therapists have beyond plain hours, as `scheduling.particulars` tells it: own terms, limits, a journey, shifts
//! for named services.

use super::{catalog::Service, code, free_time};
use crate::model::{
    Ages, Basics, Booker, Bounds, Caps, Counted, Full, Horizon, Limits, Mode, OwnTerms, Shift,
    clock::{Travels, WallClock},
    slots::Grid,
    week,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::{Money, StoreError, Zone};
use serde::{Deserialize, Serialize};

/// The columns that `scheduling.service` and `scheduling.offer` share. Absent is NULL.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    minutes: Option<u16>,
    step: Option<u16>,
    start_offset: Option<u16>,
    buffer_before: Option<u16>,
    buffer_after: Option<u16>,
    price_cents: Option<i64>,
    mode: Option<Mode>,
    booker: Option<Booker>,
    age_from: Option<u16>,
    age_until: Option<u16>,
    notice_min: Option<u32>,
    ahead_days: Option<u16>,
    ahead_work_days: Option<u16>,
    open_from: Option<NaiveDate>,
    open_until: Option<NaiveDate>,
    day_visits: Option<u16>,
    day_minutes: Option<u16>,
    week_visits: Option<u16>,
    week_minutes: Option<u16>,
}

impl From<&OwnTerms> for Terms {
    fn from(own: &OwnTerms) -> Self {
        let horizon = own.bounds.horizon;
        let fixed = match horizon {
            Some(Horizon::Dates { from, until }) => Some((from, until)),
            _ => None,
        };
        let limits = own.bounds.limits;
        Self {
            minutes: own.minutes,
            step: own.step,
            start_offset: own.offset,
            buffer_before: own.before,
            buffer_after: own.after,
            price_cents: own.price.map(Money::cents),
            mode: own.mode,
            booker: own.booker,
            age_from: own.ages.map(|ages| ages.from),
            age_until: own.ages.map(|ages| ages.until),
            notice_min: own.bounds.notice,
            ahead_days: match horizon {
                Some(Horizon::Days(days)) => Some(days),
                _ => None,
            },
            ahead_work_days: match horizon {
                Some(Horizon::WorkDays(days)) => Some(days),
                _ => None,
            },
            open_from: fixed.map(|(from, _)| from),
            open_until: fixed.map(|(_, until)| until),
            day_visits: limits.day_visits,
            day_minutes: limits.day_minutes,
            week_visits: limits.week_visits,
            week_minutes: limits.week_minutes,
        }
    }
}

impl Terms {
    pub fn bounds(&self) -> Bounds {
        let fixed = self.open_from.zip(self.open_until);
        Bounds {
            notice: self.notice_min,
            horizon: self
                .ahead_days
                .map(Horizon::Days)
                .or(self.ahead_work_days.map(Horizon::WorkDays))
                .or(fixed.map(|(from, until)| Horizon::Dates { from, until })),
            limits: Limits {
                day_visits: self.day_visits,
                day_minutes: self.day_minutes,
                week_visits: self.week_visits,
                week_minutes: self.week_minutes,
            },
        }
    }

    pub fn own(&self) -> OwnTerms {
        OwnTerms {
            minutes: self.minutes,
            step: self.step,
            offset: self.start_offset,
            before: self.buffer_before,
            after: self.buffer_after,
            price: self.price_cents.map(Money::usd),
            mode: self.mode,
            booker: self.booker,
            ages: self
                .age_from
                .zip(self.age_until)
                .map(|(from, until)| Ages { from, until }),
            bounds: self.bounds(),
        }
    }

    /// `None` where a column is missing: then this is no row of `scheduling.service`.
    pub fn basics(&self) -> Option<Basics> {
        Some(Basics {
            minutes: self.minutes?,
            step: self.step?,
            offset: self.start_offset?,
            before: self.buffer_before?,
            after: self.buffer_after?,
            price: Money::usd(self.price_cents?),
            mode: self.mode?,
            booker: self.booker?,
            ages: Ages {
                from: self.age_from?,
                until: self.age_until?,
            },
        })
    }
}

/// The answer of `scheduling.particulars`.
#[derive(Debug, Clone, Deserialize)]
pub struct Raw {
    #[serde(default)]
    legs: Vec<(NaiveDate, String)>,
    weekly: Option<Vec<i32>>,
    #[serde(default)]
    counted: Vec<(i64, u16, bool)>,
    #[serde(default)]
    person: Terms,
    #[serde(default)]
    own: Terms,
    #[serde(default)]
    service: Terms,
}

/// What decides a therapist's times for one service, beyond the plain hours.
#[derive(Debug, Clone)]
pub struct Particulars {
    /// From which date on the hours are read in which zone, by date.
    pub legs: Vec<(NaiveDate, Zone)>,
    /// The service as this therapist gives it, and what binds it; `None` where no service was asked for.
    pub offer: Option<(Basics, Bounds)>,
    /// Whether own terms change how long it takes: what a search loaded for the plain service is then too little.
    pub own_length: bool,
    person: Limits,
    /// Start in seconds since 1970, minutes, of this service.
    counted: Vec<(i64, u16, bool)>,
    asked_at: DateTime<Utc>,
}

impl Raw {
    /// The particulars as asked at `now`, and the shifts for the service where they are not simply all.
    pub fn read(self, now: DateTime<Utc>) -> Result<(Particulars, Option<Vec<Shift>>), StoreError> {
        let own = self.own.own();
        let basics = self.service.basics();
        let weekly = self
            .weekly
            .map(|packed| free_time::named_weekly(packed).map(week::joined))
            .transpose()?;
        let legs: Result<_, StoreError> = self
            .legs
            .iter()
            .map(|(from, zone)| Ok((*from, code(zone, "zone")?)))
            .collect();
        let particulars = Particulars {
            legs: legs?,
            offer: basics.map(|basics| (own.over(&basics), own.bounds.or(self.service.bounds()))),
            own_length: [own.minutes, own.before, own.after].iter().any(Option::is_some),
            person: self.person.bounds().limits,
            counted: self.counted,
            asked_at: now,
        };
        Ok((particulars, weekly))
    }
}

impl Particulars {
    /// The grid of a plain booking as this therapist's terms have it. A horizon of one's own lies within that of the rules.
    pub fn grid(&self, plain: Grid, clock: &Travels<Zone>) -> Grid {
        let Some((basics, bounds)) = &self.offer else {
            return plain;
        };
        let seconds = |minutes: u16| i64::from(minutes) * 60;
        let earliest = bounds.notice.map_or(plain.earliest, |notice| {
            (self.asked_at + Duration::minutes(i64::from(notice))).timestamp()
        });
        let (from, until) = bounds.horizon.map_or((i64::MIN, i64::MAX), |horizon| {
            horizon.reach(self.asked_at, clock.clock(self.asked_at))
        });
        Grid {
            length: seconds(basics.minutes),
            step: seconds(basics.step),
            before: seconds(basics.before),
            after: seconds(basics.after),
            earliest: earliest.max(from),
            latest: plain.latest.min(until),
        }
    }

    /// The service as this therapist gives it.
    pub fn given(&self, service: Service) -> Service {
        match &self.offer {
            Some((basics, _)) => service.given(basics),
            None => service,
        }
    }

    /// Seconds from the start of a shift to its first start time.
    pub fn offset(&self) -> i64 {
        self.offer.map_or(0, |(basics, _)| i64::from(basics.offset) * 60)
    }

    /// The days and weeks that are full for one visit more.
    pub fn full(&self, clock: &Travels<Zone>) -> Full {
        let Some((basics, _)) = &self.offer else {
            return Full::default();
        };
        Full::of(&self.counted(clock), &self.caps(), basics.minutes)
    }

    pub fn caps(&self) -> Caps {
        Caps {
            service: self.offer.map_or(Limits::NONE, |(_, bounds)| bounds.limits),
            person: self.person,
        }
    }

    /// What counts against the limits, by the therapist's own dates.
    pub fn counted(&self, clock: &Travels<Zone>) -> Vec<Counted> {
        self.counted
            .iter()
            .filter_map(|(at, minutes, same_service)| {
                Some(Counted {
                    date: clock.date(DateTime::from_timestamp(*at, 0)?),
                    minutes: *minutes,
                    same_service: *same_service,
                })
            })
            .collect()
    }

    /// May a patient book it themselves? `known`: they met this therapist before.
    pub fn admits(&self, known: bool, age: Option<i16>) -> bool {
        let age = age.and_then(|age| u16::try_from(age).ok());
        self.offer.is_none_or(|(basics, _)| basics.admits(known, age))
    }
}

impl WallClock for Zone {
    fn instant(&self, reading: chrono::NaiveDateTime) -> DateTime<Utc> {
        Self::instant(*self, reading)
    }
    fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        Self::date(*self, at)
    }
}

#[cfg(test)]
mod tests {
    use super::Raw;
    use crate::model::{Horizon, clock::Travels, slots::Grid};
    use kernel::Zone;

    const PLAIN: Grid = Grid {
        length: 2_700,
        step: 3_600,
        before: 0,
        after: 600,
        earliest: 7_200,
        latest: 86_400 * 60,
    };

    fn raw(json: &str) -> Raw {
        serde_json::from_str(json).unwrap()
    }

    const SERVICE: &str = r#""service": {"minutes": 45, "step": 60, "start_offset": 0, "buffer_before": 0, "buffer_after": 10,
        "price_cents": 8600, "mode": "video", "booker": "everybody", "age_from": 0, "age_until": 150, "ahead_days": 30,
        "particular": true, "name": "Therapy"}"#;

    #[test]
    fn own_terms_lie_over_the_service_and_the_service_over_the_rules() {
        let json =
            format!(r#"{{"own": {{"minutes": 50, "notice_min": 60}}, {SERVICE}, "person": {{"day_visits": 4}}}}"#);
        let (more, weekly) = raw(&json).read(chrono::DateTime::UNIX_EPOCH).unwrap();
        let clock = Travels::at_home(Zone::UTC);
        let grid = more.grid(PLAIN, &clock);
        assert_eq!((grid.length, grid.after, grid.earliest), (3_000, 600, 3_600));
        assert_eq!(grid.latest, 86_400 * 30);
        assert_eq!(more.offer.unwrap().1.horizon, Some(Horizon::Days(30)));
        assert_eq!(more.caps().person.day_visits, Some(4));
        assert!(weekly.is_none() && more.own_length && more.admits(false, None));
    }

    #[test]
    fn without_a_service_only_the_journey_and_the_hours_count() {
        let json =
            r#"{"legs": [["2027-03-10", "Europe/London"]], "person": {"day_visits": 1}, "own": {}, "service": {}}"#;
        let (more, _) = raw(json).read(chrono::DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(more.legs.len(), 1);
        let clock = Travels::at_home(Zone::UTC);
        assert_eq!(more.grid(PLAIN, &clock), PLAIN);
        assert!(!more.full(&clock).covers("2027-03-10".parse().unwrap()));
    }
}
