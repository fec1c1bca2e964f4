//! The only place of this slice with SQL.

pub mod account;
pub mod session;
pub mod throttle;
