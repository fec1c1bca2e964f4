//! How long before and after a visit letters come, as the rules of booking have it (R30).

use chrono::Duration;
use scheduling::model::{Parameters, Rulebook, Scope};

/// Minutes before the start at which a patient is reminded who chose nothing else.
pub fn reminders(rules: &Parameters) -> Vec<i64> {
    minutes(&rules.reminders)
}

/// Minutes after the planned end at which a therapist is asked what became of a visit.
pub fn nudges(rules: &Parameters) -> Vec<i64> {
    minutes(&rules.confirm_nudges)
}

fn minutes(distances: &[Option<Duration>]) -> Vec<i64> {
    distances.iter().flatten().map(Duration::num_minutes).collect()
}

/// What `of` finds in the rules of anybody, each once.
pub fn anywhere(book: &Rulebook, of: fn(&Parameters) -> Vec<i64>) -> Vec<i64> {
    let scopes = book.below(Scope::HOUSE);
    let mut all: Vec<i64> = scopes.iter().flat_map(|scope| of(&book.at(scope))).collect();
    all.sort_unstable();
    all.dedup();
    all
}
