//! Who has which item, and what was put aside.

use super::code;
use crate::model::{Held, ItemId, Kind};
use chrono::{DateTime, Utc};
use kernel::{AccountId, StoreError, Tx};
use std::collections::{HashMap, HashSet};

/// Every item somebody has.
pub async fn all(tx: &mut Tx) -> Result<HashMap<ItemId, Held>, StoreError> {
    sqlx::query!("SELECT kind, item_id, account_id, taken_at FROM desk.taken")
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(|row| {
            let item = ItemId {
                kind: code::<Kind>(&row.kind, "kind of item")?,
                id: row.item_id,
            };
            let held = Held {
                by: row.account_id.into(),
                since: row.taken_at,
            };
            Ok((item, held))
        })
        .collect()
}

/// Takes it for `account`, or answers who has it: of two who try at once, one inserts and the other reads. With `over_before`,
/// what a colleague has had since before that instant changes hands.
pub async fn take(
    tx: &mut Tx,
    item: ItemId,
    account: AccountId,
    now: DateTime<Utc>,
    over_before: Option<DateTime<Utc>>,
) -> Result<Held, StoreError> {
    let row = sqlx::query!(
        "INSERT INTO desk.taken (kind, item_id, account_id, taken_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (kind, item_id) DO UPDATE SET account_id = EXCLUDED.account_id, taken_at = EXCLUDED.taken_at
             WHERE desk.taken.taken_at <= $5 AND desk.taken.account_id <> EXCLUDED.account_id
         RETURNING account_id, taken_at",
        item.kind.as_str(),
        item.id,
        account.uuid(),
        now,
        over_before
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(row) = row {
        return Ok(Held {
            by: row.account_id.into(),
            since: row.taken_at,
        });
    }
    let row = sqlx::query!(
        "SELECT account_id, taken_at FROM desk.taken WHERE kind = $1 AND item_id = $2",
        item.kind.as_str(),
        item.id
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Held {
        by: row.account_id.into(),
        since: row.taken_at,
    })
}

/// Lets go of one's own; `false` when it was not.
pub async fn let_go(tx: &mut Tx, item: ItemId, account: AccountId) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM desk.taken WHERE kind = $1 AND item_id = $2 AND account_id = $3",
        item.kind.as_str(),
        item.id,
        account.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Items that need nobody any more.
pub async fn put_aside(tx: &mut Tx) -> Result<HashSet<ItemId>, StoreError> {
    sqlx::query!("SELECT kind, item_id FROM desk.put_aside")
        .fetch_all(&mut **tx)
        .await?
        .into_iter()
        .map(|row| {
            Ok(ItemId {
                kind: code::<Kind>(&row.kind, "kind of item")?,
                id: row.item_id,
            })
        })
        .collect()
}

pub async fn put(tx: &mut Tx, item: ItemId, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO desk.put_aside (kind, item_id, account_id, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (kind, item_id) DO NOTHING",
        item.kind.as_str(),
        item.id,
        account.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
