//! Why a use case of this slice says no.

use kernel::{ApiError, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or not for this role.
    #[error("not found")]
    NotFound,
    /// The letter is on its way or has arrived: it is not sent again.
    #[error("already sent")]
    AlreadySent,
    #[error("{field}: {code}")]
    Invalid { field: &'static str, code: &'static str },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::AlreadySent => Self::refused("already_sent"),
            Error::Invalid { field, code } => Self::field(field, code),
            Error::Store(store) => store.into(),
        }
    }
}
