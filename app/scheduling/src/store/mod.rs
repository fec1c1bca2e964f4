//! SQL and nothing else. Private rows become domain types here; a named constraint becomes a named error.

pub mod affected;
pub mod agenda;
pub mod all_visits;
pub mod api_token;
pub mod catalog;
pub mod claim;
pub mod concern;
pub mod day;
pub mod followed;
pub mod free_time;
pub mod history;
pub mod hold;
pub mod hours;
pub mod meeting;
pub mod month;
pub mod offer;
pub mod particulars;
pub mod place;
pub mod prescreen;
pub mod prescreen_answers;
pub mod presence;
pub mod proposal;
pub mod question;
pub mod request;
pub mod rules;
pub mod schedule;
pub mod search;
pub mod series;
pub mod summary_draft;
pub mod taken;
pub mod visit;
pub mod waiting;
pub mod waitlist;

use chrono::{DateTime, Utc};
use kernel::StoreError;
use sqlx::postgres::types::PgRange;
use std::{ops::Bound, str::FromStr};

/// Half-open, like every stretch of time in this house.
fn range(from: DateTime<Utc>, until: DateTime<Utc>) -> PgRange<DateTime<Utc>> {
    PgRange {
        start: Bound::Included(from),
        end: Bound::Excluded(until),
    }
}

/// A stored code as its enum.
fn code<T: FromStr>(text: &str, what: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(what))
}

/// Does the database ask for the transaction once more? A deadlock or a failed serialization: nothing of it was kept.
pub fn asks_to_repeat(error: &StoreError) -> bool {
    let StoreError::Unavailable(error) = error else {
        return false;
    };
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("40001" | "40P01"))
}
