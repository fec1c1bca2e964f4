//! A desk with two liaisons, and one way to act on it.

use crate::clinic::Clinic;
use desk::{
    Error,
    api::view::{ItemView, QueuePage},
    model::ItemId,
    service::{self, Wanted},
};
use kernel::{ApiError, Ctx, Role};
use uuid::Uuid;

pub async fn queue(ctx: &Ctx) -> QueuePage {
    service::queue(ctx, &Wanted::default()).await.unwrap()
}

pub async fn open(ctx: &Ctx, item: impl Into<ItemId>) -> ItemView {
    service::open_item(ctx, item.into(), &Wanted::default()).await.unwrap()
}

/// A second liaison, Leo.
pub async fn leo(clinic: &Clinic) -> Ctx {
    let account = Uuid::now_v7();
    sqlx::query(
        "INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
         VALUES ($1, 'leo@test.example', 'leo@test.example', 'liaison', 'Leo Lind', 'America/New_York', 'active', now())",
    )
    .bind(account)
    .execute(&clinic.test.owner)
    .await
    .unwrap();
    clinic.act(account.into(), Role::Liaison)
}

/// The code that travels.
pub fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    ApiError::from(answer.expect_err("a refusal")).code().to_owned()
}

/// Runs SQL as the owner.
pub async fn sql(clinic: &Clinic, text: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned()))
        .execute(&clinic.test.owner)
        .await
        .unwrap();
}

pub async fn number(clinic: &Clinic, text: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(text.to_owned()))
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap()
}
