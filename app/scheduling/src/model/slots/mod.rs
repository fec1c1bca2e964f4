//! The slot engine: which times can be booked. Pure interval algebra over seconds since 1970 (UTC), half-open throughout.
//!
//! `windows - absences`, swept once against what is taken: O(windows + absences + taken + slots), no allocation per slot.

mod sweep;
mod window;

pub use sweep::{Grid, Starts, nearest};
pub use window::{Span, Window, subtract};

#[cfg(test)]
mod naive;
