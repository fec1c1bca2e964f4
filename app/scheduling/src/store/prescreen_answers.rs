//! What is asked at a kept time, what was typed so far, and the answers that came with requests.

use crate::model::{HoldId, PrescreenId, PrescreenVersionId, ServiceId, prescreen::Question};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, Tx};
use sqlx::types::Json;
use uuid::Uuid;

/// What is asked at a kept time.
#[derive(Debug)]
pub struct Asked {
    pub form: PrescreenId,
    pub version: PrescreenVersionId,
    pub questions: Vec<Question>,
    pub draft: Option<Draft>,
}

/// What the reader typed for this patient and has not sent, with the questions it was typed under.
#[derive(Debug)]
pub struct Draft {
    pub id: Uuid,
    pub questions: Vec<Question>,
    pub answers: Vec<u8>,
}

/// The questions that were in force when the time was taken, so that they do not change under whoever answers them: those
/// of its service, else those for all. `patient`: whose draft.
pub async fn asked(tx: &mut Tx, hold: HoldId, patient: PatientId) -> Result<Option<Asked>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT p.id AS form, v.id AS version, v.questions AS "questions!: Json<Vec<Question>>", d.id AS "draft?",
                  d.answers AS "answers?", o.questions AS "old?: Json<Vec<Question>>"
           FROM scheduling.slot_hold h
           JOIN scheduling.prescreen p ON (p.service_id = h.service_id OR p.service_id IS NULL)
               AND (p.retired_at IS NULL OR p.retired_at > h.created_at)
           JOIN LATERAL (SELECT * FROM scheduling.prescreen_version v
                         WHERE v.prescreen_id = p.id AND v.published_at <= h.created_at
                         ORDER BY v.number DESC LIMIT 1) v ON true
           LEFT JOIN scheduling.prescreen_draft d
               ON d.account_id = h.account_id AND d.patient_id = $2 AND d.prescreen_id = p.id
           LEFT JOIN scheduling.prescreen_version o ON o.id = d.version_id
           WHERE h.id = $1 ORDER BY p.service_id NULLS LAST, v.published_at DESC LIMIT 1"#,
        hold.uuid(),
        patient.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Asked {
        form: row.form.into(),
        version: row.version.into(),
        questions: row.questions.0,
        draft: match (row.draft, row.answers, row.old) {
            (Some(id), Some(answers), Some(Json(questions))) => Some(Draft { id, questions, answers }),
            _ => None,
        },
    }))
}

/// The questions that whoever asks for this service is shown at that moment.
pub async fn in_force(tx: &mut Tx, service: ServiceId, at: DateTime<Utc>) -> Result<Vec<Question>, StoreError> {
    let questions = sqlx::query_scalar!(
        r#"SELECT v.questions AS "questions!: Json<Vec<Question>>"
           FROM scheduling.prescreen p
           JOIN LATERAL (SELECT * FROM scheduling.prescreen_version v
                         WHERE v.prescreen_id = p.id AND v.published_at <= $2
                         ORDER BY v.number DESC LIMIT 1) v ON true
           WHERE (p.service_id = $1 OR p.service_id IS NULL) AND (p.retired_at IS NULL OR p.retired_at > $2)
           ORDER BY p.service_id NULLS LAST, v.published_at DESC LIMIT 1"#,
        service.uuid(),
        at
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(questions.map_or_else(Vec::new, |questions| questions.0))
}

/// A draft to keep, sealed for its own id.
#[derive(Debug)]
pub struct NewDraft<'a> {
    pub id: Uuid,
    pub account: AccountId,
    pub patient: PatientId,
    pub form: PrescreenId,
    pub version: PrescreenVersionId,
    pub answers: &'a [u8],
    pub at: DateTime<Utc>,
}

/// Takes the place of what was kept before.
pub async fn keep_draft(tx: &mut Tx, new: &NewDraft<'_>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.prescreen_draft (id, account_id, patient_id, prescreen_id, version_id, answers, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT ON CONSTRAINT prescreen_draft_one DO UPDATE
             SET id = EXCLUDED.id, version_id = EXCLUDED.version_id, answers = EXCLUDED.answers, saved_at = EXCLUDED.saved_at",
        new.id,
        new.account.uuid(),
        new.patient.uuid(),
        new.form.uuid(),
        new.version.uuid(),
        new.answers,
        new.at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sent, or emptied: the draft is one no more.
pub async fn drop_draft(
    tx: &mut Tx,
    account: AccountId,
    patient: PatientId,
    form: PrescreenId,
) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM scheduling.prescreen_draft WHERE account_id = $1 AND patient_id = $2 AND prescreen_id = $3",
        account.uuid(),
        patient.uuid(),
        form.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Forgets what was typed before an instant and never sent.
pub async fn forget_drafts(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM scheduling.prescreen_draft WHERE saved_at < $1", before)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Answers to write, sealed for their request.
#[derive(Debug)]
pub struct NewAnswers<'a> {
    pub request: RequestId,
    pub patient: PatientId,
    pub version: PrescreenVersionId,
    pub by: AccountId,
    pub at: DateTime<Utc>,
    pub answers: &'a [u8],
}

pub async fn insert(tx: &mut Tx, new: &NewAnswers<'_>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.prescreen_answers (request_id, patient_id, version_id, given_by, given_at, answers)
         VALUES ($1, $2, $3, $4, $5, $6)",
        new.request.uuid(),
        new.patient.uuid(),
        new.version.uuid(),
        new.by.uuid(),
        new.at,
        new.answers
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Answers as stored, with the questions they were given to.
#[derive(Debug)]
pub struct Given {
    pub patient: PatientId,
    pub at: DateTime<Utc>,
    pub version: i32,
    pub form: String,
    pub questions: Vec<Question>,
    pub answers: Vec<u8>,
}

/// What came with a request, as far as the reader may see it.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Option<Given>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT a.patient_id, a.given_at, a.answers, v.number, p.name,
                  v.questions AS "questions: Json<Vec<Question>>"
           FROM scheduling.prescreen_answers a
           JOIN scheduling.prescreen_version v ON v.id = a.version_id
           JOIN scheduling.prescreen p ON p.id = v.prescreen_id
           WHERE a.request_id = $1"#,
        request.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Given {
        patient: row.patient_id.into(),
        at: row.given_at,
        version: row.number,
        form: row.name,
        questions: row.questions.0,
        answers: row.answers,
    }))
}
