//! What this slice refuses, and how it answers.

use kernel::{ApiError, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Wrong password, unknown e-mail, suspended, ended, invited: one answer for all (ASVS V6.3.8).
    #[error("sign-in refused")]
    Refused,
    /// Seconds until the next try.
    #[error("too many tries")]
    TooMany(u32),
    /// Not a session of this account, or already over.
    #[error("no such session")]
    NoSession,
    /// No randomness, or the hashing thread died.
    #[error("fault: {0}")]
    Fault(&'static str),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused => Self::refused("sign_in"),
            SignInError::TooMany(seconds) => Self::TooMany(seconds),
            SignInError::NoSession => Self::NotFound,
            SignInError::Fault(what) => {
                tracing::error!(what, "sign-in failed");
                Self::Internal
            }
            SignInError::Store(error) => error.into(),
        }
    }
}
