//! Sign-in and sessions on a real PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up fails loudly"
)]

/// `std::assert_matches` is not stable in the toolchain of this workspace.
macro_rules! assert_matches {
    ($value:expr, $pattern:pat $(,)?) => {
        match $value {
            $pattern => {}
            other => panic!("{other:?} is not {}", stringify!($pattern)),
        }
    };
}

mod clinic;
mod forms;
mod http;
mod my_sessions;
mod page;
mod row_security;
mod session_life;
mod sign_in;
mod throttle;
