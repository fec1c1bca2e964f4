//! Counts of failed sign-ins. Runs as `Task::SignIn`.

use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};

use crate::model::throttle::{Counted, Standing};

/// Reads and locks the row, made if absent: two tries under one key follow each other.
pub async fn lock(tx: &mut Tx, kind: Counted, key: [u8; 32], now: DateTime<Utc>) -> Result<Standing, StoreError> {
    sqlx::query!(
        "INSERT INTO identity.throttle (kind, key, failures, last_at, next_at) VALUES ($1, $2, 0, $3, $3)
         ON CONFLICT (kind, key) DO NOTHING",
        kind.as_str(),
        key.as_slice(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(sqlx::query_as!(
        Standing,
        "SELECT failures, last_at, next_at FROM identity.throttle WHERE kind = $1 AND key = $2 FOR UPDATE",
        kind.as_str(),
        key.as_slice()
    )
    .fetch_one(&mut **tx)
    .await?)
}

pub async fn set(tx: &mut Tx, kind: Counted, key: [u8; 32], standing: &Standing) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE identity.throttle SET failures = $3, last_at = $4, next_at = $5 WHERE kind = $1 AND key = $2",
        kind.as_str(),
        key.as_slice(),
        standing.failures,
        standing.last_at,
        standing.next_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The account's count begins anew.
pub async fn forget(tx: &mut Tx, kind: Counted, key: [u8; 32]) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM identity.throttle WHERE kind = $1 AND key = $2",
        kind.as_str(),
        key.as_slice()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes back the one failure that was counted before the try; the failures of others from that address stay.
pub async fn take_back(tx: &mut Tx, kind: Counted, key: [u8; 32], now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE identity.throttle SET failures = GREATEST(failures - 1, 0), next_at = LEAST(next_at, $3)
         WHERE kind = $1 AND key = $2",
        kind.as_str(),
        key.as_slice(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
