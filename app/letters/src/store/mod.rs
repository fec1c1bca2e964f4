//! SQL and nothing else.

pub mod calendar_entry;
pub mod clock;
pub mod desk;
pub mod due;
pub mod feed;
pub mod heard;
pub mod letter;
pub mod letter_visit;
pub mod preference;
pub mod standing;

use kernel::StoreError;
use std::str::FromStr;

/// A stored code as its enum.
fn code<T: FromStr>(text: &str, what: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(what))
}
