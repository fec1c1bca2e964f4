//! The therapist's shelf: look, rename, delete.

use super::{
    ObjectsForgotten,
    visit::{self, VisitUse},
};
use crate::{
    LibraryError,
    api::view::{ItemView, RemoveAnswer},
    model::{ItemId, ItemState},
    store::{self, item::Item},
};
use kernel::{Ctx, outbox};

/// Names as long as this fit a tile and a row.
pub const NAME_LENGTH: usize = 120;

/// Everything on the actor's shelf, newest first; nothing for somebody without one.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn list(ctx: &Ctx) -> Result<Vec<ItemView>, LibraryError> {
    ctx.actor.therapist().ok_or(LibraryError::NotFound)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let items = store::item::shelf(&mut tx).await?;
    tx.commit().await?;
    Ok(items.into_iter().map(ItemView::from).collect())
}

/// # Errors
/// `Rule("name")` for an empty or overlong name; `NotFound` when absent or foreign.
pub async fn rename(ctx: &Ctx, item: ItemId, name: &str) -> Result<(), LibraryError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_LENGTH || name.chars().any(char::is_control) {
        return Err(LibraryError::Rule("name"));
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::item::lock(&mut tx, item).await?.ok_or(LibraryError::NotFound)?;
    store::item::rename(&mut tx, item, name).await?;
    tx.commit().await?;
    Ok(())
}

/// Deletes an item with its files. One that a coming visit uses is deleted only when `sure`: the answer names the visits
/// (G30). Also takes a refused or unfinished upload off the tray.
///
/// # Errors
/// `NotFound` when absent or foreign.
pub async fn remove(ctx: &Ctx, item: ItemId, sure: bool) -> Result<RemoveAnswer, LibraryError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let found = store::item::lock(&mut tx, item).await?.ok_or(LibraryError::NotFound)?;
    if !sure {
        let uses = coming_uses(ctx, &mut tx, &found).await?;
        if !uses.is_empty() {
            // The names of patients were looked at: that goes on record.
            tx.commit().await?;
            return Ok(RemoveAnswer::UsedBy(uses));
        }
    }
    store::item::remove(&mut tx, item, ctx.clock.now()).await?;
    let mut objects = store::upload::forget(&mut tx, item).await?;
    objects.extend(store::asset::forget(&mut tx, item).await?);
    if !objects.is_empty() {
        let event = ObjectsForgotten { objects };
        outbox::push(&mut tx, ctx.ids.as_ref(), ctx.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(RemoveAnswer::Removed)
}

async fn coming_uses(ctx: &Ctx, tx: &mut kernel::Tx, item: &Item) -> Result<Vec<VisitUse>, LibraryError> {
    if !matches!(item.state, ItemState::Ready) {
        return Ok(Vec::new());
    }
    let visits = store::kit::visits_with(tx, item.id).await?;
    visit::coming(ctx, tx, &visits).await
}
