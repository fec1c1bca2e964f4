//! Sign-in and sessions on a real PostgreSQL.

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
mod row_security;
mod session_life;
mod sign_in;
mod throttle;
