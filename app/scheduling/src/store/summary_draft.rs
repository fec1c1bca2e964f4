//! What a therapist typed about a visit and has not confirmed.

use chrono::{DateTime, Utc};
use kernel::{StoreError, TherapistId, Tx, VisitId};

pub async fn read(tx: &mut Tx, visit: VisitId, therapist: TherapistId) -> Result<Option<Vec<u8>>, StoreError> {
    let words = sqlx::query_scalar!(
        "SELECT words FROM scheduling.summary_draft WHERE visit_id = $1 AND therapist_id = $2",
        visit.uuid(),
        therapist.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(words)
}

/// Takes the place of what was kept before.
pub async fn keep(
    tx: &mut Tx,
    visit: VisitId,
    therapist: TherapistId,
    words: &[u8],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.summary_draft (visit_id, therapist_id, words, saved_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (visit_id, therapist_id) DO UPDATE SET words = EXCLUDED.words, saved_at = EXCLUDED.saved_at",
        visit.uuid(),
        therapist.uuid(),
        words,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Confirmed, or typed back to what is confirmed: the draft is one no more.
pub async fn drop(tx: &mut Tx, visit: VisitId, therapist: TherapistId) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM scheduling.summary_draft WHERE visit_id = $1 AND therapist_id = $2",
        visit.uuid(),
        therapist.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what was typed before an instant and never confirmed.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM scheduling.summary_draft WHERE saved_at < $1", before)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
