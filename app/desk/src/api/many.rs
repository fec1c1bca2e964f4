//! One act on many items.

use super::view::{BulkPage, BulkResult};
use crate::model::ItemId;
use kernel::{ApiError, IdempotencyKey};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::lead,
    crate::service::{self, Act},
    kernel::Ctx,
};

/// What `act` (`approve`, `decline`, `take`, `put_aside`) would do to each item. Errors: `Invalid(act)`.
#[server(endpoint = "desk/preview_many")]
pub async fn preview_many(act: String, #[server(default)] items: Vec<ItemId>) -> Result<BulkPage, ApiError> {
    let ctx = Ctx::from_request()?;
    let act: Act = act.parse().map_err(|_| ApiError::field("act", "unknown"))?;
    Ok(service::preview_many(&ctx, act, &items).await?)
}

/// Does it to each and says what became of each. `reason` and `words`: for a decline, the same to all. Leads to `to`.
/// Errors: `Invalid(act|reason|words)` before anything is done.
#[server(endpoint = "desk/decide_many")]
pub async fn decide_many(
    act: String,
    #[server(default)] items: Vec<ItemId>,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<Vec<BulkResult>, ApiError> {
    let ctx = Ctx::from_request()?;
    let act: Act = act.parse().map_err(|_| ApiError::field("act", "unknown"))?;
    let done = service::decide_many(&ctx, act, &items, &reason, &words, key).await?;
    if !to.is_empty() {
        lead(&to);
    }
    Ok(done)
}
