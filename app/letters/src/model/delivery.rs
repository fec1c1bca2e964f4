//! What becomes of a letter after a try to send it.

use super::{Kind, UnknownCode};
use chrono::{DateTime, Duration, Utc};
use std::{fmt, str::FromStr};

/// Given up after so many tries: about a day with the back-off below.
const MOST_TRIES: i32 = 12;

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Queued,
    /// A try is on its way, or died on it.
    Sending,
    Sent,
    /// It did not leave; the next try is set.
    Failed,
    /// It may have left, and a second one would do harm: no further try.
    Unknown,
    /// Given up.
    Dead,
    /// What it had to say was no longer true.
    Dropped,
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Unknown,
        Self::Dead,
        Self::Dropped,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
        }
    }

    /// For the desk.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued | Self::Sending => "On its way",
            Self::Sent => "Sent",
            Self::Failed => "Tried, will be tried again",
            Self::Unknown => "Perhaps sent",
            Self::Dead => "Not sent",
            Self::Dropped => "No longer needed",
        }
    }

    /// It came to its end.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Sent | Self::Unknown | Self::Dead | Self::Dropped)
    }

    /// The desk may have it sent again.
    pub const fn is_lost(self) -> bool {
        matches!(self, Self::Dead | Self::Unknown)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for State {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownCode)
    }
}

/// How a try went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// What it had to say is no longer true: it was not sent.
    Dropped,
    /// It certainly did not leave, and may later.
    Later(String),
    /// It was refused for good.
    Never(String),
    /// The answer was lost: it may have left.
    Unknown(String),
}

/// What is written after a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub state: State,
    /// The next try, when there is one.
    pub run_at: DateTime<Utc>,
    pub outcome: Option<String>,
}

/// Decides after try number `attempts` (1 is the first). `jitter` between 0 and 1 spreads tries that failed together.
pub fn settle(kind: Kind, attempts: i32, outcome: Outcome, now: DateTime<Utc>, jitter: f64) -> Settled {
    let at_end = |state, outcome| Settled {
        state,
        run_at: now,
        outcome,
    };
    match outcome {
        Outcome::Sent => at_end(State::Sent, None),
        Outcome::Dropped => at_end(State::Dropped, None),
        Outcome::Never(code) => at_end(State::Dead, Some(code)),
        Outcome::Unknown(code) if kind.once_at_most() => at_end(State::Unknown, Some(code)),
        Outcome::Unknown(code) | Outcome::Later(code) if attempts >= MOST_TRIES => at_end(State::Dead, Some(code)),
        Outcome::Unknown(code) | Outcome::Later(code) => Settled {
            state: State::Failed,
            run_at: now + back_off(attempts, jitter),
            outcome: Some(code),
        },
    }
}

/// Half a minute, one, two … at most four hours, give or take a quarter.
fn back_off(attempts: i32, jitter: f64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 12) - 1).unwrap_or(0);
    let plain = (30_i64 << doublings).min(4 * 3600);
    let spread = 0.75 + jitter.clamp(0.0, 1.0) / 2.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "below five hours in milliseconds: exact in both types"
    )]
    Duration::milliseconds((plain as f64 * 1000.0 * spread) as i64)
}

#[cfg(test)]
mod tests {
    use super::{Kind, MOST_TRIES, Outcome, State, back_off, settle};
    use chrono::{DateTime, Duration, Utc};
    use proptest::prelude::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn later() -> Outcome {
        Outcome::Later("451".to_owned())
    }

    #[test]
    fn a_letter_that_did_not_leave_is_tried_again_and_given_up_after_a_day() {
        let first = settle(Kind::VisitConfirmed, 1, later(), now(), 0.5);
        assert_eq!(
            (first.state, first.run_at),
            (State::Failed, now() + Duration::seconds(30))
        );
        let last = settle(Kind::VisitConfirmed, MOST_TRIES, later(), now(), 0.5);
        assert_eq!(last.state, State::Dead);
        let all: Duration = (1..MOST_TRIES).map(|attempt| back_off(attempt, 0.5)).sum();
        assert!(all > Duration::hours(12) && all < Duration::hours(30), "{all}");
    }

    #[test]
    fn a_refused_letter_is_given_up_at_once() {
        let refused = settle(Kind::Reminder, 1, Outcome::Never("550".to_owned()), now(), 0.5);
        assert_eq!((refused.state, refused.outcome.as_deref()), (State::Dead, Some("550")));
    }

    #[test]
    fn a_lost_answer_repeats_a_confirmation_and_never_a_reminder() {
        let lost = || Outcome::Unknown("no_answer".to_owned());
        assert_eq!(settle(Kind::VisitConfirmed, 1, lost(), now(), 0.5).state, State::Failed);
        for once in [Kind::Reminder, Kind::ConfirmNudge] {
            assert_eq!(settle(once, 1, lost(), now(), 0.5).state, State::Unknown);
        }
    }

    #[test]
    fn every_state_survives_its_code() {
        for state in State::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
    }

    proptest! {
        #[test]
        fn the_next_try_is_later_and_within_five_hours(attempts in -3i32..40, jitter in -1.0f64..2.0) {
            let pause = back_off(attempts, jitter);
            prop_assert!(pause >= Duration::seconds(22) && pause <= Duration::hours(5));
        }
    }
}
