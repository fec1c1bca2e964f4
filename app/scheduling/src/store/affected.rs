//! Agreed visits that an absence or a closure lies over.

use crate::model::ServiceId;
use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx, VisitId};

#[derive(Debug)]
pub struct Affected {
    pub visit: VisitId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub closure: bool,
    /// Whom patients are pointed to meanwhile.
    pub colleague: Option<TherapistId>,
    /// When the therapist is back.
    pub back: DateTime<Utc>,
}

/// Which of the affected visits.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    Therapist(TherapistId),
    Visit(VisitId),
}

/// Visits to come inside an absence, the next first. Each once, with the absence that names a colleague where there is one.
pub async fn coming(tx: &mut Tx, of: Of, now: DateTime<Utc>, limit: i64) -> Result<Vec<Affected>, StoreError> {
    let (therapist, visit) = match of {
        Of::Therapist(id) => (Some(id), None),
        Of::Visit(id) => (None, Some(id)),
    };
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (v.starts_at, v.id) v.id, v.patient_id, v.therapist_id, v.service_id, v.starts_at AS "starts_at!",
                  v.ends_at AS "ends_at!", t.therapist_id IS NULL AS "closure!", t.colleague_id, upper(t.during) AS "back!"
           FROM scheduling.time_off t
           JOIN scheduling.visit v ON v.starts_at < upper(t.during) AND v.ends_at > lower(t.during)
                AND (v.therapist_id = t.therapist_id OR t.therapist_id IS NULL)
           WHERE upper(t.during) > $2 AND v.state = 'scheduled' AND v.starts_at > $2
             AND ($1::uuid IS NULL OR v.therapist_id = $1) AND ($4::uuid IS NULL OR v.id = $4)
           ORDER BY v.starts_at, v.id, t.colleague_id LIMIT $3"#,
        therapist.map(TherapistId::uuid),
        now,
        limit,
        visit.map(VisitId::uuid)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Affected {
            visit: row.id.into(),
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            service: row.service_id.into(),
            starts: row.starts_at,
            ends: row.ends_at,
            closure: row.closure,
            colleague: row.colleague_id.map(TherapistId::new),
            back: row.back,
        })
        .collect())
}
