//! Counts of failed sign-ins. Runs as `Task::SignIn`.

use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};

use crate::model::throttle::{Counted, Standing};

/// Reads and locks the row, made if absent: two tries under one key follow each other.
pub async fn lock(tx: &mut Tx, kind: Counted, key: [u8; 32], now: DateTime<Utc>) -> Result<Standing, StoreError> {
    // The update changes nothing: it is what locks a row that is there, before the sweeper can take it away.
    Ok(sqlx::query_as!(
        Standing,
        "INSERT INTO identity.throttle (kind, key, failures, last_at, next_at) VALUES ($1, $2, 0, $3, $3)
         ON CONFLICT (kind, key) DO UPDATE SET failures = throttle.failures
         RETURNING failures, last_at, next_at",
        kind.as_str(),
        key.as_slice(),
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Locks the row of a browser, if it is known.
pub async fn lock_known(tx: &mut Tx, browser: [u8; 32]) -> Result<Option<Standing>, StoreError> {
    Ok(sqlx::query_as!(
        Standing,
        "SELECT failures, last_at, next_at FROM identity.throttle WHERE kind = $1 AND key = $2 FOR UPDATE",
        Counted::Browser.as_str(),
        browser.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// The browser is known from now on, and its count begins anew.
pub async fn know(tx: &mut Tx, browser: [u8; 32], now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO identity.throttle (kind, key, failures, last_at, next_at) VALUES ($1, $2, 0, $3, $3)
         ON CONFLICT (kind, key) DO UPDATE SET failures = 0, last_at = $3, next_at = $3",
        Counted::Browser.as_str(),
        browser.as_slice(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets go of rows that are kept no longer, at most `limit`; answers how many. One that is in use stays for the next time.
pub async fn sweep(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<u64, StoreError> {
    let kinds = Counted::ALL.map(|kind| kind.as_str().to_owned());
    let before = Counted::ALL.map(|kind| now - kind.kept_for());
    let swept = sqlx::query!(
        "DELETE FROM identity.throttle t USING (
             SELECT o.kind, o.key FROM identity.throttle o
             JOIN unnest($1::text[], $2::timestamptz[]) AS kept (kind, before) ON o.kind = kept.kind AND o.last_at < kept.before
             LIMIT $3 FOR UPDATE OF o SKIP LOCKED
         ) old WHERE t.kind = old.kind AND t.key = old.key",
        &kinds,
        &before,
        limit
    )
    .execute(&mut **tx)
    .await?;
    Ok(swept.rows_affected())
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
