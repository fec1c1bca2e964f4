//! Visits.

use super::{code, meeting::Meeting, range};
use crate::model::{CancelReason, Past, SeriesId, ServiceId, Visit, VisitState};
use chrono::{DateTime, Utc};
use kernel::{PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};

/// A visit as stored.
#[derive(Debug, Clone)]
pub struct VisitRow {
    pub id: VisitId,
    pub request: Option<RequestId>,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub visit: Visit,
    pub agreed_at: DateTime<Utc>,
    pub summary: Option<Vec<u8>>,
    /// Words to the patient of whoever planned it, sealed.
    pub message: Option<Vec<u8>>,
    pub cancel: Option<Cancelled>,
    /// Its place among visits that repeat.
    pub series: Option<Place>,
}

/// Which visit of which series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub series: SeriesId,
    /// From 1 on, in the order in which they were planned. It stays when others go.
    pub number: u16,
}

/// How a visit was cancelled.
#[derive(Debug, Clone)]
pub struct Cancelled {
    pub reason: CancelReason,
    pub words: Option<Vec<u8>>,
    /// The word of the role.
    pub by: String,
    pub late: bool,
}

struct Row {
    id: uuid::Uuid,
    request_id: Option<uuid::Uuid>,
    patient_id: uuid::Uuid,
    therapist_id: uuid::Uuid,
    service_id: uuid::Uuid,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    state: String,
    agreed_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
    summary: Option<Vec<u8>>,
    message: Option<Vec<u8>>,
    cancel_reason: Option<String>,
    cancel_words: Option<Vec<u8>>,
    cancel_role: Option<String>,
    cancel_late: Option<bool>,
    series_id: Option<uuid::Uuid>,
    series_place: Option<i16>,
}

impl VisitRow {
    /// A visit as it is agreed.
    pub fn agreed(id: VisitId, meeting: &Meeting, service: ServiceId, at: DateTime<Utc>) -> Self {
        Self {
            id,
            request: None,
            patient: meeting.patient,
            therapist: meeting.therapist,
            service,
            visit: Visit {
                state: VisitState::Scheduled,
                starts: meeting.starts,
                ends: meeting.ends,
                confirmed_at: None,
            },
            agreed_at: at,
            summary: None,
            message: None,
            cancel: None,
            series: None,
        }
    }
}

impl TryFrom<Row> for VisitRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let cancel = match row.cancel_reason {
            Some(reason) => Some(Cancelled {
                reason: code(&reason, "cancel reason")?,
                words: row.cancel_words,
                by: row.cancel_role.unwrap_or_default(),
                late: row.cancel_late.unwrap_or_default(),
            }),
            None => None,
        };
        let series = match (row.series_id, row.series_place) {
            (Some(series), Some(number)) => Some(Place {
                series: series.into(),
                number: u16::try_from(number).map_err(|_| StoreError::Corrupt("place in a series"))?,
            }),
            _ => None,
        };
        Ok(Self {
            id: row.id.into(),
            request: row.request_id.map(RequestId::new),
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            service: row.service_id.into(),
            visit: Visit {
                state: code(&row.state, "visit state")?,
                starts: row.starts,
                ends: row.ends,
                confirmed_at: row.confirmed_at,
            },
            agreed_at: row.agreed_at,
            summary: row.summary,
            message: row.message,
            cancel,
            series,
        })
    }
}

pub async fn insert(tx: &mut Tx, new: &VisitRow) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.visit (id, request_id, patient_id, therapist_id, service_id, during, state, agreed_at,
                                       ended_at, confirmed_at, summary, message)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new.id.uuid(),
        new.request.map(RequestId::uuid),
        new.patient.uuid(),
        new.therapist.uuid(),
        new.service.uuid(),
        range(new.visit.starts, new.visit.ends),
        new.visit.state.as_str(),
        new.agreed_at,
        new.visit.confirmed_at.map(|_| new.visit.ends),
        new.visit.confirmed_at,
        new.summary,
        new.message
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Visits that fit the rest of the statement: the one place that knows which columns a visit is made of.
macro_rules! visits {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, request_id, patient_id, therapist_id, service_id, starts_at AS "starts!", ends_at AS "ends!",
                      state, agreed_at, confirmed_at, summary, message, cancel_reason, cancel_words, cancel_role, cancel_late,
                      series_id, series_place
               FROM scheduling.visit "# + $rest
            $(, $argument)*
        )
    };
}

pub async fn read(tx: &mut Tx, visit: VisitId) -> Result<Option<VisitRow>, StoreError> {
    let row = visits!("WHERE id = $1", visit.uuid()).fetch_optional(&mut **tx).await?;
    row.map(VisitRow::try_from).transpose()
}

/// Reads it and keeps others from changing it until the end of the transaction.
pub async fn lock(tx: &mut Tx, visit: VisitId) -> Result<Option<VisitRow>, StoreError> {
    let row = visits!("WHERE id = $1 FOR UPDATE", visit.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(VisitRow::try_from).transpose()
}

/// Several at once, in no order.
pub async fn read_all(tx: &mut Tx, visits: &[VisitId]) -> Result<Vec<VisitRow>, StoreError> {
    let ids: Vec<uuid::Uuid> = visits.iter().map(|visit| visit.uuid()).collect();
    let rows = visits!("WHERE id = ANY ($1)", &ids).fetch_all(&mut **tx).await?;
    rows.into_iter().map(VisitRow::try_from).collect()
}

/// All visits of a series in their order.
pub async fn of_series(tx: &mut Tx, series: SeriesId) -> Result<Vec<VisitRow>, StoreError> {
    let rows = visits!("WHERE series_id = $1 ORDER BY series_place", series.uuid())
        .fetch_all(&mut **tx)
        .await?;
    rows.into_iter().map(VisitRow::try_from).collect()
}

/// All visits of a series in their order, kept from others until the end of the transaction.
pub async fn lock_series(tx: &mut Tx, series: SeriesId) -> Result<Vec<VisitRow>, StoreError> {
    let rows = visits!("WHERE series_id = $1 ORDER BY series_place FOR UPDATE", series.uuid())
        .fetch_all(&mut **tx)
        .await?;
    rows.into_iter().map(VisitRow::try_from).collect()
}

/// Writes the next state and the mark of time that belongs to it.
pub async fn set_state(tx: &mut Tx, visit: VisitId, state: VisitState, at: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.visit SET state = $2,
             waiting_since = CASE WHEN $2 = 'waiting' THEN $3 WHEN $2 = 'scheduled' THEN NULL ELSE waiting_since END,
             began_at = CASE WHEN $2 = 'in_progress' THEN $3 ELSE began_at END,
             ended_at = CASE WHEN $2 = 'ended' THEN $3 ELSE ended_at END,
             confirmed_at = CASE WHEN $2 IN ('completed', 'no_show', 'not_held') THEN COALESCE(confirmed_at, $3) END
         WHERE id = $1",
        visit.uuid(),
        state.as_str(),
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn set_summary(tx: &mut Tx, visit: VisitId, summary: Option<&[u8]>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.visit SET summary = $2 WHERE id = $1",
        visit.uuid(),
        summary
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn cancel(tx: &mut Tx, visit: VisitId, how: &Cancelled) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.visit
         SET state = 'cancelled', cancel_reason = $2, cancel_words = $3, cancel_role = $4, cancel_late = $5 WHERE id = $1",
        visit.uuid(),
        how.reason.as_str(),
        how.words,
        how.by,
        how.late
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Visits whose time has been over since before `at` and which nobody ended. Locked; those another job works on are left out.
pub async fn over(tx: &mut Tx, at: DateTime<Utc>, limit: i64) -> Result<Vec<VisitRow>, StoreError> {
    let rows = visits!(
        "WHERE state IN ('scheduled', 'waiting', 'in_progress') AND ends_at <= $1
         ORDER BY ends_at LIMIT $2 FOR UPDATE SKIP LOCKED",
        at,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(VisitRow::try_from).collect()
}

/// Visits to come that start after `after` and at or before `until`.
pub async fn starting(tx: &mut Tx, after: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<VisitRow>, StoreError> {
    let rows = visits!(
        "WHERE starts_at > $1 AND starts_at <= $2 AND state IN ('scheduled', 'waiting') ORDER BY starts_at, id",
        after,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(VisitRow::try_from).collect()
}

/// Visits whose planned end lies after `after` and at or before `until`, and whose outcome nobody has said. No visit is
/// longer than a day, so that the index of starts bounds the search.
pub async fn unconfirmed(tx: &mut Tx, after: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<VisitRow>, StoreError> {
    let rows = visits!(
        "WHERE starts_at > $1::timestamptz - interval '1 day' AND starts_at <= $2 AND ends_at > $1 AND ends_at <= $2
           AND state IN ('scheduled', 'waiting', 'in_progress', 'ended')
         ORDER BY starts_at, id",
        after,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(VisitRow::try_from).collect()
}

/// Therapists with whom this patient has or had a visit.
pub async fn therapists_of(tx: &mut Tx, patient: PatientId) -> Result<Vec<TherapistId>, StoreError> {
    let ids = sqlx::query_scalar!(
        "SELECT DISTINCT therapist_id FROM scheduling.visit WHERE patient_id = $1 AND state <> 'cancelled'",
        patient.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(TherapistId::new).collect())
}

/// What this patient's visits that took place were, as far as an approval goes by it.
pub async fn past(
    tx: &mut Tx,
    patient: PatientId,
    therapist: TherapistId,
    service: ServiceId,
) -> Result<Past, StoreError> {
    let row = sqlx::query!(
        r#"SELECT count(*) > 0 AS "here!", COALESCE(bool_or(therapist_id = $2), false) AS "with_therapist!",
                  max(ends_at) FILTER (WHERE therapist_id = $2) AS last,
                  max(ends_at) FILTER (WHERE therapist_id = $2 AND service_id = $3) AS last_of_service
           FROM scheduling.visit WHERE patient_id = $1 AND state = 'completed'"#,
        patient.uuid(),
        therapist.uuid(),
        service.uuid()
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Past {
        here: row.here,
        with_therapist: row.with_therapist,
        same_service: row.last_of_service.filter(|_| row.last == row.last_of_service),
    })
}

/// Has anybody but the desk looked at this patient since `thing` was last changed?
pub async fn looked_at_since(tx: &mut Tx, patient: PatientId, thing: uuid::Uuid) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT scheduling.looked_at_since($1, $2) AS "looked!""#,
        patient.uuid(),
        thing
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// The approval of a request was none: the answer is the visit that never was.
pub async fn take_back(tx: &mut Tx, request: RequestId, at: DateTime<Utc>) -> Result<Option<VisitId>, StoreError> {
    let visit = sqlx::query_scalar!("SELECT scheduling.take_back_approval($1, $2)", request.uuid(), at)
        .fetch_one(&mut **tx)
        .await?;
    Ok(visit.map(VisitId::new))
}
