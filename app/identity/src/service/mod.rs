//! Use cases, one per file.

pub mod hasher;
mod mailbox;
mod my_sessions;
mod seed;
mod session;
mod sign_in;
mod sign_out;
mod standing;
mod sweep;

pub use mailbox::{Mailbox, mailboxes};
pub use my_sessions::{end_other_sessions, end_session, me, my_sessions, names};
pub use seed::{DEMO_PASSWORD, DemoAccount, any_account, plant_account};
pub use session::{Asking, Resolved, lives, lives_in_call, resolve};
pub use sign_in::{Attempt, SignedIn, sign_in};
pub use sign_out::sign_out;
pub use standing::role_of;
pub use sweep::forget_old_failures;
