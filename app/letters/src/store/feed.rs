//! Links by which other calendars follow ours.

use chrono::{DateTime, Utc};
use kernel::{AccountId, StoreError, Tx, VisitId};
use uuid::Uuid;

/// A link, as its owner sees it.
#[derive(Debug, Clone, Copy)]
pub struct Feed {
    pub made_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
}

pub async fn of(tx: &mut Tx, account: AccountId) -> Result<Option<(Feed, Vec<u8>)>, StoreError> {
    let row = sqlx::query!(
        "SELECT made_at, read_at, token_hash FROM letters.calendar_feed WHERE account_id = $1",
        account.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| {
        let feed = Feed {
            made_at: row.made_at,
            read_at: row.read_at,
        };
        (feed, row.token_hash)
    }))
}

/// Keeps a new link; the one from before leads nowhere.
pub async fn put(tx: &mut Tx, account: AccountId, hash: [u8; 32], now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO letters.calendar_feed (account_id, token_hash, made_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET token_hash = $2, made_at = $3, read_at = NULL",
        account.uuid(),
        hash.as_slice(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether there was one.
pub async fn end(tx: &mut Tx, account: AccountId) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM letters.calendar_feed WHERE account_id = $1",
        account.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whose link it is. Runs as `Task::SignIn`.
pub async fn owner(tx: &mut Tx, hash: [u8; 32]) -> Result<Option<AccountId>, StoreError> {
    let found = sqlx::query_scalar!(
        "SELECT account_id FROM letters.calendar_feed WHERE token_hash = $1",
        hash.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.map(AccountId::new))
}

/// Notes that a program asked; once an hour is enough to tell a link that is used from one that is not.
pub async fn note_read(tx: &mut Tx, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE letters.calendar_feed SET read_at = $2
         WHERE account_id = $1 AND (read_at IS NULL OR read_at < $2::timestamptz - interval '1 hour')",
        account.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How often the entries of these visits changed, and when last, as letters count it.
pub async fn changes(tx: &mut Tx, visits: &[Uuid]) -> Result<Vec<(VisitId, i32, DateTime<Utc>)>, StoreError> {
    let rows = sqlx::query!(
        "SELECT visit_id, sequence, changed_at FROM letters.calendar_entry WHERE visit_id = ANY ($1)",
        visits
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (VisitId::new(row.visit_id), row.sequence, row.changed_at))
        .collect())
}
