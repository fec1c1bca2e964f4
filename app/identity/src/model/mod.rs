//! Pure rules: how long a session lives, when a try must wait, what a password must be, where a sign-in may lead.

pub mod account;
pub mod device;
pub mod next;
/// On the server only: its list of common passwords stays out of the browser.
#[cfg(feature = "ssr")]
pub mod password;
pub mod session;
pub mod throttle;

pub use account::{AccountState, Me};
pub use session::{MySession, SessionState};
