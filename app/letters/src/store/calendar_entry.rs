//! Visits as the calendars of their people know them.

use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx, VisitId};
use uuid::Uuid;

/// The number of the next change: 0 for the first letter about a visit, then one more each time.
pub async fn next(tx: &mut Tx, visit: VisitId, now: DateTime<Utc>) -> Result<i32, StoreError> {
    let sequence = sqlx::query_scalar!(
        "INSERT INTO letters.calendar_entry AS e (visit_id, sequence, changed_at) VALUES ($1, 0, $2)
         ON CONFLICT (visit_id) DO UPDATE SET sequence = e.sequence + 1, changed_at = $2
         RETURNING sequence",
        visit.uuid(),
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(sequence)
}

/// The same for several at once.
pub async fn next_of(tx: &mut Tx, visits: &[VisitId], now: DateTime<Utc>) -> Result<Vec<(VisitId, i32)>, StoreError> {
    let rows = sqlx::query!(
        "INSERT INTO letters.calendar_entry AS e (visit_id, sequence, changed_at)
         SELECT DISTINCT v.id, 0, $2::timestamptz FROM unnest($1::uuid[]) AS v (id) ORDER BY 1
         ON CONFLICT (visit_id) DO UPDATE SET sequence = e.sequence + 1, changed_at = $2
         RETURNING visit_id, sequence",
        &visits.iter().map(|visit| visit.uuid()).collect::<Vec<Uuid>>(),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (VisitId::new(row.visit_id), row.sequence))
        .collect())
}

/// When these visits were last written about as changed, where they were.
pub async fn changed(tx: &mut Tx, visits: &[Uuid]) -> Result<Vec<(VisitId, DateTime<Utc>)>, StoreError> {
    let rows = sqlx::query!(
        "SELECT visit_id, changed_at FROM letters.calendar_entry WHERE visit_id = ANY ($1) AND sequence > 0",
        visits
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (VisitId::new(row.visit_id), row.changed_at))
        .collect())
}
