//! Sign-in and sessions on a real PostgreSQL.

mod clinic;
mod http;
mod my_sessions;
mod row_security;
mod session_life;
mod sign_in;
mod throttle;
