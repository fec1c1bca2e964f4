//! How a liaison looks at the table of all visits: saved filters, chosen columns, files that left.

use crate::{Error, api::view::SavedView, model::ViewId};
use chrono::{DateTime, Utc};
use kernel::{AccountId, OnConstraint, StoreError, TherapistId, Tx};
use scheduling::{model::ServiceId, service::VisitFilter};

/// One's own saved filters, by name.
pub async fn views(tx: &mut Tx) -> Result<Vec<SavedView>, StoreError> {
    let rows = sqlx::query!("SELECT id, name, filters FROM desk.saved_view ORDER BY name, id LIMIT 50")
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| SavedView {
            view: row.id.into(),
            name: row.name,
            filters: row.filters,
        })
        .collect())
}

/// Saves filters under a name; the same name again changes them.
pub async fn save_view(tx: &mut Tx, view: &SavedView, account: AccountId) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO desk.saved_view (id, account_id, name, filters) VALUES ($1, $2, $3, $4)
         ON CONFLICT ON CONSTRAINT saved_view_name DO UPDATE SET filters = EXCLUDED.filters",
        view.view.uuid(),
        account.uuid(),
        view.name,
        view.filters
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn remove_view(tx: &mut Tx, view: ViewId) -> Result<bool, StoreError> {
    let done = sqlx::query!("DELETE FROM desk.saved_view WHERE id = $1", view.uuid())
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The columns this account chose, if it ever did.
pub async fn columns(tx: &mut Tx) -> Result<Option<Vec<String>>, StoreError> {
    Ok(sqlx::query_scalar!("SELECT columns FROM desk.chosen_columns")
        .fetch_optional(&mut **tx)
        .await?)
}

pub async fn choose_columns(tx: &mut Tx, account: AccountId, columns: &[String]) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO desk.chosen_columns (account_id, columns) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET columns = EXCLUDED.columns",
        account.uuid(),
        columns
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that a file leaves the house.
pub async fn note_export(
    tx: &mut Tx,
    id: uuid::Uuid,
    account: AccountId,
    at: DateTime<Utc>,
    reason: &str,
    filters: &str,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO desk.export (id, account_id, at, reason, filters) VALUES ($1, $2, $3, $4, $5)",
        id,
        account.uuid(),
        at,
        reason,
        filters
    )
    .execute(&mut **tx)
    .await
    .on_constraint("export_reason_check", Error::invalid("reason", "too_long"))?;
    Ok(())
}

/// About how many visits a filter finds: the planner's guess.
pub async fn about(tx: &mut Tx, filter: &VisitFilter) -> Result<u32, StoreError> {
    let guess = sqlx::query_scalar!(
        r#"SELECT desk.about_visits($1, $2, $3, $4, $5) AS "about!""#,
        filter.from,
        filter.until,
        filter.state.map(scheduling::model::VisitState::as_str),
        filter.therapist.map(TherapistId::uuid),
        filter.service.map(ServiceId::uuid)
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(u32::try_from(guess).unwrap_or(u32::MAX))
}
