//! A slot hold: a time kept for one person while the booking form is open.

use super::{Parameters, Refused, reasons::codes};
use chrono::{DateTime, Utc};

codes! {
    /// Where a hold stands (product.md 4.2).
    HoldState {
        Active = "active",
        Converted = "converted",
        Released = "released",
        Expired = "expired",
    }
}

/// A hold's state and clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    pub state: HoldState,
    pub expires_at: DateTime<Utc>,
    pub extended: bool,
}

impl Hold {
    pub fn start(now: DateTime<Utc>, parameters: &Parameters) -> Self {
        Self {
            state: HoldState::Active,
            expires_at: now + parameters.hold,
            extended: false,
        }
    }

    /// What the state is at `now`: the row may still say `active` when nobody has looked since its end.
    pub fn at(self, now: DateTime<Utc>) -> HoldState {
        match self.state {
            HoldState::Active if now >= self.expires_at => HoldState::Expired,
            state => state,
        }
    }

    /// Prolongs the hold, once.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it was prolonged before or is no longer active.
    pub fn extend(self, now: DateTime<Utc>, parameters: &Parameters) -> Result<Self, Refused> {
        self.require_active(now)?;
        if self.extended {
            return Err(Refused::Already);
        }
        Ok(Self {
            expires_at: self.expires_at + parameters.hold_extension,
            extended: true,
            ..self
        })
    }

    /// The hold becomes a request.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it is no longer active.
    pub fn convert(self, now: DateTime<Utc>) -> Result<Self, Refused> {
        self.leave(HoldState::Converted, now)
    }

    /// Given back before its end.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it is no longer active.
    pub fn release(self, now: DateTime<Utc>) -> Result<Self, Refused> {
        self.leave(HoldState::Released, now)
    }

    fn leave(self, state: HoldState, now: DateTime<Utc>) -> Result<Self, Refused> {
        self.require_active(now)?;
        Ok(Self { state, ..self })
    }

    fn require_active(self, now: DateTime<Utc>) -> Result<(), Refused> {
        match self.at(now) {
            HoldState::Active => Ok(()),
            HoldState::Expired => Err(Refused::Expired),
            HoldState::Converted | HoldState::Released => Err(Refused::Already),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hold, HoldState, Parameters, Refused};
    use chrono::{DateTime, Duration, Utc};

    const P: Parameters = Parameters::DEFAULT;

    fn start() -> (DateTime<Utc>, Hold) {
        let now = DateTime::from_timestamp(1_803_996_000, 0).unwrap();
        (now, Hold::start(now, &P))
    }

    #[test]
    fn a_hold_ends_at_its_time_to_the_second() {
        let (now, hold) = start();
        assert_eq!(hold.at(now + P.hold - Duration::seconds(1)), HoldState::Active);
        assert_eq!(hold.at(now + P.hold), HoldState::Expired);
        assert_eq!(hold.convert(now + P.hold), Err(Refused::Expired));
    }

    #[test]
    fn a_hold_is_prolonged_once() {
        let (now, hold) = start();
        let longer = hold.extend(now, &P).unwrap();
        assert_eq!(longer.expires_at, now + P.hold + P.hold_extension);
        assert_eq!(longer.extend(now, &P), Err(Refused::Already));
    }

    #[test]
    fn a_converted_hold_stays_converted() {
        let (now, hold) = start();
        let converted = hold.convert(now).unwrap();
        assert_eq!(converted.release(now), Err(Refused::Already));
        assert_eq!(converted.at(now + P.hold), HoldState::Converted);
    }
}
