//! What the desk asked the patient about a request, and what they answered.

use chrono::{DateTime, Utc};
use kernel::{AccountId, OnConstraint, PatientId, RequestId, StoreError, Tx};
use uuid::Uuid;

use crate::Error;

/// A question as stored; both texts are sealed.
#[derive(Debug)]
pub struct QuestionRow {
    pub id: Uuid,
    pub asked_at: DateTime<Utc>,
    pub question: Vec<u8>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answer: Option<Vec<u8>>,
}

/// The questions about a request, in order.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Vec<QuestionRow>, StoreError> {
    Ok(sqlx::query_as!(
        QuestionRow,
        "SELECT id, asked_at, question, answered_at, answer FROM scheduling.request_question
         WHERE request_id = $1 ORDER BY asked_at, id",
        request.uuid()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A question to write.
#[derive(Debug)]
pub struct NewQuestion<'a> {
    pub id: Uuid,
    pub request: RequestId,
    pub patient: PatientId,
    pub at: DateTime<Utc>,
    pub question: &'a [u8],
}

/// Asks in the actor's name; one open question a request.
pub async fn ask(tx: &mut Tx, new: &NewQuestion<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO scheduling.request_question (id, request_id, patient_id, asked_by, asked_at, question)
         VALUES ($1, $2, $3, kernel.uid(), $4, $5)",
        new.id,
        new.request.uuid(),
        new.patient.uuid(),
        new.at,
        new.question
    )
    .execute(&mut **tx)
    .await
    .on_constraint("request_question_open", Error::QuestionOpen)?;
    Ok(())
}

/// Answers the open question of a request; `false` when there is none.
pub async fn answer(
    tx: &mut Tx,
    question: Uuid,
    by: AccountId,
    at: DateTime<Utc>,
    answer: &[u8],
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE scheduling.request_question SET answered_by = $2, answered_at = $3, answer = $4
         WHERE id = $1 AND answered_at IS NULL",
        question,
        by.uuid(),
        at,
        answer
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
