//! Who changed what, when, why. Rows are only added.

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
}

pub async fn add(tx: &mut Tx, step: &Step) -> Result<(), StoreError> {
    let (request, visit) = step.of.parts();
    sqlx::query!(
        "INSERT INTO scheduling.visit_history
             (id, request_id, visit_id, patient_id, therapist_id, at, by_account, by_role, from_state, to_state, why)
         VALUES ($1, $2, $3, $4, $5, $6, kernel.uid(), kernel.role(), $7, $8, $9)",
        step.id,
        request,
        visit,
        step.patient.uuid(),
        step.therapist.uuid(),
        step.at,
        step.from,
        step.to,
        step.why
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One step as read.
pub struct Past {
    pub at: DateTime<Utc>,
    pub by_role: String,
    pub to: String,
}

/// The steps of a visit and of the request it came from, in order.
pub async fn of_booking(
    tx: &mut Tx,
    visit: Option<VisitId>,
    request: Option<RequestId>,
) -> Result<Vec<Past>, StoreError> {
    Ok(sqlx::query_as!(
        Past,
        r#"SELECT at, by_role, to_state AS "to" FROM scheduling.visit_history
           WHERE visit_id = $1 OR request_id = $2 ORDER BY at, id"#,
        visit.map(VisitId::uuid),
        request.map(RequestId::uuid)
    )
    .fetch_all(&mut **tx)
    .await?)
}
