//! Whose turn it is when a time is free.

use super::OfferState;
use crate::model::Weights;
use chrono::{DateTime, Utc};

/// So many offers in a row may go by unanswered: each keeps a time from everybody else. After that the waiting is over.
pub const MOST_MISSED: u32 = 3;

/// How many offers in a row went by unanswered. `states`: from the latest on; an answer begins the count anew.
pub fn missed(states: impl IntoIterator<Item = OfferState>) -> u32 {
    let unanswered = states
        .into_iter()
        .take_while(|state| *state != OfferState::Passed)
        .filter(|state| *state == OfferState::Expired);
    u32::try_from(unanswered.count()).unwrap_or(u32::MAX)
}

/// Somebody who waits for the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn<W> {
    pub wish: W,
    /// Since when they wait.
    pub joined: DateTime<Utc>,
    /// The patient has met this therapist.
    pub known: bool,
}

/// Those who wait, in the order in which they are asked. By default who has waited longest comes first; where the clinic weighs
/// continuity, the therapist's own patients come before others. The other weights compare therapists, not patients.
pub fn in_turn<W: Ord + Copy>(mut turns: Vec<Turn<W>>, weights: &Weights) -> Vec<W> {
    let own_first = weights.continuity > 0;
    turns.sort_by_key(|turn| (own_first && !turn.known, turn.joined, turn.wish));
    turns.into_iter().map(|turn| turn.wish).collect()
}

#[cfg(test)]
mod tests {
    use super::{OfferState, Turn, in_turn, missed};
    use crate::model::{Parameters, Weights};
    use chrono::{DateTime, Duration};
    use proptest::prelude::*;

    fn turn(wish: u32, waited: i64, known: bool) -> Turn<u32> {
        let now = DateTime::from_timestamp(1_803_996_000, 0).unwrap();
        Turn {
            wish,
            joined: now - Duration::minutes(waited),
            known,
        }
    }

    #[test]
    fn only_what_went_by_since_the_last_answer_counts() {
        use OfferState::{Expired, Passed, Withdrawn};
        assert_eq!(missed([]), 0);
        assert_eq!(
            missed([Expired, Withdrawn, Expired]),
            2,
            "what the desk took back counts for nothing"
        );
        assert_eq!(missed([Expired, Passed, Expired, Expired]), 1);
    }

    #[test]
    fn who_has_waited_longest_is_asked_first() {
        let turns = vec![turn(1, 5, true), turn(2, 90, false), turn(3, 30, true)];
        assert_eq!(in_turn(turns.clone(), &Parameters::DEFAULT.weights), [2, 3, 1]);
        let continuity = Weights {
            continuity: 10,
            ..Parameters::DEFAULT.weights
        };
        assert_eq!(in_turn(turns, &continuity), [3, 1, 2]);
    }

    proptest! {
        /// Everybody is asked, and nobody is overtaken by somebody like them who came later.
        #[test]
        fn the_order_is_fair(waits in proptest::collection::vec((0_i64..50, any::<bool>()), 0..20), continuity in 0_i64..3) {
            let turns: Vec<_> = (0..).zip(&waits).map(|(wish, (waited, known))| turn(wish, *waited, *known)).collect();
            let weights = Weights { continuity, ..Parameters::DEFAULT.weights };
            let order = in_turn(turns.clone(), &weights);
            prop_assert_eq!(order.len(), turns.len());
            for pair in order.windows(2) {
                let one = |wish: u32| turns[usize::try_from(wish).unwrap()];
                let (before, after) = (one(pair[0]), one(pair[1]));
                prop_assert!(before.known != after.known && continuity > 0 || before.joined <= after.joined);
                prop_assert!(continuity == 0 || before.known || !after.known);
            }
        }
    }
}
