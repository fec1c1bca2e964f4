//! SQL and nothing else, over the desk's own tables.

pub mod found;
pub mod look;
pub mod taken;
pub mod template;

use kernel::StoreError;
use std::str::FromStr;

/// A stored code as its enum.
fn code<T: FromStr>(text: &str, what: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(what))
}
