//! The waiting list: which times somebody wants to hear of, whose turn it is, and how long a time is kept for them (U1).

mod fitting;
mod offered;
mod turn;

pub use fitting::{Days, PartOfDay, Parts, Wanted};
pub use offered::{OfferState, TimedOffer};
pub use turn::{MOST_MISSED, Turn, in_turn, missed};

use super::{Refused, reasons::codes};

/// For how many weeks somebody may wait.
pub const WEEKS: [u16; 3] = [2, 4, 8];

codes! {
    /// Where a wish stands.
    WishState {
        Waiting = "waiting",
        /// An offered time was taken.
        Taken = "taken",
        /// The patient does not want to wait any more.
        Left = "left",
        /// Its time is over, what it was about is gone, or offers went by unanswered.
        Over = "over",
    }
}

impl WishState {
    /// Every transition there is: each ends the waiting.
    ///
    /// # Errors
    /// `Already` when it has ended.
    pub const fn end(self, next: Self) -> Result<Self, Refused> {
        match (self, next) {
            (Self::Waiting, Self::Taken | Self::Left | Self::Over) => Ok(next),
            _ => Err(Refused::Already),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WishState;

    #[test]
    fn waiting_ends_once_and_nothing_waits_again() {
        for state in WishState::ALL {
            for next in WishState::ALL {
                let ends = *state == WishState::Waiting && *next != WishState::Waiting;
                assert_eq!(state.end(*next).is_ok(), ends, "{state} to {next}");
            }
        }
    }
}
