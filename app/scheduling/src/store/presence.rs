//! Who was in the room, from when until when.

use chrono::{DateTime, Utc};
use kernel::{AccountId, StoreError, Tx, VisitId};

/// One stay in the room.
pub struct Stay {
    pub seat: String,
    pub joined_at: DateTime<Utc>,
    pub left_at: Option<DateTime<Utc>>,
}

/// Notes a stay, or its end. Saying the same twice changes nothing.
pub async fn record(
    tx: &mut Tx,
    visit: VisitId,
    account: AccountId,
    seat: &str,
    joined_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.presence AS p (visit_id, account_id, seat, joined_at, left_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (visit_id, account_id, joined_at) DO UPDATE SET left_at = COALESCE(EXCLUDED.left_at, p.left_at)",
        visit.uuid(),
        account.uuid(),
        seat,
        joined_at,
        left_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn of_visit(tx: &mut Tx, visit: VisitId) -> Result<Vec<Stay>, StoreError> {
    Ok(sqlx::query_as!(
        Stay,
        "SELECT seat, joined_at, left_at FROM scheduling.presence WHERE visit_id = $1 ORDER BY joined_at, account_id",
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?)
}
