//! The sealed part of a record: rows only a therapist of the care team sees.

use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, StoreError, Tx};

pub const TABLE: &str = "people.clinical";

/// As stored: sealed bytes.
#[derive(Default)]
pub struct Sealed {
    pub diagnosis: Option<Vec<u8>>,
    pub note: Option<Vec<u8>>,
}

pub async fn find(tx: &mut Tx, patient: PatientId) -> Result<Option<Sealed>, StoreError> {
    Ok(sqlx::query_as!(
        Sealed,
        "SELECT diagnosis, note FROM people.clinical WHERE patient_id = $1",
        patient.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

pub async fn insert(
    tx: &mut Tx,
    patient: PatientId,
    sealed: &Sealed,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO people.clinical (patient_id, diagnosis, note, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5)",
        patient.uuid(),
        sealed.diagnosis,
        sealed.note,
        now,
        by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
