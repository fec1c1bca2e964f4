//! In which order items stand: the riskiest first, among equals what is due first. The rules are ours (product.md says "oldest and
//! riskiest first"); each is one line below with its reason.

use super::{ItemId, Kind, codes};
use chrono::{DateTime, Duration, Utc};
use std::{cmp::Reverse, fmt, str::FromStr};

codes! {
    /// What happens to somebody if nobody decides soon.
    Risk {
        Low = "low",
        Normal = "normal",
        High = "high",
        Now = "now",
    }
}

/// What the order depends on.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub item: ItemId,
    /// When the visit in question starts.
    pub starts: DateTime<Utc>,
    pub due: DateTime<Utc>,
    pub since: DateTime<Utc>,
    /// The patient counts on a time that they do not have (any more).
    pub time_gone: bool,
    /// Somebody else acts next; the desk only watches.
    pub theirs: bool,
}

impl Facts {
    pub fn risk(&self, now: DateTime<Utc>) -> Risk {
        let starts_within = |hours| self.starts > now && self.starts <= now + Duration::hours(hours);
        let due_within = |hours| self.due <= now + Duration::hours(hours);
        match self.item.kind {
            // Somebody would come to a visit that does not take place.
            Kind::Affected | Kind::Letter if starts_within(24) => Risk::Now,
            Kind::Affected if !self.theirs && starts_within(72) => Risk::High,
            // The patient waits, and after this hour cannot come any more.
            Kind::Request | Kind::Proposal if !self.theirs && (starts_within(24) || due_within(2)) => Risk::Now,
            Kind::Request | Kind::Proposal if !self.theirs && (self.time_gone || due_within(6)) => Risk::High,
            Kind::Waitlist if !self.theirs && due_within(2) => Risk::High,
            // Twice reminded, still silent: a charge and perhaps a note are missing.
            Kind::Confirm if self.due <= now => Risk::High,
            _ if self.theirs => Risk::Low,
            _ => Risk::Normal,
        }
    }

    pub fn place(&self, now: DateTime<Utc>) -> Place {
        Place {
            risk: Reverse(self.risk(now)),
            due: self.due,
            item: self.item,
        }
    }

    pub fn age(&self, now: DateTime<Utc>) -> Age {
        Age::of(now - self.since)
    }
}

/// Where an item stands, and what a page begins after. It holds a risk, an instant and an id, so it may stand in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    risk: Reverse<Risk>,
    due: DateTime<Utc>,
    item: ItemId,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}_{}_{}",
            self.risk.0.as_str(),
            self.due.timestamp_micros(),
            self.item
        )
    }
}

/// The text is no place of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;
    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let mut parts = text.splitn(3, '_');
        let mut next = || parts.next().ok_or(NotAPlace);
        let (risk, due, item) = (next()?, next()?, next()?);
        let due = due.parse().ok().and_then(DateTime::from_timestamp_micros);
        Ok(Self {
            risk: Reverse(risk.parse().map_err(|_| NotAPlace)?),
            due: due.ok_or(NotAPlace)?,
            item: item.parse().map_err(|_| NotAPlace)?,
        })
    }
}

codes! {
    /// How long an item has waited, to filter by.
    Age {
        Today = "today",
        Days = "days",
        Week = "week",
    }
}

impl Age {
    fn of(waited: Duration) -> Self {
        if waited >= Duration::days(7) {
            Self::Week
        } else if waited >= Duration::days(1) {
            Self::Days
        } else {
            Self::Today
        }
    }
}

/// "5 h", "2 days": how long until or since, for the narrow column of a list.
pub fn short(minutes: i64) -> String {
    match minutes.abs() {
        minutes @ 0..60 => format!("{minutes} min"),
        minutes @ 60..2_880 => format!("{} h", minutes / 60),
        minutes => format!("{} days", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::{Age, Facts, Place, Risk, short};
    use crate::model::{ItemId, Kind};
    use chrono::{DateTime, Duration, Utc};
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn facts(kind: Kind, starts_in: i64, due_in: i64) -> Facts {
        Facts {
            item: ItemId {
                kind,
                id: Uuid::from_u128(u128::from(due_in.unsigned_abs())),
            },
            starts: now() + Duration::hours(starts_in),
            due: now() + Duration::hours(due_in),
            since: now() - Duration::hours(3),
            time_gone: false,
            theirs: false,
        }
    }

    #[test]
    fn whoever_would_come_in_vain_tomorrow_stands_first() {
        assert_eq!(facts(Kind::Affected, 20, -4).risk(now()), Risk::Now);
        assert_eq!(facts(Kind::Affected, 60, 36).risk(now()), Risk::High);
        assert_eq!(facts(Kind::Affected, 200, 176).risk(now()), Risk::Normal);
    }

    #[test]
    fn a_request_is_pressing_when_its_visit_or_its_end_is_near() {
        assert_eq!(facts(Kind::Request, 23, 23).risk(now()), Risk::Now);
        assert_eq!(facts(Kind::Request, 100, 2).risk(now()), Risk::Now);
        assert_eq!(facts(Kind::Request, 100, 6).risk(now()), Risk::High);
        assert_eq!(facts(Kind::Request, 100, 60).risk(now()), Risk::Normal);
        let gone = Facts {
            time_gone: true,
            ..facts(Kind::Request, 100, 60)
        };
        assert_eq!(gone.risk(now()), Risk::High);
    }

    #[test]
    fn what_the_patient_has_to_answer_presses_nobody_here() {
        let theirs = Facts {
            theirs: true,
            ..facts(Kind::Proposal, 10, 1)
        };
        assert_eq!(theirs.risk(now()), Risk::Low);
    }

    #[test]
    fn the_riskiest_is_first_then_what_is_due_first_then_one_fixed_order() {
        let mut places: Vec<Place> = [
            facts(Kind::Request, 100, 60),
            facts(Kind::Confirm, -30, 18),
            facts(Kind::Request, 23, 23),
            facts(Kind::Affected, 20, -4),
            facts(Kind::Confirm, -60, -12),
        ]
        .iter()
        .map(|facts| facts.place(now()))
        .collect();
        places.sort();
        let kinds: Vec<_> = places.iter().map(|place| (place.risk.0, place.item.kind)).collect();
        assert_eq!(
            kinds,
            [
                (Risk::Now, Kind::Affected),
                (Risk::Now, Kind::Request),
                (Risk::High, Kind::Confirm),
                (Risk::Normal, Kind::Confirm),
                (Risk::Normal, Kind::Request),
            ]
        );
    }

    #[test]
    fn a_place_survives_its_text() {
        let place = facts(Kind::Letter, 100, 60).place(now());
        assert_eq!(place.to_string().parse(), Ok(place));
        assert!("high_1_request".parse::<Place>().is_err() && "".parse::<Place>().is_err());
    }

    #[test]
    fn ages_and_distances_are_short() {
        let mut old = facts(Kind::Request, 100, 60);
        assert_eq!(old.age(now()), Age::Today);
        old.since = now() - Duration::days(8);
        assert_eq!(old.age(now()), Age::Week);
        assert_eq!(
            (short(-45).as_str(), short(300).as_str(), short(3 * 1_440).as_str()),
            ("45 min", "5 h", "3 days")
        );
    }
}
