//! What a use case of the library may answer instead of a result.

use crate::model::Refusal;
use kernel::{ApiError, StoreError, blob::BlobError};

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The file is not taken; the code says why.
    #[error("not taken: {}", .0.code())]
    Refused(Refusal),
    /// Absent, foreign, or in a state where this cannot be done any more.
    #[error("not found")]
    NotFound,
    /// The upload goes on at this byte, not at the one that was sent.
    #[error("the upload goes on at {0}")]
    GoesOnAt(u64),
    /// A rule of the clinic: the code names it.
    #[error("rule: {0}")]
    Rule(&'static str),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blob(#[from] BlobError),
}

impl From<LibraryError> for ApiError {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::Refused(refusal) => Self::refused(refusal.code()),
            LibraryError::NotFound => Self::NotFound,
            LibraryError::GoesOnAt(_) => Self::refused("goes_on_elsewhere"),
            LibraryError::Rule(code) => Self::refused(code),
            LibraryError::Store(error) => error.into(),
            LibraryError::Blob(error) => {
                tracing::error!(%error, "blob failed");
                match error {
                    BlobError::Store(_) => Self::Unavailable,
                    _ => Self::Internal,
                }
            }
        }
    }
}
