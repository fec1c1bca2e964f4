//! The rules of letters: pure values in, words and decisions out.

pub mod calendar;
mod delivery;
pub mod html;
mod kind;
mod reminder;
mod words;

pub use delivery::{Outcome, Settled, State, settle};
pub use kind::{Kind, UnknownCode};
pub use reminder::{Known, Reminders, is_due};
pub use words::{Spoken, Wording, wording};

/// Which side of a visit somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The patient, or who answers for them.
    Family,
    Therapist,
}

kernel::id! {
    /// One letter to one account.
    LetterId,
}
