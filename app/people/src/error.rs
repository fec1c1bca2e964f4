//! What this slice refuses, and how it answers.

use crate::model::patient::Wrong;
use kernel::{ApiError, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Absent, foreign, or a link that has ended: the three answer alike.
    #[error("no such patient for this account")]
    NotFound,
    /// Fields of the form that do not hold, each with its code.
    #[error("invalid input")]
    Invalid(Vec<Wrong>),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The demo password cannot be hashed.
    #[error(transparent)]
    Password(#[from] identity::SignInError),
}

impl From<PeopleError> for ApiError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::NotFound => Self::NotFound,
            PeopleError::Invalid(wrong) => Self::Invalid(wrong.into_iter().map(Wrong::into_field_error).collect()),
            PeopleError::Store(error) => error.into(),
            PeopleError::Password(error) => error.into(),
        }
    }
}
