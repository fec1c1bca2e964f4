//! Why a use case of the desk says no. What a slice refuses keeps the slice's code.

use kernel::{ApiError, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or not for this role.
    #[error("not found")]
    NotFound,
    /// Another liaison works on it.
    #[error("taken by another")]
    Taken,
    /// A proposed time comes before the patient could answer.
    #[error("too near to propose")]
    TooNear,
    #[error("{field}: {code}")]
    Invalid { field: &'static str, code: &'static str },
    #[error("there is one of that name")]
    NameTaken,
    #[error(transparent)]
    Scheduling(#[from] scheduling::Error),
    #[error(transparent)]
    Letters(#[from] letters::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    pub const fn invalid(field: &'static str, code: &'static str) -> Self {
        Self::Invalid { field, code }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Taken => Self::refused("taken_by_other"),
            Error::TooNear => Self::refused("too_near"),
            Error::Invalid { field, code } => Self::field(field, code),
            Error::NameTaken => Self::field("name", "name_taken"),
            Error::Scheduling(error) => error.into(),
            Error::Letters(error) => error.into(),
            Error::Store(error) => error.into(),
        }
    }
}
