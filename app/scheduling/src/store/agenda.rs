//! Requests and visits as the rows of calendars.

use super::{code, range};
use crate::model::{Request, RequestState, ServiceId, Visit};
use chrono::{DateTime, Utc};
use kernel::{PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};
use uuid::Uuid;

/// What a row is about, with its state and clock.
#[derive(Debug, Clone, Copy)]
pub enum Entry {
    Request(RequestId, Request),
    Visit(VisitId, Visit),
}

/// One row of a calendar.
#[derive(Debug, Clone)]
pub struct Row {
    pub entry: Entry,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    /// When it was sent or agreed.
    pub since: DateTime<Utc>,
    pub waiting_since: Option<DateTime<Utc>>,
    pub has_summary: bool,
    /// Its request brought answers to our questions.
    pub answered: bool,
}

pub(super) struct Raw {
    pub(super) id: Uuid,
    pub(super) is_visit: bool,
    pub(super) patient_id: Uuid,
    pub(super) therapist_id: Uuid,
    pub(super) service_id: Uuid,
    pub(super) starts: DateTime<Utc>,
    pub(super) ends: DateTime<Utc>,
    pub(super) state: String,
    pub(super) since: DateTime<Utc>,
    pub(super) expires_at: Option<DateTime<Utc>>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    pub(super) waiting_since: Option<DateTime<Utc>>,
    pub(super) has_summary: bool,
    pub(super) answered: bool,
}

impl TryFrom<Raw> for Row {
    type Error = StoreError;
    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let entry = if raw.is_visit {
            let visit = Visit {
                state: code(&raw.state, "visit state")?,
                starts: raw.starts,
                ends: raw.ends,
                confirmed_at: raw.confirmed_at,
            };
            Entry::Visit(raw.id.into(), visit)
        } else {
            let request = Request {
                state: code::<RequestState>(&raw.state, "request state")?,
                expires_at: raw.expires_at.ok_or(StoreError::Corrupt("request"))?,
            };
            Entry::Request(raw.id.into(), request)
        };
        Ok(Self {
            entry,
            patient: raw.patient_id.into(),
            therapist: raw.therapist_id.into(),
            service: raw.service_id.into(),
            starts: raw.starts,
            ends: raw.ends,
            since: raw.since,
            waiting_since: raw.waiting_since,
            has_summary: raw.has_summary,
            answered: raw.answered,
        })
    }
}

/// Rows of visits that fit the rest of the statement.
macro_rules! visits {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Raw,
            r#"SELECT id, true AS "is_visit!", patient_id, therapist_id, service_id, starts_at AS "starts!",
                      ends_at AS "ends!", state, agreed_at AS since, NULL::timestamptz AS expires_at, confirmed_at,
                      waiting_since, summary IS NOT NULL AS "has_summary!", answered
               FROM scheduling.visit "# + $rest
            $(, $argument)*
        )
    };
}

/// A page of what lies ahead of `patients`, soonest first: open requests and open visits. `after` is the id of the last row.
pub async fn upcoming(
    tx: &mut Tx,
    patients: &[Uuid],
    after: Option<Uuid>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query_as!(
        Raw,
        r#"
        WITH every AS (
            SELECT id, true AS is_visit, patient_id, therapist_id, service_id, starts_at AS starts, ends_at AS ends,
                   state, agreed_at AS since, NULL::timestamptz AS expires_at, confirmed_at, waiting_since,
                   summary IS NOT NULL AS has_summary, answered
            FROM scheduling.visit
            WHERE patient_id = ANY($1) AND state IN ('scheduled', 'waiting', 'in_progress') AND ends_at > $3
            UNION ALL
            SELECT id, false, patient_id, therapist_id, service_id, starts_at, upper(during),
                   state, sent_at, expires_at, NULL, NULL, false, false
            FROM scheduling.booking_request
            WHERE patient_id = ANY($1) AND starts_at > $3
              AND (state IN ('proposed', 'conflicted', 'waitlisted') OR (state = 'pending' AND expires_at > $3))
        )
        SELECT id AS "id!", is_visit AS "is_visit!", patient_id AS "patient_id!", therapist_id AS "therapist_id!",
               service_id AS "service_id!", starts AS "starts!", ends AS "ends!", state AS "state!", since AS "since!",
               expires_at, confirmed_at, waiting_since, has_summary AS "has_summary!", answered AS "answered!"
        FROM every
        WHERE $2::uuid IS NULL OR (starts, id) > (SELECT a.starts, a.id FROM every a WHERE a.id = $2)
        ORDER BY starts, id LIMIT $4
        "#,
        patients,
        after,
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}

/// A page of what is over for `patients`, latest first: past and cancelled visits, requests that came to nothing. A request
/// that became a visit is not listed twice.
pub async fn past(
    tx: &mut Tx,
    patients: &[Uuid],
    after: Option<Uuid>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query_as!(
        Raw,
        r#"
        WITH every AS (
            SELECT id, true AS is_visit, patient_id, therapist_id, service_id, starts_at AS starts, ends_at AS ends,
                   state, agreed_at AS since, NULL::timestamptz AS expires_at, confirmed_at, waiting_since,
                   summary IS NOT NULL AS has_summary, answered
            FROM scheduling.visit
            WHERE patient_id = ANY($1)
              AND (state NOT IN ('scheduled', 'waiting', 'in_progress') OR ends_at <= $3)
              AND cancel_reason IS DISTINCT FROM 'planned_by_mistake'
            UNION ALL
            SELECT id, false, patient_id, therapist_id, service_id, starts_at, upper(during),
                   state, sent_at, expires_at, NULL, NULL, false, false
            FROM scheduling.booking_request
            WHERE patient_id = ANY($1) AND state NOT IN ('draft', 'approved')
              AND (state IN ('declined', 'withdrawn', 'expired') OR starts_at <= $3
                   OR (state = 'pending' AND expires_at <= $3))
        )
        SELECT id AS "id!", is_visit AS "is_visit!", patient_id AS "patient_id!", therapist_id AS "therapist_id!",
               service_id AS "service_id!", starts AS "starts!", ends AS "ends!", state AS "state!", since AS "since!",
               expires_at, confirmed_at, waiting_since, has_summary AS "has_summary!", answered AS "answered!"
        FROM every
        WHERE $2::uuid IS NULL OR (starts, id) < (SELECT a.starts, a.id FROM every a WHERE a.id = $2)
        ORDER BY starts DESC, id DESC LIMIT $4
        "#,
        patients,
        after,
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}

/// A therapist's visits that touch a stretch of time, in order, cancelled ones left out.
pub async fn of_therapist(
    tx: &mut Tx,
    therapist: TherapistId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Row>, StoreError> {
    let rows = visits!(
        "WHERE therapist_id = $1 AND state <> 'cancelled' AND starts_at < $3 AND ends_at > $2
         -- Bounds the index scan: no visit is longer than a day.
         AND starts_at > $2 - interval '1 day'
        ORDER BY starts_at, id",
        therapist.uuid(),
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}

/// A therapist's visits whose time is over and of which nobody said what became, oldest first.
pub async fn to_confirm(
    tx: &mut Tx,
    therapist: TherapistId,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = visits!(
        "WHERE therapist_id = $1
         AND (state = 'ended' OR (state IN ('scheduled', 'waiting', 'in_progress') AND ends_at <= $2))
        ORDER BY starts_at, id LIMIT $3",
        therapist.uuid(),
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}

/// A therapist's first open visits that start at or after `from`.
pub async fn next_of_therapist(
    tx: &mut Tx,
    therapist: TherapistId,
    from: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = visits!(
        "WHERE therapist_id = $1 AND state IN ('scheduled', 'waiting', 'in_progress') AND starts_at >= $2
        ORDER BY starts_at, id LIMIT $3",
        therapist.uuid(),
        from,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}

/// Open requests and visits of patients that touch a stretch of time, in order.
pub async fn of_patients(
    tx: &mut Tx,
    patients: &[Uuid],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query_as!(
        Raw,
        r#"
        SELECT id AS "id!", true AS "is_visit!", patient_id AS "patient_id!", therapist_id AS "therapist_id!",
               service_id AS "service_id!", starts_at AS "starts!", ends_at AS "ends!", state AS "state!",
               agreed_at AS "since!", NULL::timestamptz AS expires_at, confirmed_at, waiting_since,
               summary IS NOT NULL AS "has_summary!", answered AS "answered!"
        FROM scheduling.visit
        WHERE patient_id = ANY ($1) AND state <> 'cancelled' AND during && $2
        UNION ALL
        SELECT id, false, patient_id, therapist_id, service_id, starts_at, upper(during), state, sent_at, expires_at,
               NULL, NULL, false, false
        FROM scheduling.booking_request
        WHERE patient_id = ANY ($1) AND state = 'pending' AND expires_at > $3 AND during && $2
        ORDER BY 6, 1
        "#,
        patients,
        range(from, until),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}
