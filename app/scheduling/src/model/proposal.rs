//! Other times, kept for a patient until they choose one.

use super::{Parameters, Refused, reasons::codes};
use chrono::{DateTime, Duration, Utc};

codes! {
    /// Where a proposal stands.
    ProposalState {
        Open = "open",
        Accepted = "accepted",
        Declined = "declined",
        Expired = "expired",
        /// Somebody proposed other times instead, or what it was about moved or was cancelled.
        Replaced = "replaced",
    }
}

/// How long proposed times are kept, at most. The same for everybody.
pub const KEPT: Duration = Duration::hours(24);

/// The most times that are kept for one patient at once.
pub const MOST_TIMES: usize = 3;

/// A proposal's state and clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    pub state: ProposalState,
    pub expires_at: DateTime<Utc>,
}

impl Proposal {
    /// Keeps times of which the earliest starts at `earliest`: a day at most, and no longer than it can still be booked.
    ///
    /// # Errors
    /// `TooLate` when the earliest is closer than the shortest notice.
    pub fn make(now: DateTime<Utc>, earliest: DateTime<Utc>, parameters: &Parameters) -> Result<Self, Refused> {
        let expires_at = (now + KEPT).min(earliest - parameters.notice);
        if expires_at <= now {
            return Err(Refused::TooLate);
        }
        Ok(Self {
            state: ProposalState::Open,
            expires_at,
        })
    }

    /// What the state is at `now`: the row may still say `open` when nobody has looked since its end.
    pub fn at(self, now: DateTime<Utc>) -> ProposalState {
        match self.state {
            ProposalState::Open if now >= self.expires_at => ProposalState::Expired,
            state => state,
        }
    }

    /// The patient answers.
    ///
    /// # Errors
    /// `Expired` past its time, `Already` when it was answered or replaced.
    pub fn answer(self, now: DateTime<Utc>) -> Result<(), Refused> {
        match self.at(now) {
            ProposalState::Open => Ok(()),
            ProposalState::Expired => Err(Refused::Expired),
            _ => Err(Refused::Already),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Parameters, Proposal, ProposalState, Refused};
    use chrono::{DateTime, Duration, Utc};

    const P: Parameters = Parameters::DEFAULT;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    #[test]
    fn times_are_kept_for_a_day_or_until_the_earliest_can_no_longer_be_booked() {
        let far = Proposal::make(now(), now() + Duration::days(9), &P).unwrap();
        assert_eq!(far.expires_at, now() + Duration::hours(24));
        let near = Proposal::make(now(), now() + Duration::hours(5), &P).unwrap();
        assert_eq!(near.expires_at, now() + Duration::hours(3));
        assert_eq!(Proposal::make(now(), now() + P.notice, &P), Err(Refused::TooLate));
    }

    #[test]
    fn a_proposal_is_answered_once_and_in_time() {
        let mut proposal = Proposal::make(now(), now() + Duration::days(2), &P).unwrap();
        assert_eq!(proposal.answer(now()), Ok(()));
        assert_eq!(proposal.answer(proposal.expires_at), Err(Refused::Expired));
        proposal.state = ProposalState::Accepted;
        assert_eq!(proposal.answer(now()), Err(Refused::Already));
    }
}
