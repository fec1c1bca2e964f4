//! What is asked at a kept time or about a request, what was typed so far, and the answers that were given.

use crate::model::{HoldId, PrescreenId, PrescreenVersionId, ServiceId, prescreen::Question};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, Tx};
use sqlx::types::Json;
use uuid::Uuid;

/// What is asked.
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

/// What our questions are to a request, and what was answered.
#[derive(Debug)]
pub struct OfRequest {
    pub patient: PatientId,
    /// The version that was answered; else the one in force when the request was sent, with the reader's own draft.
    pub asked: Asked,
    pub number: i32,
    pub name: String,
    /// When, and what.
    pub given: Option<(DateTime<Utc>, Vec<u8>)>,
}

/// What came with a request, or would have been asked; `None` where nothing is asked, and for whoever sees neither.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Option<OfRequest>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT COALESCE(a.patient_id, q.patient_id) AS "patient!", a.given_at AS "given_at?", a.answers AS "answers?",
                  v.id AS version, v.number, v.questions AS "questions!: Json<Vec<Question>>", p.id AS form, p.name,
                  d.id AS "draft?", d.answers AS "drafted?", o.questions AS "old?: Json<Vec<Question>>"
           FROM (SELECT $1::uuid AS id) r
           LEFT JOIN scheduling.prescreen_answers a ON a.request_id = r.id
           LEFT JOIN scheduling.booking_request q ON q.id = r.id AND a.request_id IS NULL
           JOIN scheduling.prescreen_version v ON v.id = COALESCE(a.version_id, (
               SELECT w.id FROM scheduling.prescreen f
               JOIN LATERAL (SELECT * FROM scheduling.prescreen_version w
                             WHERE w.prescreen_id = f.id AND w.published_at <= q.sent_at
                             ORDER BY w.number DESC LIMIT 1) w ON true
               WHERE (f.service_id = q.service_id OR f.service_id IS NULL)
                 AND (f.retired_at IS NULL OR f.retired_at > q.sent_at)
               ORDER BY f.service_id NULLS LAST, w.published_at DESC LIMIT 1))
           JOIN scheduling.prescreen p ON p.id = v.prescreen_id
           LEFT JOIN scheduling.prescreen_draft d
               ON d.account_id = kernel.uid() AND d.patient_id = q.patient_id AND d.prescreen_id = p.id
           LEFT JOIN scheduling.prescreen_version o ON o.id = d.version_id"#,
        request.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| OfRequest {
        patient: row.patient.into(),
        number: row.number,
        name: row.name,
        given: row.given_at.zip(row.answers),
        asked: Asked {
            form: row.form.into(),
            version: row.version.into(),
            questions: row.questions.0,
            draft: match (row.draft, row.drafted, row.old) {
                (Some(id), Some(answers), Some(Json(questions))) => Some(Draft { id, questions, answers }),
                _ => None,
            },
        },
    }))
}
