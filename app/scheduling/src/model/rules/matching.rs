//! In which order a search shows its therapists: how well each fits, by weights that an administrator sets.

use chrono::Duration;

/// A time this far ahead counts as little as one still farther: beyond, only the order of times decides.
const NEAR: Duration = Duration::days(14);

/// What the order goes by, each 0 to 100. By default the earliest time alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// A near time.
    pub earliest: i64,
    /// A therapist whom the patient knows.
    pub continuity: i64,
    /// The wished language is the therapist's first.
    pub language: i64,
    /// A therapist with much room in the days to come.
    pub load: i64,
}

/// How one therapist fits, before anything is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// How far ahead the first free time lies; `None` without one.
    pub first_in: Option<Duration>,
    pub known: bool,
    pub first_language: bool,
    /// Seconds taken in the days that were looked at, and the most that any of the therapists has.
    pub taken: i64,
    pub most_taken: i64,
}

impl Weights {
    /// Only the order of first times counts: nothing has to be weighed.
    pub const fn earliest_alone(&self) -> bool {
        self.continuity == 0 && self.language == 0 && self.load == 0
    }

    /// More is better. Whoever has no free time at all comes after everybody who has one.
    pub fn score(&self, fit: &Fit) -> i64 {
        // In ten-thousandths, so that sums stay whole numbers and equal ones stay equal.
        const WHOLE: i64 = 10_000;
        let Some(first_in) = fit.first_in else { return -1 };
        let near = NEAR.num_seconds();
        let nearness = (near - first_in.num_seconds().clamp(0, near)) * WHOLE / near;
        let room = if fit.most_taken > 0 {
            (fit.most_taken - fit.taken.clamp(0, fit.most_taken)) * WHOLE / fit.most_taken
        } else {
            WHOLE
        };
        let whole_if = |holds: bool| if holds { WHOLE } else { 0 };
        self.earliest * nearness
            + self.continuity * whole_if(fit.known)
            + self.language * whole_if(fit.first_language)
            + self.load * room
    }
}

#[cfg(test)]
mod tests {
    use super::{Fit, Weights};
    use crate::model::Parameters;
    use chrono::Duration;

    const PLAIN: Fit = Fit {
        first_in: Some(Duration::days(3)),
        known: false,
        first_language: false,
        taken: 3_600,
        most_taken: 7_200,
    };

    fn weights(earliest: i64, continuity: i64, language: i64, load: i64) -> Weights {
        Weights {
            earliest,
            continuity,
            language,
            load,
        }
    }

    #[test]
    fn by_default_only_the_first_time_counts() {
        let weights = Parameters::DEFAULT.weights;
        assert!(weights.earliest_alone());
        let known = Fit { known: true, ..PLAIN };
        assert_eq!(weights.score(&PLAIN), weights.score(&known));
        let sooner = Fit {
            first_in: Some(Duration::days(2)),
            ..PLAIN
        };
        assert!(weights.score(&sooner) > weights.score(&PLAIN));
    }

    #[test]
    fn each_weight_moves_what_it_weighs() {
        let known = Fit { known: true, ..PLAIN };
        assert!(weights(0, 50, 0, 0).score(&known) > weights(0, 50, 0, 0).score(&PLAIN));
        let speaks = Fit {
            first_language: true,
            ..PLAIN
        };
        assert!(weights(0, 0, 50, 0).score(&speaks) > weights(0, 0, 50, 0).score(&PLAIN));
        let idle = Fit { taken: 0, ..PLAIN };
        assert!(weights(0, 0, 0, 50).score(&idle) > weights(0, 0, 0, 50).score(&PLAIN));
    }

    #[test]
    fn without_a_free_time_nothing_helps() {
        let known = Fit {
            known: true,
            first_in: None,
            ..PLAIN
        };
        assert!(weights(100, 100, 100, 100).score(&known) < weights(100, 100, 100, 100).score(&PLAIN));
    }

    #[test]
    fn nobody_is_busy_where_nothing_is_taken() {
        let idle = Fit {
            taken: 0,
            most_taken: 0,
            ..PLAIN
        };
        assert!(weights(0, 0, 0, 1).score(&idle) > 0);
    }
}
