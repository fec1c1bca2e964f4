//! Slot holds.

use super::code;
use crate::model::{Hold, HoldId, HoldState, ServiceId};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, TherapistId, Tx};

/// A kept time as stored.
#[derive(Debug, Clone)]
pub struct HoldRow {
    pub id: HoldId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub hold: Hold,
    pub reason: Option<Vec<u8>>,
    pub request: Option<RequestId>,
}

struct Row {
    id: uuid::Uuid,
    patient_id: uuid::Uuid,
    therapist_id: uuid::Uuid,
    service_id: uuid::Uuid,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    state: String,
    expires_at: DateTime<Utc>,
    extended: bool,
    reason: Option<Vec<u8>>,
    request_id: Option<uuid::Uuid>,
}

impl TryFrom<Row> for HoldRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            service: row.service_id.into(),
            starts: row.starts,
            ends: row.ends,
            hold: Hold {
                state: code(&row.state, "hold state")?,
                expires_at: row.expires_at,
                extended: row.extended,
            },
            reason: row.reason,
            request: row.request_id.map(RequestId::new),
        })
    }
}

/// Holds that fit the rest of the statement: the one place that knows which columns a hold is made of.
macro_rules! holds {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, patient_id, therapist_id, service_id, lower(during) AS "starts!",
                      upper(during) AS "ends!", state, expires_at, extended, reason, request_id
               FROM scheduling.slot_hold "# + $rest
            $(, $argument)*
        )
    };
}

pub async fn read(tx: &mut Tx, hold: HoldId) -> Result<Option<HoldRow>, StoreError> {
    let row = holds!("WHERE id = $1", hold.uuid()).fetch_optional(&mut **tx).await?;
    row.map(HoldRow::try_from).transpose()
}

/// Reads it and keeps others from changing it until the end of the transaction.
pub async fn lock(tx: &mut Tx, hold: HoldId) -> Result<Option<HoldRow>, StoreError> {
    let row = holds!("WHERE id = $1 FOR UPDATE", hold.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(HoldRow::try_from).transpose()
}

/// The account's hold that is running, if any.
pub async fn running(tx: &mut Tx, account: AccountId, now: DateTime<Utc>) -> Result<Option<HoldId>, StoreError> {
    let id = sqlx::query_scalar!(
        "SELECT id FROM scheduling.slot_hold WHERE account_id = $1 AND state = 'active' AND expires_at > $2",
        account.uuid(),
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map(HoldId::new))
}

pub async fn set(tx: &mut Tx, id: HoldId, hold: &Hold) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.slot_hold SET state = $2, expires_at = $3, extended = $4 WHERE id = $1",
        id.uuid(),
        hold.state.as_str(),
        hold.expires_at,
        hold.extended
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The draft goes with the hold: the request has its own copy, sealed for its own place.
pub async fn convert(tx: &mut Tx, id: HoldId, patient: PatientId, request: RequestId) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.slot_hold SET state = $2, patient_id = $3, request_id = $4, reason = NULL WHERE id = $1",
        id.uuid(),
        HoldState::Converted.as_str(),
        patient.uuid(),
        request.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn set_reason(tx: &mut Tx, id: HoldId, reason: Option<&[u8]>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.slot_hold SET reason = $2 WHERE id = $1",
        id.uuid(),
        reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets the drafts of holds that ended before an instant and were never sent. Answers how many.
pub async fn forget_drafts(tx: &mut Tx, before: DateTime<Utc>) -> Result<i64, StoreError> {
    let forgotten = sqlx::query_scalar!(r#"SELECT scheduling.forget_drafts($1) AS "forgotten!""#, before)
        .fetch_one(&mut **tx)
        .await?;
    Ok(forgotten)
}
