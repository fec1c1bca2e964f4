//! How much the days of a month hold: counted where it lies, so that a month of a full calendar is thirty rows.

use super::range;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{StoreError, TherapistId, Tx, Zone};
use uuid::Uuid;

/// What one local date holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub date: NaiveDate,
    pub visits: i64,
    /// Kept, or asked for, and not decided.
    pub kept: i64,
}

/// By the dates of `zone` on which things start.
pub async fn of_therapist(
    tx: &mut Tx,
    therapist: TherapistId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Vec<Count>, StoreError> {
    Ok(sqlx::query_as!(
        Count,
        r#"SELECT date AS "date!", count(*) FILTER (WHERE visit) AS "visits!", count(*) FILTER (WHERE NOT visit) AS "kept!"
           FROM (
               SELECT (starts_at AT TIME ZONE $4)::date AS date, true AS visit FROM scheduling.visit
               WHERE therapist_id = $1 AND starts_at >= $2 AND starts_at < $3 AND state <> 'cancelled'
               UNION ALL
               SELECT (starts_at AT TIME ZONE $4)::date, false FROM scheduling.calendar_claim
               WHERE holder_id = $1 AND during && $6 AND starts_at >= $2 AND released_at IS NULL
                 AND overbooked_by IS NULL AND cause NOT IN ('visit', 'group') AND (expires_at IS NULL OR expires_at > $5)
           ) AS one GROUP BY date ORDER BY date"#,
        therapist.uuid(),
        from,
        until,
        zone.name(),
        now,
        range(from, until)
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The same for patients: visits, and requests that wait for an answer.
pub async fn of_patients(
    tx: &mut Tx,
    patients: &[Uuid],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Vec<Count>, StoreError> {
    Ok(sqlx::query_as!(
        Count,
        r#"SELECT date AS "date!", count(*) FILTER (WHERE visit) AS "visits!", count(*) FILTER (WHERE NOT visit) AS "kept!"
           FROM (
               SELECT (starts_at AT TIME ZONE $4)::date AS date, true AS visit FROM scheduling.visit
               WHERE patient_id = ANY ($1) AND starts_at >= $2 AND starts_at < $3 AND state <> 'cancelled'
               UNION ALL
               SELECT (starts_at AT TIME ZONE $4)::date, false FROM scheduling.booking_request
               WHERE patient_id = ANY ($1) AND starts_at >= $2 AND starts_at < $3 AND state = 'pending' AND expires_at > $5
           ) AS one GROUP BY date ORDER BY date"#,
        patients,
        from,
        until,
        zone.name(),
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}
