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

/// What happens to several visits of one patient in one step.
#[derive(Debug)]
pub struct Many {
    pub patient: PatientId,
    pub at: DateTime<Utc>,
    pub to: &'static str,
    /// A listed code.
    pub why: Option<&'static str>,
    pub steps: Vec<OfMany>,
}

/// The step of one of them.
#[derive(Debug)]
pub struct OfMany {
    pub id: Uuid,
    pub visit: VisitId,
    pub therapist: TherapistId,
    pub from: Option<&'static str>,
    pub moved: Option<Moved>,
    /// Sealed.
    pub words: Option<Vec<u8>>,
}

/// Adds them all in one statement.
pub async fn add_many(tx: &mut Tx, many: &Many) -> Result<(), StoreError> {
    fn column<T>(steps: &[OfMany], of: impl Fn(&OfMany) -> T) -> Vec<T> {
        steps.iter().map(of).collect()
    }
    let steps = &many.steps;
    sqlx::query!(
        "INSERT INTO scheduling.visit_history
             (id, visit_id, patient_id, therapist_id, at, by_account, by_role, from_state, to_state, why, was, becomes, words)
         SELECT s.id, s.visit, $1, s.therapist, $2, kernel.uid(), kernel.role(), s.came_from, $3, $4,
                CASE WHEN s.was_from IS NOT NULL THEN tstzrange(s.was_from, s.was_until) END,
                CASE WHEN s.becomes_from IS NOT NULL THEN tstzrange(s.becomes_from, s.becomes_until) END, s.words
         FROM unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::timestamptz[], $10::timestamptz[],
                     $11::timestamptz[], $12::timestamptz[], $13::bytea[])
              AS s (id, visit, therapist, came_from, was_from, was_until, becomes_from, becomes_until, words)",
        many.patient.uuid(),
        many.at,
        many.to,
        many.why,
        &column(steps, |step| step.id),
        &column(steps, |step| step.visit.uuid()),
        &column(steps, |step| step.therapist.uuid()),
        &column(steps, |step| step.from.map(str::to_owned)) as &[Option<String>],
        &column(steps, |step| step.moved.map(|moved| moved.was.0)) as &[Option<DateTime<Utc>>],
        &column(steps, |step| step.moved.map(|moved| moved.was.1)) as &[Option<DateTime<Utc>>],
        &column(steps, |step| step.moved.map(|moved| moved.becomes.0)) as &[Option<DateTime<Utc>>],
        &column(steps, |step| step.moved.map(|moved| moved.becomes.1)) as &[Option<DateTime<Utc>>],
        &column(steps, |step| step.words.clone()) as &[Option<Vec<u8>>]
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

/// When a visit last took this step.
pub async fn last(tx: &mut Tx, visit: VisitId, step: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(sqlx::query_scalar!(
        "SELECT max(at) FROM scheduling.visit_history WHERE visit_id = $1 AND to_state = $2",
        visit.uuid(),
        step
    )
    .fetch_one(&mut **tx)
    .await?)
}
