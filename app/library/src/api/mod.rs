//! The server functions of the library: thin, POST, one line each on who may and what may go wrong.

pub mod view;

use crate::model::ItemId;
#[cfg(feature = "ssr")]
use crate::service::{prepare, shelf};
use kernel::{ApiError, VisitId};
use leptos::prelude::*;
use view::{ItemView, KitInShort, PrepareView, RemoveAnswer};

/// The actor's shelf, newest first. Access: therapist. Errors: `NotFound`.
#[server(endpoint = "library/list_items")]
pub async fn list_items() -> Result<Vec<ItemView>, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(shelf::list(&ctx).await?)
}

/// Gives an item another name. Access: its owner. Errors: `name`, `NotFound`.
#[server(endpoint = "library/rename_item")]
pub async fn rename_item(item: ItemId, name: String) -> Result<(), ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(shelf::rename(&ctx, item, &name).await?)
}

/// Deletes an item, or names the coming visits that use it unless `sure` (G30). Access: its owner. Errors: `NotFound`.
#[server(endpoint = "library/remove_item")]
pub async fn remove_item(item: ItemId, sure: bool) -> Result<RemoveAnswer, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(shelf::remove(&ctx, item, sure).await?)
}

/// How far the kits of the actor's visits of the next day are. Access: therapist. Errors: `NotFound`.
#[server(endpoint = "library/list_kits")]
pub async fn list_kits() -> Result<Vec<KitInShort>, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(crate::service::kits_ahead(&ctx).await?)
}

/// The kit of a visit. Access: its therapist. Errors: `NotFound`.
#[server(endpoint = "library/open_kit")]
pub async fn open_kit(visit: VisitId) -> Result<PrepareView, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(prepare::open(&ctx, visit).await?)
}

/// Adds an item at the end of the order. Access: therapist of the visit, owner of the item. Errors: `NotFound`,
/// `visit_over`, `kit_full`.
#[server(endpoint = "library/add_to_kit")]
pub async fn add_to_kit(visit: VisitId, item: ItemId) -> Result<PrepareView, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(prepare::change(&ctx, visit, prepare::Change::Add(item)).await?)
}

/// Takes an item out of the order. Access: therapist of the visit. Errors: `NotFound`, `visit_over`.
#[server(endpoint = "library/take_from_kit")]
pub async fn take_from_kit(visit: VisitId, item: ItemId) -> Result<PrepareView, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(prepare::change(&ctx, visit, prepare::Change::Remove(item)).await?)
}

/// Moves an item to a place of the order, counted from 0. Access: therapist of the visit. Errors: `NotFound`, `visit_over`.
#[server(endpoint = "library/move_in_kit")]
pub async fn move_in_kit(visit: VisitId, item: ItemId, place: u32) -> Result<PrepareView, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    Ok(prepare::change(&ctx, visit, prepare::Change::Move(item, place)).await?)
}

/// Chooses the film in the waiting room, or none. Access: therapist of the visit, owner of the item. Errors: `NotFound`,
/// `visit_over`, `not_a_video`.
#[server(endpoint = "library/choose_waiting_video")]
pub async fn choose_waiting_video(visit: VisitId, item: Option<ItemId>) -> Result<PrepareView, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(prepare::change(&ctx, visit, prepare::Change::WaitingVideo(item)).await?)
}

/// Writes the message for the waiting room; empty means none. Access: therapist of the visit. Errors: `NotFound`,
/// `visit_over`, `too_long`.
#[server(endpoint = "library/write_message")]
pub async fn write_message(visit: VisitId, text: String) -> Result<PrepareView, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    Ok(prepare::change(&ctx, visit, prepare::Change::Message(text)).await?)
}
