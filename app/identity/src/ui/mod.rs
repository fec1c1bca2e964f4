//! Pages of this slice.

mod account;
mod sign_in;
mod sign_out;
mod words;

pub use account::AccountPage;
pub use sign_in::SignInPage;
pub use sign_out::SignOutForm;
