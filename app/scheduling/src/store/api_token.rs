//! Tokens of other programs: their hashes, never the secrets.

use crate::model::ConnectionId;
use chrono::{DateTime, Utc};
use kernel::{AccountId, StoreError, Tx};

/// A connection as stored.
#[derive(Debug)]
pub struct Row {
    pub id: uuid::Uuid,
    pub name: String,
    pub origins: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub created_by: uuid::Uuid,
    pub last_used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// `false`: this secret has a connection already; nothing is written then.
pub async fn insert(
    tx: &mut Tx,
    id: ConnectionId,
    name: &str,
    hash: &[u8],
    origins: &[String],
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "INSERT INTO scheduling.api_token (id, name, hash, origins, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT ON CONSTRAINT api_token_hash DO NOTHING",
        id.uuid(),
        name,
        hash,
        origins,
        now,
        by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The living ones first, the newest of them first.
pub async fn all(tx: &mut Tx, limit: i64) -> Result<Vec<Row>, StoreError> {
    Ok(sqlx::query_as!(
        Row,
        "SELECT id, name, origins, created_at, created_by, last_used_at, revoked_at FROM scheduling.api_token
         ORDER BY revoked_at IS NOT NULL, id DESC LIMIT $1",
        limit
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Ends a token; `false` when there is none, or none that lives.
pub async fn revoke(tx: &mut Tx, id: ConnectionId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE scheduling.api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        id.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The living connection of a secret, with the origins it may be used from.
pub async fn find(tx: &mut Tx, hash: &[u8]) -> Result<Option<(ConnectionId, Vec<String>)>, StoreError> {
    let row = sqlx::query!(
        "SELECT id, origins FROM scheduling.api_token WHERE hash = $1 AND revoked_at IS NULL",
        hash
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.id.into(), row.origins)))
}

/// Notes the use, at most once a minute.
pub async fn used(tx: &mut Tx, id: ConnectionId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.api_token SET last_used_at = $2
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')",
        id.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether any living connection may ask from pages of this origin.
pub async fn knows_origin(tx: &mut Tx, origin: &str) -> Result<bool, StoreError> {
    let known = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM scheduling.api_token WHERE revoked_at IS NULL AND $1 = ANY (origins)) AS "known!""#,
        origin
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(known)
}
