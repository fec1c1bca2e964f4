//! The days of therapists, any number in one statement: visits, and what is kept.

use super::{
    agenda::{Raw, Row},
    range,
};
use crate::model::{ServiceId, VisitState};
use chrono::{DateTime, Utc};
use kernel::{StoreError, TherapistId, Tx};
use uuid::Uuid;

/// Which visits are wanted; nothing chosen asks nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Only {
    pub service: Option<ServiceId>,
    pub state: Option<VisitState>,
}

/// Visits of these therapists that touch a stretch of time, in order; cancelled ones only when asked for.
pub async fn visits(
    tx: &mut Tx,
    therapists: &[Uuid],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    only: Only,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query_as!(
        Raw,
        r#"SELECT id, true AS "is_visit!", patient_id, therapist_id, service_id, starts_at AS "starts!",
                  ends_at AS "ends!", state, agreed_at AS since, NULL::timestamptz AS expires_at, confirmed_at,
                  waiting_since, summary IS NOT NULL AS "has_summary!", answered
           FROM scheduling.visit
           WHERE therapist_id = ANY ($1) AND starts_at < $3 AND ends_at > $2
             -- Bounds the index scan: no visit is longer than a day.
             AND starts_at > $2 - interval '1 day'
             AND CASE WHEN $5::text IS NULL THEN state <> 'cancelled' ELSE state = $5 END
             AND ($4::uuid IS NULL OR service_id = $4)
           ORDER BY starts_at, id LIMIT $6"#,
        therapists,
        from,
        until,
        only.service.map(ServiceId::uuid),
        only.state.map(VisitState::as_str),
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::try_from).collect()
}

/// A stretch that is kept for somebody or in which somebody is away.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// `None`: of everybody.
    pub therapist: Option<TherapistId>,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// What is kept of these therapists' time for something that is no visit yet.
pub async fn kept(
    tx: &mut Tx,
    therapists: &[Uuid],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Stretch>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT holder_id, lower(during) AS "from!", upper(during) AS "until!"
           FROM scheduling.calendar_claim
           WHERE holder_id = ANY ($1) AND during && $2 AND released_at IS NULL AND overbooked_by IS NULL
             AND cause NOT IN ('visit', 'group') AND (expires_at IS NULL OR expires_at > $3)
           ORDER BY during, id"#,
        therapists,
        range(from, until),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let stretch = |(holder, from, until)| Stretch {
        therapist: Some(TherapistId::new(holder)),
        from,
        until,
    };
    Ok(rows
        .into_iter()
        .map(|row| stretch((row.holder_id, row.from, row.until)))
        .collect())
}

/// Absences of these therapists, and closures of the clinic.
pub async fn away(
    tx: &mut Tx,
    therapists: &[Uuid],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Stretch>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT therapist_id, lower(during) AS "from!", upper(during) AS "until!"
           FROM scheduling.time_off
           WHERE (therapist_id = ANY ($1) OR therapist_id IS NULL) AND during && $2
           ORDER BY during, id"#,
        therapists,
        range(from, until)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Stretch {
            therapist: row.therapist_id.map(TherapistId::new),
            from: row.from,
            until: row.until,
        })
        .collect())
}
