//! Server functions of this slice: parse, call the service, set the cookie.

mod account;
mod sign_in;

pub use account::{EndOtherSessions, EndSession, Me, MySessions, end_other_sessions, end_session, me, my_sessions};
pub use sign_in::{SignIn, SignOut, TypedEmail, sign_in, sign_out, typed_email};
