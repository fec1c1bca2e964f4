//! A time that is kept for somebody on the waiting list, until they answer or its time is over.

use crate::model::{Parameters, Refused, reasons::codes};
use chrono::{DateTime, Duration, Utc};

codes! {
    /// Where an offer stands.
    OfferState {
        Open = "open",
        Taken = "taken",
        /// The patient let it pass and waits on.
        Passed = "passed",
        Expired = "expired",
        /// The desk took it back, or the waiting ended.
        Withdrawn = "withdrawn",
    }
}

/// A time that nobody could answer for is not kept from everybody else.
const SHORTEST: Duration = Duration::minutes(5);

/// An offer's state and clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedOffer {
    pub state: OfferState,
    pub expires_at: DateTime<Utc>,
}

impl TimedOffer {
    /// Keeps a time that starts at `starts`: as long as the rules say, and no longer than it can still be booked.
    ///
    /// # Errors
    /// `TooLate` when it is so near that nobody could answer.
    pub fn make(now: DateTime<Utc>, starts: DateTime<Utc>, parameters: &Parameters) -> Result<Self, Refused> {
        let expires_at = (now + parameters.waitlist_offer).min(starts - parameters.notice);
        if expires_at < now + SHORTEST {
            return Err(Refused::TooLate);
        }
        Ok(Self {
            state: OfferState::Open,
            expires_at,
        })
    }

    /// What the state is at `now`: the row may still say `open` when nobody has looked since its end.
    pub fn at(self, now: DateTime<Utc>) -> OfferState {
        match self.state {
            OfferState::Open if now >= self.expires_at => OfferState::Expired,
            state => state,
        }
    }

    /// The patient takes it or lets it pass, or the desk takes it back.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it was answered or taken back.
    pub fn end(self, next: OfferState, now: DateTime<Utc>) -> Result<OfferState, Refused> {
        match (self.at(now), next) {
            (OfferState::Open, OfferState::Taken | OfferState::Passed | OfferState::Withdrawn) => Ok(next),
            (OfferState::Expired, _) => Err(Refused::Expired),
            _ => Err(Refused::Already),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{OfferState, Parameters, Refused, SHORTEST, TimedOffer};
    use chrono::{DateTime, Duration, Utc};
    use proptest::prelude::*;

    const P: Parameters = Parameters::DEFAULT;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    #[test]
    fn a_time_is_kept_as_the_rules_say_or_until_it_can_no_longer_be_booked() {
        let far = TimedOffer::make(now(), now() + Duration::days(2), &P).unwrap();
        assert_eq!(far.expires_at, now() + P.waitlist_offer);
        let near = TimedOffer::make(now(), now() + P.notice + Duration::minutes(20), &P).unwrap();
        assert_eq!(near.expires_at, now() + Duration::minutes(20));
        assert_eq!(TimedOffer::make(now(), now() + P.notice, &P), Err(Refused::TooLate));
    }

    #[test]
    fn an_offer_is_answered_once_and_in_time() {
        let mut offer = TimedOffer::make(now(), now() + Duration::days(2), &P).unwrap();
        assert_eq!(offer.end(OfferState::Taken, offer.expires_at), Err(Refused::Expired));
        assert_eq!(
            offer.end(OfferState::Expired, now()),
            Err(Refused::Already),
            "time alone does that"
        );
        offer.state = offer.end(OfferState::Passed, now()).unwrap();
        assert_eq!(offer.end(OfferState::Taken, now()), Err(Refused::Already));
    }

    proptest! {
        /// Whenever it is made, it can be answered for some minutes, and the visit can still be booked when it ends.
        #[test]
        fn an_offer_leaves_time_to_answer_and_time_to_book(minutes in 0_i64..20_000) {
            let starts = now() + Duration::minutes(minutes);
            if let Ok(offer) = TimedOffer::make(now(), starts, &P) {
                prop_assert!(offer.expires_at >= now() + SHORTEST);
                prop_assert!(offer.expires_at + P.notice <= starts);
                prop_assert!(offer.expires_at <= now() + P.waitlist_offer);
            } else {
                prop_assert!(starts < now() + P.notice + SHORTEST);
            }
        }
    }
}
