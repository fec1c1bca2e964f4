//! What somebody typed into the form to join, and was refused.

use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, StoreError, Tx};
use uuid::Uuid;

/// The reader's own draft for this patient: its id and the sealed text.
pub async fn read(tx: &mut Tx, account: AccountId, patient: PatientId) -> Result<Option<(Uuid, Vec<u8>)>, StoreError> {
    let row = sqlx::query!(
        "SELECT id, reason FROM scheduling.waitlist_draft WHERE account_id = $1 AND patient_id = $2",
        account.uuid(),
        patient.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.id, row.reason)))
}

/// Takes the place of what was kept before. `reason`: sealed for `id`.
pub async fn keep(
    tx: &mut Tx,
    id: Uuid,
    (account, patient): (AccountId, PatientId),
    reason: &[u8],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.waitlist_draft (id, account_id, patient_id, reason, saved_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ON CONSTRAINT waitlist_draft_one DO UPDATE
             SET id = EXCLUDED.id, reason = EXCLUDED.reason, saved_at = EXCLUDED.saved_at",
        id,
        account.uuid(),
        patient.uuid(),
        reason,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn forget(tx: &mut Tx, account: AccountId, patient: PatientId) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM scheduling.waitlist_draft WHERE account_id = $1 AND patient_id = $2",
        account.uuid(),
        patient.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what was kept before an instant.
pub async fn forget_old(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM scheduling.waitlist_draft WHERE saved_at < $1", before)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
