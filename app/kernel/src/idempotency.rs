//! A retried mutation acts once: its answer is kept under the caller's key, in the transaction that carried it out.

use crate::{IdempotencyKey, StoreError, Tx};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// The key was already used for something else.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    #[error("the key belongs to another request")]
    OtherRequest,
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn digest(request: &impl Serialize) -> Vec<u8> {
    Sha256::digest(serde_json::to_vec(request).unwrap_or_default()).to_vec()
}

/// The stored answer, when this very request was carried out before.
///
/// # Errors
/// `OtherRequest` when the key was used with other input.
pub async fn replay<T: DeserializeOwned>(
    tx: &mut Tx,
    key: IdempotencyKey,
    request: &impl Serialize,
) -> Result<Option<T>, ReplayError> {
    // Two retries at once: the second waits here until the first has committed or rolled back.
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key.to_string())
        .execute(&mut **tx)
        .await
        .map_err(StoreError::from)?;
    let Some(row) = sqlx::query!(
        "SELECT request, response FROM kernel.idempotency WHERE account = kernel.uid() AND key = $1",
        key.uuid()
    )
    .fetch_optional(&mut **tx)
    .await
    .map_err(StoreError::from)?
    else {
        return Ok(None);
    };
    if row.request != digest(request) {
        return Err(ReplayError::OtherRequest);
    }
    let answer = serde_json::from_value(row.response).map_err(|_| StoreError::Corrupt("stored answer"))?;
    Ok(Some(answer))
}

/// Keeps the answer under the key.
///
/// # Errors
/// `StoreError` when it cannot be kept; the caller's transaction then fails as a whole.
pub async fn remember(
    tx: &mut Tx,
    key: IdempotencyKey,
    request: &impl Serialize,
    answer: &impl Serialize,
) -> Result<(), StoreError> {
    let answer = serde_json::to_value(answer).map_err(|_| StoreError::Corrupt("answer"))?;
    sqlx::query!(
        "INSERT INTO kernel.idempotency (account, key, request, response, created_at)
         VALUES (kernel.uid(), $1, $2, $3, now())",
        key.uuid(),
        digest(request),
        answer
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
