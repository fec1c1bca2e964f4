//! Configuration, wiring, the axum router and its layers, jobs and sub-commands. The binary in `main.rs` only starts it;
//! the library is what the tests of the whole house stand on.

#![expect(
    clippy::missing_errors_doc,
    reason = "errors here go to the operator's terminal as they are"
)]

pub mod audit;
pub mod config;
pub mod database;
pub mod dev_mail;
pub mod feed;
pub mod jobs;
pub mod links;
pub mod middleware;
pub mod pkg;
pub mod postgres;
pub mod seed;
pub mod serve;
pub mod sessions;
pub mod web;
pub mod wire;
