//! The house as a whole: its rules, who may do what, and the walk through one visit.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up must fail loudly"
)]

mod clinic;
mod house_rules;
mod matrix;
mod seats;
