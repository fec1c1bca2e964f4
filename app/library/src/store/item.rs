//! Items on the shelf.

use super::{signed, signed32, small, unsigned};
use crate::model::{ItemId, ItemKind, ItemState, Refusal};
use chrono::{DateTime, Utc};
use kernel::{AccountId, StoreError, Tx};
use uuid::Uuid;

/// What begins as an upload.
#[derive(Debug)]
pub struct NewItem {
    pub id: ItemId,
    pub owner: AccountId,
    pub name: String,
    pub kind: ItemKind,
    pub bytes: u64,
    pub duration_ms: u32,
}

/// An item as its owner sees it.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: ItemId,
    pub owner: AccountId,
    pub name: String,
    pub kind: ItemKind,
    pub state: ItemState,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub pages: u32,
    pub duration_ms: u32,
}

/// What a check found out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measures {
    pub width: u32,
    pub height: u32,
    pub pages: u32,
    pub duration_ms: u32,
}

struct Row {
    id: Uuid,
    owner_id: Uuid,
    name: String,
    kind: String,
    state: String,
    refusal: Option<String>,
    bytes: i64,
    received: i64,
    width: i32,
    height: i32,
    pages: i32,
    duration_ms: i32,
    steps_done: i32,
    steps_all: i32,
}

impl TryFrom<Row> for Item {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let state = match (row.state.as_str(), row.refusal) {
            ("uploading", None) => ItemState::Uploading {
                received: unsigned(row.received),
                bytes: unsigned(row.bytes),
            },
            ("checking", None) => ItemState::Checking {
                done: small(row.steps_done),
                all: small(row.steps_all),
            },
            ("ready", None) => ItemState::Ready,
            ("refused", Some(code)) => {
                ItemState::Refused(code.parse::<Refusal>().map_err(|_| StoreError::Corrupt("refusal"))?)
            }
            _ => return Err(StoreError::Corrupt("item state")),
        };
        Ok(Self {
            id: row.id.into(),
            owner: row.owner_id.into(),
            name: row.name,
            kind: row.kind.parse().map_err(|_| StoreError::Corrupt("item kind"))?,
            state,
            bytes: unsigned(row.bytes),
            width: small(row.width),
            height: small(row.height),
            pages: small(row.pages),
            duration_ms: small(row.duration_ms),
        })
    }
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn insert(tx: &mut Tx, item: &NewItem, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO library.item (id, owner_id, name, kind, state, bytes, duration_ms, created_at)
         VALUES ($1, $2, $3, $4, 'uploading', $5, $6, $7)",
        item.id.uuid(),
        item.owner.uuid(),
        item.name,
        item.kind.as_str(),
        signed(item.bytes)?,
        signed32(item.duration_ms)?,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The actor's shelf, newest first. Items of others that the actor sees through a kit are not part of it.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn shelf(tx: &mut Tx) -> Result<Vec<Item>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"
        SELECT id, owner_id, name, kind, state, refusal, bytes, width, height, pages, duration_ms, steps_done, steps_all,
               (SELECT COALESCE(sum(p.bytes), 0)::bigint FROM library.upload_part p WHERE p.item_id = i.id) AS "received!"
        FROM library.item i
        WHERE owner_id = kernel.uid() AND removed_at IS NULL
        ORDER BY created_at DESC, id DESC
        LIMIT 1000
        "#
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(Item::try_from)
    .collect()
}

/// One item, locked until the transaction ends. `None` when absent, removed or foreign.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn lock(tx: &mut Tx, item: ItemId) -> Result<Option<Item>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"
        SELECT id, owner_id, name, kind, state, refusal, bytes, width, height, pages, duration_ms, steps_done, steps_all,
               (SELECT COALESCE(sum(p.bytes), 0)::bigint FROM library.upload_part p WHERE p.item_id = i.id) AS "received!"
        FROM library.item i
        WHERE id = $1 AND removed_at IS NULL
          AND (owner_id = kernel.uid() OR kernel.role() LIKE 'system:%')
        FOR UPDATE
        "#,
        item.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(Item::try_from)
    .transpose()
}

/// Bytes that count against the quota of the actor. Waits for other uploads of the same account that begin right now, so
/// that two of them cannot both take the last free place.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn bytes_taken(tx: &mut Tx) -> Result<u64, StoreError> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('library quota ' || kernel.uid()::text, 0))")
        .execute(&mut **tx)
        .await?;
    let taken = sqlx::query_scalar!(
        r#"SELECT COALESCE(sum(bytes), 0)::bigint AS "taken!" FROM library.item
           WHERE owner_id = kernel.uid() AND removed_at IS NULL AND state <> 'refused'"#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(unsigned(taken))
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn begin_check(tx: &mut Tx, item: ItemId) -> Result<(), StoreError> {
    sqlx::query!("UPDATE library.item SET state = 'checking' WHERE id = $1", item.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn set_steps(tx: &mut Tx, item: ItemId, done: u32, all: u32) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE library.item SET steps_done = $2, steps_all = $3 WHERE id = $1 AND state = 'checking'",
        item.uuid(),
        signed32(done)?,
        signed32(all)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn set_ready(tx: &mut Tx, item: ItemId, measures: Measures) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE library.item SET state = 'ready', width = $2, height = $3, pages = $4, duration_ms = $5,
                steps_done = steps_all WHERE id = $1",
        item.uuid(),
        signed32(measures.width)?,
        signed32(measures.height)?,
        signed32(measures.pages)?,
        signed32(measures.duration_ms)?
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn set_refused(tx: &mut Tx, item: ItemId, refusal: Refusal) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE library.item SET state = 'refused', refusal = $2 WHERE id = $1",
        item.uuid(),
        refusal.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn rename(tx: &mut Tx, item: ItemId, name: &str) -> Result<(), StoreError> {
    sqlx::query!("UPDATE library.item SET name = $2 WHERE id = $1", item.uuid(), name)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn remove(tx: &mut Tx, item: ItemId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE library.item SET removed_at = $2 WHERE id = $1",
        item.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
