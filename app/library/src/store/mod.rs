//! The only place of the library with SQL: free functions over a transaction. Row security decides what they see.

pub mod asset;
pub mod item;
pub mod kit;
pub mod upload;

use kernel::StoreError;

/// Counts and sizes are never negative in the database: checks and types see to it.
fn unsigned(value: i64) -> u64 {
    value.unsigned_abs()
}

fn small(value: i32) -> u32 {
    value.unsigned_abs()
}

fn signed(value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::Corrupt("size"))
}

fn signed32(value: u32) -> Result<i32, StoreError> {
    i32::try_from(value).map_err(|_| StoreError::Corrupt("count"))
}
