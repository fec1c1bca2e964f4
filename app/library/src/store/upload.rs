//! The pieces of an upload.

use super::{signed, unsigned};
use crate::model::ItemId;
use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};
use uuid::Uuid;

/// One sealed piece. Pieces lie end to end from byte 0.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub object: Uuid,
    pub starts_at: u64,
    pub bytes: u64,
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn add(tx: &mut Tx, item: ItemId, part: Part, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO library.upload_part (item_id, starts_at, bytes, object_id, created_at) VALUES ($1, $2, $3, $4, $5)",
        item.uuid(),
        signed(part.starts_at)?,
        signed(part.bytes)?,
        part.object,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// In their order.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn parts(tx: &mut Tx, item: ItemId) -> Result<Vec<Part>, StoreError> {
    Ok(sqlx::query!(
        "SELECT object_id, starts_at, bytes FROM library.upload_part WHERE item_id = $1 ORDER BY starts_at",
        item.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| Part {
        object: row.object_id,
        starts_at: unsigned(row.starts_at),
        bytes: unsigned(row.bytes),
    })
    .collect())
}

/// Forgets the pieces and answers their objects, which are to be removed after the commit.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn forget(tx: &mut Tx, item: ItemId) -> Result<Vec<Uuid>, StoreError> {
    Ok(sqlx::query_scalar!(
        "DELETE FROM library.upload_part WHERE item_id = $1 RETURNING object_id",
        item.uuid()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Uploads that began before an instant and got no piece since, the oldest first.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn stopped(tx: &mut Tx, before: DateTime<Utc>, limit: i64) -> Result<Vec<ItemId>, StoreError> {
    let ids = sqlx::query_scalar!(
        "SELECT i.id FROM library.item i
         WHERE i.state = 'uploading' AND i.removed_at IS NULL AND i.created_at < $1
           AND NOT EXISTS (SELECT FROM library.upload_part p WHERE p.item_id = i.id AND p.created_at >= $1)
         ORDER BY i.created_at, i.id LIMIT $2",
        before,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(ItemId::from).collect())
}

/// When the newest piece came.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn last(tx: &mut Tx, item: ItemId) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(sqlx::query_scalar!(
        "SELECT max(created_at) FROM library.upload_part WHERE item_id = $1",
        item.uuid()
    )
    .fetch_one(&mut **tx)
    .await?)
}
