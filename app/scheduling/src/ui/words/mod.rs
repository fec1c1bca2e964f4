//! All words of these pages: one sentence per state, reason and error, in the voice of screens.md section 3.

mod checks;
mod errors;
pub mod parameters;
mod people;
mod reasons;
mod series;
mod states;

pub use checks::{check, check_tone};
pub use errors::{error, field};
pub use people::{
    by, change, concern, estimate, gender, insurer, language, named, seat, service, specialty, state, whom, why,
};
pub use reasons::{
    PATIENT_CANCELS, PATIENT_MOVES, STAFF_MOVES, cancel_reason, decline_choice, decline_sentence, move_reason, outcome,
    outcome_help, overbook_reason, why_changed,
};
pub use series::{
    cancel_them, change_of, cost_of_cancelling, every, extent, hindrance, place_in_series, visits_in_short,
};
pub use states::{Reader, request_word, visit_word};
