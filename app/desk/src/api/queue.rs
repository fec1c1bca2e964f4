//! The queue and its items.

use super::view::{ItemView, QueuePage};
use crate::model::ItemId;
use chrono::{DateTime, Utc};
use kernel::ApiError;
use leptos::prelude::*;
use scheduling::api::view::RequestPage;
#[cfg(feature = "ssr")]
use {super::lead, crate::service, kernel::Ctx};

/// What waits, the most pressing first. `kind`, `owner`, `age`: codes or empty; `after` is `next` of the page before.
/// Errors: `Invalid(kind|owner|age)`.
#[server(endpoint = "desk/queue")]
pub async fn queue(
    #[server(default)] kind: String,
    #[server(default)] owner: String,
    #[server(default)] age: String,
    #[server(default)] after: String,
) -> Result<QueuePage, ApiError> {
    let ctx = Ctx::from_request()?;
    let wanted = service::Wanted {
        kind,
        owner,
        age,
        after,
    };
    Ok(service::queue(&ctx, &wanted).await?)
}

/// How many items came since a page was loaded.
#[server(endpoint = "desk/new_items")]
pub async fn new_items(since: DateTime<Utc>) -> Result<u32, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::new_items(&ctx, since).await?)
}

/// One item with all that its decision needs; the filters are those of the list beside it. Errors: `NotFound`.
#[server(endpoint = "desk/open_item")]
pub async fn open_item(
    item: String,
    #[server(default)] kind: String,
    #[server(default)] owner: String,
    #[server(default)] age: String,
) -> Result<ItemView, ApiError> {
    let ctx = Ctx::from_request()?;
    let item: ItemId = item.parse().map_err(|_| ApiError::NotFound)?;
    let wanted = service::Wanted {
        kind,
        owner,
        age,
        after: String::new(),
    };
    Ok(service::open_item(&ctx, item, &wanted).await?)
}

/// Requests of one state, oldest first: how the desk finds again what it decided. `after` is `next` of the page before.
/// Errors: `Invalid(state)`.
#[server(endpoint = "desk/requests")]
pub async fn requests(state: String, #[server(default)] after: String) -> Result<RequestPage, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(scheduling::service::list_requests(&ctx, &state, &after).await?)
}

/// Takes an item for oneself; `over` takes over what a colleague has had for long. Leads to `to`.
/// Errors: `taken_by_other`.
#[server(endpoint = "desk/take")]
pub async fn take(item: ItemId, #[server(default)] over: bool, #[server(default)] to: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::take(&ctx, item, over).await?;
    lead(&to);
    Ok(())
}

/// Lets go of an item. Leads to `to`. Errors: `taken_by_other` for what is not one's own.
#[server(endpoint = "desk/let_go")]
pub async fn let_go(item: ItemId, #[server(default)] to: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::let_go(&ctx, item).await?;
    lead(&to);
    Ok(())
}

/// Says that an item needs nobody although its cause goes on; not for requests. Leads to `to`.
/// Errors: `taken_by_other`, `NotFound`.
#[server(endpoint = "desk/put_aside")]
pub async fn put_aside(item: ItemId, #[server(default)] to: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::put_aside(&ctx, item).await?;
    lead(&to);
    Ok(())
}
