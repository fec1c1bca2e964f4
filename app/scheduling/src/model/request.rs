//! A booking request: a patient's wish for a time, waiting for the desk (R12, G1, G4).

use super::{Parameters, Refused, reasons::codes};
use chrono::{DateTime, Utc};

codes! {
    /// Where a request stands (product.md 4.2).
    RequestState {
        Draft = "draft",
        Pending = "pending",
        Approved = "approved",
        Declined = "declined",
        Proposed = "proposed",
        Conflicted = "conflicted",
        Waitlisted = "waitlisted",
        Withdrawn = "withdrawn",
        Expired = "expired",
    }
}

impl RequestState {
    /// Every transition there is; no other exists.
    pub const fn may_become(self, next: Self) -> bool {
        use RequestState::{Approved, Conflicted, Declined, Draft, Expired, Pending, Proposed, Waitlisted, Withdrawn};
        match self {
            Draft => matches!(next, Pending | Withdrawn | Expired),
            Pending => matches!(next, Approved | Declined | Proposed | Conflicted | Withdrawn | Expired),
            Proposed => matches!(next, Approved | Declined | Withdrawn | Expired),
            Conflicted => matches!(next, Proposed | Waitlisted | Declined | Withdrawn),
            Waitlisted => matches!(next, Proposed | Withdrawn | Expired),
            Approved | Declined | Withdrawn | Expired => false,
        }
    }

    /// Somebody still has to answer it: it counts against the patient's limit (G5).
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Pending | Self::Proposed | Self::Conflicted | Self::Waitlisted
        )
    }

    /// The desk can decide it.
    pub const fn is_undecided(self) -> bool {
        matches!(self, Self::Pending | Self::Conflicted)
    }
}

/// A request's state and clock. Each act answers with the next state or says why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub state: RequestState,
    pub expires_at: DateTime<Utc>,
}

impl Request {
    /// A fresh request for a visit that starts at `visit_starts`.
    pub fn send(now: DateTime<Utc>, visit_starts: DateTime<Utc>, parameters: &Parameters) -> Self {
        Self {
            state: RequestState::Pending,
            expires_at: (now + parameters.request_expiry).min(visit_starts),
        }
    }

    /// What the state is at `now`: the row may still say `pending` when nobody has looked since its end.
    pub fn at(self, now: DateTime<Utc>) -> RequestState {
        match self.state {
            RequestState::Pending if now >= self.expires_at => RequestState::Expired,
            state => state,
        }
    }

    /// The desk says yes. The caller re-checks the calendar in the same transaction (G1, U1).
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when somebody decided first.
    pub fn approve(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        self.turn(RequestState::Approved, now)
    }

    /// The desk says no.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when somebody decided first.
    pub fn decline(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        self.turn(RequestState::Declined, now)
    }

    /// The time is gone for another reason than the request itself (time off, a staff visit).
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when somebody decided first.
    pub fn conflict(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        self.turn(RequestState::Conflicted, now)
    }

    /// The patient takes it back.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it was decided.
    pub fn withdraw(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        self.turn(RequestState::Withdrawn, now)
    }

    fn turn(self, next: RequestState, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        match self.at(now) {
            RequestState::Expired => Err(Refused::Expired),
            state if state.may_become(next) => Ok(next),
            _ => Err(Refused::Already),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Parameters, Refused, Request, RequestState};
    use chrono::{DateTime, Duration, Utc};

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn sent(starts_in: Duration) -> Request {
        Request::send(now(), now() + starts_in, &Parameters::DEFAULT)
    }

    #[test]
    fn a_request_expires_after_72_hours_or_at_the_visits_start() {
        assert_eq!(sent(Duration::days(9)).expires_at, now() + Duration::hours(72));
        assert_eq!(sent(Duration::hours(3)).expires_at, now() + Duration::hours(3));
    }

    #[test]
    fn a_request_is_decided_once() {
        let mut request = sent(Duration::days(2));
        request.state = request.approve(now()).unwrap();
        assert_eq!(request.decline(now()), Err(Refused::Already));
        assert_eq!(request.withdraw(now()), Err(Refused::Already));
    }

    #[test]
    fn an_expired_request_is_not_approved() {
        let request = sent(Duration::hours(3));
        assert_eq!(request.approve(now() + Duration::hours(3)), Err(Refused::Expired));
    }

    #[test]
    fn a_conflicted_request_can_only_be_declined_or_withdrawn_here() {
        let mut request = sent(Duration::days(2));
        request.state = request.conflict(now()).unwrap();
        assert_eq!(request.approve(now()), Err(Refused::Already));
        assert_eq!(request.decline(now()), Ok(RequestState::Declined));
    }

    #[test]
    fn final_states_have_no_way_out() {
        use RequestState::{Approved, Declined, Expired, Withdrawn};
        for state in [Approved, Declined, Expired, Withdrawn] {
            assert!(RequestState::ALL.iter().all(|next| !state.may_become(*next)));
        }
    }
}
