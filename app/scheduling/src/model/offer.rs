//! What can be booked of whom, and how: the terms of a service, a therapist's own terms for it, and the rules of the house
//! below both. Each field is asked for at the nearest place that says something about it.

use super::{Horizon, Limits, Parameters, reasons::codes};
use chrono::Duration;
use kernel::Money;
use serde::{Deserialize, Serialize};

codes! {
    /// How a visit is held.
    Mode {
        Video = "video",
        Phone = "phone",
        /// The patient's choice.
        Either = "either",
    }
}

codes! {
    /// Whose patients may book it themselves. Staff may always plan it.
    Booker {
        Everybody = "everybody",
        /// Nobody who has met this therapist before.
        New = "new",
        /// Only who has met this therapist before.
        Known = "known",
        /// No patient: it is planned by staff.
        Nobody = "nobody",
    }
}

/// Full years of age, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ages {
    pub from: u16,
    pub until: u16,
}

impl Ages {
    pub const ALL: Self = Self { from: 0, until: 150 };

    /// An unknown age fits: the desk looks at it before it approves.
    pub fn fit(self, age: Option<u16>) -> bool {
        age.is_none_or(|age| (self.from..=self.until).contains(&age))
    }
}

/// What every service says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basics {
    /// Minutes, like the four below.
    pub minutes: u16,
    /// Distance of start times.
    pub step: u16,
    /// Of the first start time from the start of the shift.
    pub offset: u16,
    /// Blocked time of the therapist around the visit.
    pub before: u16,
    pub after: u16,
    pub price: Money,
    pub mode: Mode,
    pub booker: Booker,
    pub ages: Ages,
}

/// What may be left to the place below: a service leaves it to the rules of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// Minutes between booking and visit.
    pub notice: Option<u32>,
    pub horizon: Option<Horizon>,
    /// How many visits of this service a day and a week may hold.
    pub limits: Limits,
}

impl Bounds {
    #[must_use]
    pub fn or(self, below: Self) -> Self {
        Self {
            notice: self.notice.or(below.notice),
            horizon: self.horizon.or(below.horizon),
            limits: self.limits.or(below.limits),
        }
    }
}

/// What one therapist does otherwise; `None` is as the service has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OwnTerms {
    pub minutes: Option<u16>,
    pub step: Option<u16>,
    pub offset: Option<u16>,
    pub before: Option<u16>,
    pub after: Option<u16>,
    pub price: Option<Money>,
    pub mode: Option<Mode>,
    pub booker: Option<Booker>,
    pub ages: Option<Ages>,
    pub bounds: Bounds,
}

/// One therapist's offer of a service, nothing left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub basics: Basics,
    pub notice: Duration,
    /// `None`: the rolling stretch of the rules.
    pub horizon: Option<Horizon>,
    pub limits: Limits,
}

impl Offer {
    /// `rules`: those in force for this service and therapist.
    pub fn resolve(service: &Basics, bounds: Bounds, own: &OwnTerms, rules: &Parameters) -> Self {
        let bounds = own.bounds.or(bounds);
        Self {
            basics: own.over(service),
            notice: bounds
                .notice
                .map_or(rules.notice, |minutes| Duration::minutes(i64::from(minutes))),
            horizon: bounds.horizon,
            limits: bounds.limits,
        }
    }
}

impl OwnTerms {
    /// The service as this therapist gives it.
    pub fn over(&self, service: &Basics) -> Basics {
        // An own length that says nothing of its distance must not begin before the last visit ended.
        let step = self.minutes.map_or(service.step, |minutes| service.step.max(minutes));
        Basics {
            minutes: self.minutes.unwrap_or(service.minutes),
            step: self.step.unwrap_or(step),
            offset: self.offset.unwrap_or(service.offset),
            before: self.before.unwrap_or(service.before),
            after: self.after.unwrap_or(service.after),
            price: self.price.unwrap_or(service.price),
            mode: self.mode.unwrap_or(service.mode),
            booker: self.booker.unwrap_or(service.booker),
            ages: self.ages.unwrap_or(service.ages),
        }
    }
}

impl Basics {
    /// May a patient book this themselves? `known`: they met this therapist before.
    pub fn admits(&self, known: bool, age: Option<u16>) -> bool {
        let booker = match self.booker {
            Booker::Everybody => true,
            Booker::New => !known,
            Booker::Known => known,
            Booker::Nobody => false,
        };
        booker && self.ages.fit(age)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ages, Basics, Booker, Bounds, Mode, Offer, OwnTerms};
    use crate::model::{Horizon, Limits, Parameters};
    use chrono::Duration;
    use kernel::Money;

    fn service() -> Basics {
        Basics {
            minutes: 45,
            step: 60,
            offset: 0,
            before: 0,
            after: 10,
            price: Money::usd(8_600),
            mode: Mode::Video,
            booker: Booker::Everybody,
            ages: Ages::ALL,
        }
    }

    #[test]
    fn an_offer_that_says_nothing_is_the_service_under_the_rules_of_the_house() {
        let rules = Parameters::DEFAULT;
        let offer = Offer::resolve(&service(), Bounds::default(), &OwnTerms::default(), &rules);
        assert_eq!(offer.basics, service());
        assert_eq!((offer.notice, offer.horizon), (rules.notice, None));
        assert_eq!(offer.limits, Limits::NONE);
    }

    #[test]
    fn the_nearest_place_that_says_something_is_heard_field_by_field() {
        let of_service = Bounds {
            notice: Some(240),
            horizon: Some(Horizon::Days(30)),
            limits: Limits {
                day_visits: Some(6),
                week_visits: Some(20),
                ..Limits::NONE
            },
        };
        let own = OwnTerms {
            minutes: Some(50),
            price: Some(Money::usd(9_900)),
            bounds: Bounds {
                notice: Some(60),
                limits: Limits {
                    day_visits: Some(4),
                    ..Limits::NONE
                },
                ..Bounds::default()
            },
            ..OwnTerms::default()
        };
        let offer = Offer::resolve(&service(), of_service, &own, &Parameters::DEFAULT);
        assert_eq!((offer.basics.minutes, offer.basics.after), (50, 10));
        assert_eq!(offer.basics.price, Money::usd(9_900));
        assert_eq!(offer.notice, Duration::minutes(60));
        assert_eq!(offer.horizon, Some(Horizon::Days(30)));
        assert_eq!((offer.limits.day_visits, offer.limits.week_visits), (Some(4), Some(20)));
    }

    #[test]
    fn a_longer_visit_keeps_its_distance() {
        let own = OwnTerms {
            minutes: Some(90),
            ..OwnTerms::default()
        };
        assert_eq!(own.over(&service()).step, 90);
        let close = Basics { step: 30, ..service() };
        assert_eq!(OwnTerms::default().over(&close).step, 30);
        let tight = OwnTerms { step: Some(30), ..own };
        assert_eq!(tight.over(&service()).step, 30);
    }

    #[test]
    fn who_may_book_is_new_known_everybody_or_nobody() {
        let may = |booker, known| Basics { booker, ..service() }.admits(known, None);
        assert!(may(Booker::Everybody, true) && may(Booker::Everybody, false));
        assert!(may(Booker::New, false) && !may(Booker::New, true));
        assert!(may(Booker::Known, true) && !may(Booker::Known, false));
        assert!(!may(Booker::Nobody, true) && !may(Booker::Nobody, false));
    }

    #[test]
    fn ages_are_full_years_with_both_ends_and_an_unknown_one_is_for_the_desk() {
        let teens = Ages { from: 13, until: 17 };
        assert!(teens.fit(Some(13)) && teens.fit(Some(17)) && teens.fit(None));
        assert!(!teens.fit(Some(12)) && !teens.fit(Some(18)));
    }
}
