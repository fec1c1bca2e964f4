//! What a store may answer instead of a row. A named constraint becomes a named error at the call that can break it;
//! everything else is a fault or an absence of the database, and its text stays in the log.

use crate::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A named constraint refused the write.
    #[error("refused by constraint {0}")]
    Constraint(&'static str),
    /// Row security or a check refused the write: a fault of ours or an attack, answered like an absent thing.
    #[error("forbidden by row security")]
    Forbidden,
    /// No connection, a lost one, or a transaction the database asks to repeat.
    #[error("database unavailable: {0}")]
    Unavailable(sqlx::Error),
    #[error("database: {0}")]
    Database(sqlx::Error),
    /// A stored value does not fit the type it must have.
    #[error("stored value is not a {0}")]
    Corrupt(&'static str),
    #[error("sealed value: {0}")]
    Seal(#[from] crate::seal::SealError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        match (&error, code.as_deref()) {
            (_, Some("42501")) => Self::Forbidden,
            // Serialization, deadlock, shutdown, too many connections; or no connection at all.
            (_, Some("40001" | "40P01" | "57P01" | "57P02" | "57P03" | "53300"))
            | (
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed,
                _,
            ) => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Forbidden => Self::NotFound,
            StoreError::Unavailable(_) => {
                tracing::warn!(%error, "database unavailable");
                Self::Unavailable
            }
            _ => {
                tracing::error!(%error, "store failed");
                Self::Internal
            }
        }
    }
}

/// `.on_constraint("calendar_claim_free", Error::Taken)`: the named constraint becomes the caller's domain error.
pub trait OnConstraint<T> {
    /// # Errors
    /// `named` when `constraint` refused the write, else the store error, converted.
    fn on_constraint<E: From<StoreError>>(self, constraint: &str, named: E) -> Result<T, E>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint<E: From<StoreError>>(self, constraint: &str, named: E) -> Result<T, E> {
        self.map_err(|error| match error.as_database_error().and_then(|e| e.constraint()) {
            Some(broken) if broken == constraint => named,
            _ => StoreError::from(error).into(),
        })
    }
}
