//! Texts the desk writes again and again.

use super::code;
use crate::{
    Error,
    api::view::TemplateView,
    model::{Purpose, TemplateId},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, OnConstraint, StoreError, Tx};

/// All of them, or those of one purpose, by name. A desk has dozens, not thousands.
pub async fn all(tx: &mut Tx, purpose: Option<Purpose>) -> Result<Vec<TemplateView>, StoreError> {
    sqlx::query!(
        "SELECT id, purpose, name, body, reason FROM desk.template
         WHERE $1::text IS NULL OR purpose = $1 ORDER BY purpose, name, id LIMIT 200",
        purpose.map(Purpose::as_str)
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(TemplateView {
            template: row.id.into(),
            purpose: code(&row.purpose, "purpose of a template")?,
            name: row.name,
            body: row.body,
            reason: row.reason.unwrap_or_default(),
        })
    })
    .collect()
}

/// Writes a new one or changes one; `false` when the one to change is not there.
pub async fn save(
    tx: &mut Tx,
    template: &TemplateView,
    is_new: bool,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let reason = (!template.reason.is_empty()).then_some(template.reason.as_str());
    let done = if is_new {
        sqlx::query!(
            "INSERT INTO desk.template (id, purpose, name, body, reason, changed_by, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            template.template.uuid(),
            template.purpose.as_str(),
            template.name,
            template.body,
            reason,
            by.uuid(),
            at
        )
        .execute(&mut **tx)
        .await
    } else {
        sqlx::query!(
            "UPDATE desk.template SET name = $3, body = $4, reason = $5, changed_by = $6, changed_at = $7
             WHERE id = $1 AND purpose = $2",
            template.template.uuid(),
            template.purpose.as_str(),
            template.name,
            template.body,
            reason,
            by.uuid(),
            at
        )
        .execute(&mut **tx)
        .await
    };
    let done = done.on_constraint("template_name", Error::NameTaken)?;
    Ok(done.rows_affected() > 0)
}

pub async fn remove(tx: &mut Tx, template: TemplateId) -> Result<bool, StoreError> {
    let done = sqlx::query!("DELETE FROM desk.template WHERE id = $1", template.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}
