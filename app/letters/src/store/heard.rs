//! Events whose letters are written.

use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};
use uuid::Uuid;

/// Notes the event; `false` when it was heard before.
pub async fn note(tx: &mut Tx, event: Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "INSERT INTO letters.heard (event_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        event,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
