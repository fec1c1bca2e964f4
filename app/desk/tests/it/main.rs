//! The desk on a real `PostgreSQL`, as the app role, over the demo clinic.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "../../../scheduling/tests/it/clinic.rs"]
#[expect(dead_code, reason = "the tests of scheduling use the rest of it")]
mod clinic;

mod desk;
mod export;
mod letters;
mod many;
mod proposing;
mod questions;
mod queue;
mod row_security;
mod taking;
mod undo;
mod visits;
mod waitlist;
mod ways_out;
