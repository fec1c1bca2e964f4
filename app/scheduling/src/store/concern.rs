//! What a visit, a request, a proposal or an offered time concerns, for whoever knows only its id.

use crate::model::ServiceId;
use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx};
use uuid::Uuid;

/// As stored. A proposal concerns what it proposes other times for, as long as it waits for an answer; so does an offered time.
#[derive(Debug)]
pub struct Row {
    /// The id that was asked for.
    pub id: Uuid,
    /// Of a visit; a request's otherwise.
    pub is_visit: bool,
    pub state: String,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
}

/// For these ids, in no order; those of nothing, or of nothing that the actor may see, are left out.
pub async fn of(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query!(
        r#"
        WITH asked AS (
            SELECT id AS asked, id AS about FROM unnest($1::uuid[]) id
            UNION ALL SELECT p.id, COALESCE(p.visit_id, p.request_id) FROM scheduling.proposal p
            WHERE p.id = ANY ($1) AND p.state = 'open'
        )
        SELECT a.asked AS "id!", true AS "is_visit!", v.state AS "state!", v.patient_id AS "patient_id!",
               v.therapist_id AS "therapist_id!", v.service_id AS "service_id!", v.starts_at AS "starts!", v.ends_at AS "ends!"
        FROM asked a JOIN scheduling.visit v ON v.id = a.about
        UNION ALL
        SELECT a.asked, false, r.state, r.patient_id, r.therapist_id, r.service_id, r.starts_at, upper(r.during)
        FROM asked a JOIN scheduling.booking_request r ON r.id = a.about
        UNION ALL
        SELECT o.id, false, 'proposed', o.patient_id, o.therapist_id, o.service_id, lower(o.during), upper(o.during)
        FROM scheduling.waitlist_offer o WHERE o.id = ANY ($1) AND o.state = 'open'
        "#,
        ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Row {
            id: row.id,
            is_visit: row.is_visit,
            state: row.state,
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            service: row.service_id.into(),
            starts: row.starts,
            ends: row.ends,
        })
        .collect())
}
