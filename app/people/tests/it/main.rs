//! Who sees whom, on a real PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up fails loudly"
)]

mod add_patient;
mod clinic;
mod forms;
mod relations;
mod row_security;
mod sealed;
mod therapists;
