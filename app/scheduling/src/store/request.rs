//! Booking requests.

use super::{code, range};
use crate::model::{DeclineReason, Request, RequestState, ServiceId};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};

/// A request as stored.
#[derive(Debug, Clone)]
pub struct RequestRow {
    pub id: RequestId,
    pub account: AccountId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub request: Request,
    pub sent_at: DateTime<Utc>,
    pub reason: Option<Vec<u8>>,
    pub decline: Option<DeclineReason>,
    pub words: Option<Vec<u8>>,
    pub visit: Option<VisitId>,
}

struct Row {
    id: uuid::Uuid,
    account_id: uuid::Uuid,
    patient_id: uuid::Uuid,
    therapist_id: uuid::Uuid,
    service_id: uuid::Uuid,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    state: String,
    sent_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    reason: Option<Vec<u8>>,
    decline_reason: Option<String>,
    words: Option<Vec<u8>>,
    visit_id: Option<uuid::Uuid>,
}

impl TryFrom<Row> for RequestRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let decline = row.decline_reason.as_deref();
        Ok(Self {
            id: row.id.into(),
            account: row.account_id.into(),
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            service: row.service_id.into(),
            starts: row.starts,
            ends: row.ends,
            request: Request {
                state: code(&row.state, "request state")?,
                expires_at: row.expires_at,
            },
            sent_at: row.sent_at,
            reason: row.reason,
            decline: decline.map(|text| code(text, "decline reason")).transpose()?,
            words: row.words,
            visit: row.visit_id.map(VisitId::new),
        })
    }
}

pub async fn insert(tx: &mut Tx, new: &RequestRow) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.booking_request
             (id, account_id, patient_id, therapist_id, service_id, during, state, sent_at, expires_at, reason, visit_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        new.id.uuid(),
        new.account.uuid(),
        new.patient.uuid(),
        new.therapist.uuid(),
        new.service.uuid(),
        range(new.starts, new.ends),
        new.request.state.as_str(),
        new.sent_at,
        new.request.expires_at,
        new.reason,
        new.visit.map(VisitId::uuid)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Requests that fit the rest of the statement: the one place that knows which columns a request is made of.
macro_rules! requests {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, account_id, patient_id, therapist_id, service_id, lower(during) AS "starts!",
                      upper(during) AS "ends!", state, sent_at, expires_at, reason, decline_reason, words, visit_id
               FROM scheduling.booking_request "# + $rest
            $(, $argument)*
        )
    };
}

pub async fn read(tx: &mut Tx, request: RequestId) -> Result<Option<RequestRow>, StoreError> {
    let row = requests!("WHERE id = $1", request.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(RequestRow::try_from).transpose()
}

/// Several at once, in no order.
pub async fn some(tx: &mut Tx, requests: &[RequestId]) -> Result<Vec<RequestRow>, StoreError> {
    let ids: Vec<uuid::Uuid> = requests.iter().map(|request| request.uuid()).collect();
    let rows = requests!("WHERE id = ANY ($1)", &ids).fetch_all(&mut **tx).await?;
    rows.into_iter().map(RequestRow::try_from).collect()
}

/// Reads it and keeps others from deciding it until the end of the transaction.
pub async fn lock(tx: &mut Tx, request: RequestId) -> Result<Option<RequestRow>, StoreError> {
    let row = requests!("WHERE id = $1 FOR UPDATE", request.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(RequestRow::try_from).transpose()
}

/// What still waits for an answer, of one patient: what G5 counts.
pub async fn open_of(tx: &mut Tx, patient: PatientId, now: DateTime<Utc>) -> Result<Vec<RequestRow>, StoreError> {
    let rows = requests!(
        "WHERE patient_id = $1
           AND (state IN ('proposed', 'conflicted', 'waitlisted') OR (state = 'pending' AND expires_at > $2))
         ORDER BY id",
        patient.uuid(),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(RequestRow::try_from).collect()
}

/// Requests in one state, or with `None` all that wait for a decision, oldest first.
pub async fn page(
    tx: &mut Tx,
    state: Option<RequestState>,
    after: Option<RequestId>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<RequestRow>, StoreError> {
    let rows = requests!(
        "WHERE ($1::text IS NULL AND state IN ('pending', 'conflicted') AND (state <> 'pending' OR expires_at > $3)
                OR state = $1)
           AND ($2::uuid IS NULL OR id > $2)
         ORDER BY id LIMIT $4",
        state.map(RequestState::as_str),
        after.map(RequestId::uuid),
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(RequestRow::try_from).collect()
}

/// How many wait for a decision, and when the desk last made one.
pub async fn desk_standing(tx: &mut Tx, now: DateTime<Utc>) -> Result<(u32, Option<DateTime<Utc>>), StoreError> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM scheduling.booking_request
                   WHERE state IN ('pending', 'conflicted') AND (state <> 'pending' OR expires_at > $1)) AS "open!",
                  (SELECT max(decided_at) FROM scheduling.booking_request WHERE decided_by IS NOT NULL) AS last_decision"#,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((u32::try_from(row.open).unwrap_or(u32::MAX), row.last_decision))
}

/// Moves the end of waiting.
pub async fn set_end(tx: &mut Tx, request: RequestId, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.booking_request SET expires_at = $2 WHERE id = $1",
        request.uuid(),
        expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes another therapist, service or time, and what follows for state and end.
pub async fn change(tx: &mut Tx, row: &RequestRow) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.booking_request
         SET therapist_id = $2, service_id = $3, during = $4, state = $5, expires_at = $6, decided_at = NULL, decided_by = NULL
         WHERE id = $1",
        row.id.uuid(),
        row.therapist.uuid(),
        row.service.uuid(),
        range(row.starts, row.ends),
        row.request.state.as_str(),
        row.request.expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A declined request waits again, as if it had not been decided.
pub async fn reopen(tx: &mut Tx, request: RequestId) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.booking_request
         SET state = 'pending', decided_at = NULL, decided_by = NULL, decline_reason = NULL, words = NULL WHERE id = $1",
        request.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a decision writes.
#[derive(Debug)]
pub struct Decision<'a> {
    pub state: RequestState,
    pub at: DateTime<Utc>,
    /// The liaison; `None` when the patient withdrew it.
    pub by: Option<AccountId>,
    pub decline: Option<DeclineReason>,
    pub words: Option<&'a [u8]>,
    pub visit: Option<VisitId>,
}

pub async fn decide(tx: &mut Tx, request: RequestId, decision: &Decision<'_>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.booking_request
         SET state = $2, decided_at = $3, decided_by = $4, decline_reason = $5, words = $6, visit_id = $7 WHERE id = $1",
        request.uuid(),
        decision.state.as_str(),
        decision.at,
        decision.by.map(AccountId::uuid),
        decision.decline.map(DeclineReason::as_str),
        decision.words,
        decision.visit.map(VisitId::uuid)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
