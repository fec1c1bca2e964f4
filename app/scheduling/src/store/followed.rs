//! Visits as a calendar elsewhere follows them: times and states, cancelled ones too.

use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, Tx, VisitId};
use uuid::Uuid;

/// A visit without its meaning.
#[derive(Debug, Clone, Copy)]
pub struct Followed {
    pub visit: VisitId,
    pub patient: PatientId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub cancelled: bool,
    pub agreed_at: DateTime<Utc>,
}

/// Visits of these people (patients or therapists) that start within a stretch, in order.
pub async fn visits(
    tx: &mut Tx,
    people: &[Uuid],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> Result<Vec<Followed>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id, patient_id, starts_at AS "starts!", ends_at AS "ends!", state = 'cancelled' AS "cancelled!", agreed_at
           FROM scheduling.visit
           WHERE (therapist_id = ANY ($1) OR patient_id = ANY ($1)) AND starts_at >= $2 AND starts_at < $3
           ORDER BY starts_at, id LIMIT $4"#,
        people,
        from,
        until,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Followed {
            visit: row.id.into(),
            patient: row.patient_id.into(),
            starts: row.starts,
            ends: row.ends,
            cancelled: row.cancelled,
            agreed_at: row.agreed_at,
        })
        .collect())
}
