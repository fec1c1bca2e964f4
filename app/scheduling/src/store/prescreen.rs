//! Forms of questions before a visit: drafts and published versions.

use crate::{
    Error,
    model::{PrescreenId, PrescreenVersionId, ServiceId, prescreen::Question},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, OnConstraint, StoreError, Tx};
use sqlx::types::Json;

/// A form with its draft.
#[derive(Debug)]
pub struct Form {
    pub id: PrescreenId,
    pub service: Option<ServiceId>,
    pub name: String,
    pub questions: Vec<Question>,
    pub edition: i32,
    pub retired: bool,
}

/// A form in the list of all.
#[derive(Debug)]
pub struct Line {
    pub form: Form,
    pub service_name: Option<String>,
    /// The newest version.
    pub version: Option<(i32, Vec<Question>)>,
}

/// Every form, those that are asked first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Line>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT p.id, p.service_id, p.name, p.questions AS "questions: Json<Vec<Question>>", p.edition,
                  p.retired_at IS NOT NULL AS "retired!", s.name AS "service_name?", v.number AS "number?",
                  v.questions AS "published?: Json<Vec<Question>>"
           FROM scheduling.prescreen p LEFT JOIN scheduling.service s ON s.id = p.service_id
           LEFT JOIN LATERAL (SELECT * FROM scheduling.prescreen_version v WHERE v.prescreen_id = p.id
                              ORDER BY v.number DESC LIMIT 1) v ON true
           ORDER BY p.retired_at IS NOT NULL, p.service_id IS NOT NULL, s.name, p.id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            form: Form {
                id: row.id.into(),
                service: row.service_id.map(ServiceId::new),
                name: row.name,
                questions: row.questions.0,
                edition: row.edition,
                retired: row.retired,
            },
            service_name: row.service_name,
            version: row.number.zip(row.published.map(|Json(questions)| questions)),
        })
        .collect())
}

/// Reads a form and keeps others from changing it until the end of the transaction.
pub async fn lock(tx: &mut Tx, form: PrescreenId) -> Result<Option<Form>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT id, service_id, name, questions AS "questions: Json<Vec<Question>>", edition,
                  retired_at IS NOT NULL AS "retired!"
           FROM scheduling.prescreen WHERE id = $1 FOR UPDATE"#,
        form.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Form {
        id: row.id.into(),
        service: row.service_id.map(ServiceId::new),
        name: row.name,
        questions: row.questions.0,
        edition: row.edition,
        retired: row.retired,
    }))
}

/// One running form for each service and one for all the others.
pub async fn insert(
    tx: &mut Tx,
    form: PrescreenId,
    service: Option<ServiceId>,
    name: &str,
    questions: &[Question],
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO scheduling.prescreen (id, service_id, name, questions) VALUES ($1, $2, $3, $4)",
        form.uuid(),
        service.map(ServiceId::uuid),
        name,
        Json(questions) as _
    )
    .execute(&mut **tx)
    .await
    .on_constraint("prescreen_one", Error::OneAlready)?;
    Ok(())
}

pub async fn set_questions(tx: &mut Tx, form: PrescreenId, questions: &[Question]) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.prescreen SET questions = $2, edition = edition + 1 WHERE id = $1",
        form.uuid(),
        Json(questions) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `at`: from when on it is asked no more; `None`: it is asked again.
pub async fn retire(tx: &mut Tx, form: PrescreenId, at: Option<DateTime<Utc>>) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE scheduling.prescreen SET retired_at = $2, edition = edition + 1 WHERE id = $1",
        form.uuid(),
        at
    )
    .execute(&mut **tx)
    .await
    .on_constraint("prescreen_one", Error::OneAlready)?;
    Ok(())
}

/// A published version.
#[derive(Debug)]
pub struct Version {
    pub number: i32,
    pub questions: Vec<Question>,
    pub at: DateTime<Utc>,
    pub by: AccountId,
    /// How many requests answered it.
    pub answered: i64,
}

/// The versions of a form, newest first.
pub async fn versions(tx: &mut Tx, form: PrescreenId) -> Result<Vec<Version>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT v.number, v.questions AS "questions: Json<Vec<Question>>", v.published_at, v.published_by,
                  COALESCE(a.answered, 0) AS "answered!"
           FROM scheduling.prescreen_version v
           LEFT JOIN scheduling.prescreen_answered($1) a ON a.version_id = v.id
           WHERE v.prescreen_id = $1 ORDER BY v.number DESC"#,
        form.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Version {
            number: row.number,
            questions: row.questions.0,
            at: row.published_at,
            by: row.published_by.into(),
            answered: row.answered,
        })
        .collect())
}

/// The next version of a form whose lock is held: its draft as it stands.
pub async fn publish(
    tx: &mut Tx,
    version: PrescreenVersionId,
    form: PrescreenId,
    at: DateTime<Utc>,
    by: AccountId,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.prescreen_version (id, prescreen_id, number, questions, published_at, published_by)
         SELECT $1, p.id, 1 + (SELECT count(*) FROM scheduling.prescreen_version v WHERE v.prescreen_id = p.id),
                p.questions, $3, $4
         FROM scheduling.prescreen p WHERE p.id = $2",
        version.uuid(),
        form.uuid(),
        at,
        by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
