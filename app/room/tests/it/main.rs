//! Tests of the room beyond one module: replicas against the server's rules, the task with fake sockets, and the log on a
//! real PostgreSQL.

mod actor;
mod convergence;
mod kept;
mod rights;
mod support;
mod undo;
