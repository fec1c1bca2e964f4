//! The cookie and the middleware that turns it into an actor.

mod address;
mod cookie;
pub(crate) mod reply;
mod resolve;
mod token;

pub use address::ClientAddress;
pub use cookie::Cookies;
pub use resolve::{JustEnded, resolve_session};
pub use token::Token;
