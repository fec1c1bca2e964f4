//! Tests of the room beyond one module: replicas against the server's rules, the task with fake sockets, and the log on a
//! real PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod actor;
mod behind;
mod convergence;
mod kept;
mod rights;
mod support;
mod undo;
