//! Whom a search found: the address carries the id of a row, never what was typed.

use crate::model::FoundId;
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, StoreError, Tx};
use uuid::Uuid;

/// Keeps what was found and forgets the account's searches from before `forget_before`.
pub async fn keep(
    tx: &mut Tx,
    found: FoundId,
    account: AccountId,
    patients: &[PatientId],
    at: DateTime<Utc>,
    forget_before: DateTime<Utc>,
) -> Result<(), StoreError> {
    let patients: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    sqlx::query!(
        "WITH forgotten AS (DELETE FROM desk.found WHERE account_id = $2 AND at < $5)
         INSERT INTO desk.found (id, account_id, patients, at) VALUES ($1, $2, $3, $4)",
        found.uuid(),
        account.uuid(),
        &patients,
        at,
        forget_before
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The patients of one's own search; `None` when it is not there any more.
pub async fn read(tx: &mut Tx, found: FoundId) -> Result<Option<Vec<PatientId>>, StoreError> {
    let patients = sqlx::query_scalar!("SELECT patients FROM desk.found WHERE id = $1", found.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(patients.map(|patients| patients.into_iter().map(PatientId::new).collect()))
}
