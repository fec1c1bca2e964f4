//! A booking request: a patient's wish for a time, waiting for the desk (R12, G1, G4).

use super::{Parameters, Refused, reasons::codes};
use chrono::{DateTime, Duration, Utc};

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

/// How long a liaison may take a decision back. Its news waits as long, so that nobody hears of what is then undone.
pub const UNDO: Duration = Duration::seconds(60);

/// So long before a visit the answer comes at the latest, so that somebody can still make ready for it.
const BEFORE_VISIT: Duration = Duration::hours(1);

/// When an answer is of use at the latest: an hour before the visit, or halfway to one that is sooner.
fn latest_answer(now: DateTime<Utc>, visit_starts: DateTime<Utc>) -> DateTime<Utc> {
    visit_starts - BEFORE_VISIT.min((visit_starts - now) / 2)
}

/// How long a patient has at least to answer a question about a request.
const ANSWER_WITHIN: Duration = Duration::hours(24);

/// Which decision was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    Approval,
    Decline,
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
            expires_at: (now + parameters.request_expiry).min(latest_answer(now, visit_starts)),
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

    /// The desk proposes other times; also to somebody to whom it proposed before.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when somebody decided first.
    pub fn propose(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        match self.state {
            RequestState::Proposed => Ok(RequestState::Proposed),
            _ => self.turn(RequestState::Proposed, now),
        }
    }

    /// The time is gone for another reason than the request itself (time off, a staff visit).
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when somebody decided first.
    pub fn conflict(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        self.turn(RequestState::Conflicted, now)
    }

    /// The time is gone and the patient waits for another one.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when somebody decided first or its time is not gone.
    pub fn wait(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        self.turn(RequestState::Waitlisted, now)
    }

    /// The patient takes it back.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it was decided.
    pub fn withdraw(self, now: DateTime<Utc>) -> Result<RequestState, Refused> {
        self.turn(RequestState::Withdrawn, now)
    }

    /// The desk takes back what it decided at `decided_at`: the one way out of a final state, and a short one.
    ///
    /// # Errors
    /// `TooLate` after `UNDO`, `Already` when it was not the desk's decision.
    pub fn take_back(self, decided_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<TakenBack, Refused> {
        let decided = match self.state {
            RequestState::Approved => TakenBack::Approval,
            RequestState::Declined => TakenBack::Decline,
            _ => return Err(Refused::Already),
        };
        if now < decided_at + UNDO {
            Ok(decided)
        } else {
            Err(Refused::TooLate)
        }
    }

    /// The desk asks the patient something: until when the request waits from now on. Never shorter than before, and never beyond
    /// the visit's start.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it does not wait for the desk with its time kept.
    pub fn ask(self, now: DateTime<Utc>, visit_starts: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
        match self.at(now) {
            RequestState::Pending => {
                let least = (now + ANSWER_WITHIN).min(latest_answer(now, visit_starts));
                Ok(self.expires_at.max(least))
            }
            RequestState::Expired => Err(Refused::Expired),
            _ => Err(Refused::Already),
        }
    }

    /// The desk gives it another time or therapist: it waits with that one kept, for as long as before, the new start permitting.
    /// A request whose time was gone has a time again.
    ///
    /// # Errors
    /// `Expired` past its time or for a time that is over, `Already` when it was decided.
    pub fn change(self, now: DateTime<Utc>, visit_starts: DateTime<Utc>) -> Result<Self, Refused> {
        if visit_starts <= now {
            return Err(Refused::Expired);
        }
        let until = match self.at(now) {
            RequestState::Pending => self.expires_at,
            RequestState::Conflicted => self.expires_at.max(now + ANSWER_WITHIN),
            RequestState::Expired => return Err(Refused::Expired),
            _ => return Err(Refused::Already),
        };
        Ok(Self {
            state: RequestState::Pending,
            expires_at: until.min(latest_answer(now, visit_starts)),
        })
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
    use super::{Parameters, Refused, Request, RequestState, TakenBack, UNDO};
    use chrono::{DateTime, Duration, Utc};

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn sent(starts_in: Duration) -> Request {
        Request::send(now(), now() + starts_in, &Parameters::DEFAULT)
    }

    #[test]
    fn a_request_expires_after_72_hours_or_in_time_before_the_visit() {
        assert_eq!(sent(Duration::days(9)).expires_at, now() + Duration::hours(72));
        assert_eq!(sent(Duration::hours(3)).expires_at, now() + Duration::hours(2));
        assert_eq!(sent(Duration::minutes(40)).expires_at, now() + Duration::minutes(20));
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
    fn only_whose_time_is_gone_waits_for_another() {
        let mut request = sent(Duration::days(2));
        assert_eq!(request.wait(now()), Err(Refused::Already));
        request.state = request.conflict(now()).unwrap();
        request.state = request.wait(now()).unwrap();
        assert_eq!(request.decline(now()), Err(Refused::Already));
        assert_eq!(request.propose(now()), Ok(RequestState::Proposed));
        assert_eq!(request.withdraw(now()), Ok(RequestState::Withdrawn));
    }

    #[test]
    fn a_decision_is_taken_back_within_a_minute_and_only_by_that() {
        let mut request = sent(Duration::days(2));
        assert_eq!(
            request.take_back(now(), now()),
            Err(Refused::Already),
            "nothing was decided"
        );
        request.state = RequestState::Approved;
        assert_eq!(
            request.take_back(now(), now() + Duration::seconds(59)),
            Ok(TakenBack::Approval)
        );
        assert_eq!(request.take_back(now(), now() + UNDO), Err(Refused::TooLate));
        request.state = RequestState::Withdrawn;
        assert_eq!(
            request.take_back(now(), now()),
            Err(Refused::Already),
            "the patient's word stands"
        );
    }

    #[test]
    fn a_question_leaves_a_day_for_the_answer_and_never_takes_time_away() {
        let asked_late = sent(Duration::days(9)).ask(now() + Duration::hours(70), now() + Duration::days(9));
        assert_eq!(asked_late, Ok(now() + Duration::hours(94)));
        let request = sent(Duration::days(9));
        assert_eq!(request.ask(now(), now() + Duration::days(9)), Ok(request.expires_at));
        let soon = sent(Duration::hours(3));
        let start = now() + Duration::hours(3);
        assert_eq!(soon.ask(now(), start), Ok(now() + Duration::hours(2)));
        assert_eq!(soon.ask(start, start), Err(Refused::Expired));
    }

    #[test]
    fn a_changed_request_waits_with_its_new_time() {
        let request = sent(Duration::days(2));
        let sooner = request.change(now(), now() + Duration::hours(5)).unwrap();
        assert_eq!(
            (sooner.state, sooner.expires_at),
            (RequestState::Pending, now() + Duration::hours(4))
        );
        let mut gone = request;
        gone.state = RequestState::Conflicted;
        assert_eq!(
            gone.change(now(), now() + Duration::days(4)).unwrap().state,
            RequestState::Pending
        );
        assert_eq!(request.change(now(), now()), Err(Refused::Expired), "that time is over");
    }

    #[test]
    fn final_states_have_no_way_out() {
        use RequestState::{Approved, Declined, Expired, Withdrawn};
        for state in [Approved, Declined, Expired, Withdrawn] {
            assert!(RequestState::ALL.iter().all(|next| !state.may_become(*next)));
        }
    }
}
