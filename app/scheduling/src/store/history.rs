//! Who changed what, when, why. Rows are only added.

use super::range;
use chrono::{DateTime, Utc};
use kernel::{PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};
use uuid::Uuid;

/// What changed.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    Request(RequestId),
    Visit(VisitId),
}

impl Of {
    const fn parts(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Request(id) => (Some(id.uuid()), None),
            Self::Visit(id) => (None, Some(id.uuid())),
        }
    }
}

/// From when to when a visit moved, and from whom when somebody else takes over.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    pub was: (DateTime<Utc>, DateTime<Utc>),
    pub becomes: (DateTime<Utc>, DateTime<Utc>),
    pub was_therapist: Option<TherapistId>,
}

/// One step. Who made it is read from the transaction itself.
#[derive(Debug)]
pub struct Step {
    pub id: Uuid,
    pub of: Of,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub at: DateTime<Utc>,
    pub from: Option<&'static str>,
    pub to: &'static str,
    /// A listed code.
    pub why: Option<&'static str>,
    pub moved: Option<Moved>,
    /// Sealed.
    pub words: Option<Vec<u8>>,
}

pub async fn add(tx: &mut Tx, step: &Step) -> Result<(), StoreError> {
    let (request, visit) = step.of.parts();
    sqlx::query!(
        "INSERT INTO scheduling.visit_history
             (id, request_id, visit_id, patient_id, therapist_id, at, by_account, by_role, from_state, to_state, why, was,
              becomes, was_therapist, words)
         VALUES ($1, $2, $3, $4, $5, $6, kernel.uid(), kernel.role(), $7, $8, $9, $10, $11, $12, $13)",
        step.id,
        request,
        visit,
        step.patient.uuid(),
        step.therapist.uuid(),
        step.at,
        step.from,
        step.to,
        step.why,
        step.moved.map(|moved| range(moved.was.0, moved.was.1)),
        step.moved.map(|moved| range(moved.becomes.0, moved.becomes.1)),
        step.moved.and_then(|moved| moved.was_therapist).map(TherapistId::uuid),
        step.words
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One step as read.
pub struct Past {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub by_role: String,
    pub to: String,
    pub why: Option<String>,
    pub was_from: Option<DateTime<Utc>>,
    pub was_until: Option<DateTime<Utc>>,
    pub becomes_from: Option<DateTime<Utc>>,
    pub becomes_until: Option<DateTime<Utc>>,
    pub was_therapist: Option<Uuid>,
    pub words: Option<Vec<u8>>,
}

/// The steps of a visit and of the request it came from, in order.
pub async fn of_booking(
    tx: &mut Tx,
    visit: Option<VisitId>,
    request: Option<RequestId>,
) -> Result<Vec<Past>, StoreError> {
    Ok(sqlx::query_as!(
        Past,
        r#"SELECT id, at, by_role, to_state AS "to", why, lower(was) AS was_from, upper(was) AS was_until,
                  lower(becomes) AS becomes_from, upper(becomes) AS becomes_until, was_therapist, words
           FROM scheduling.visit_history
           WHERE visit_id = $1 OR request_id = $2 ORDER BY at, id"#,
        visit.map(VisitId::uuid),
        request.map(RequestId::uuid)
    )
    .fetch_all(&mut **tx)
    .await?)
}
