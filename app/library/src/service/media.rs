//! A file leaves the library: found by row security, opened by the key of its shelf.

use super::shelf_key;
use crate::{LibraryError, model::ItemId, store};
use kernel::{Ctx, blob::Object};

/// A file that the actor may see, ready to be read.
#[derive(Debug)]
pub struct Media {
    pub object: Object,
    pub mime: String,
    pub bytes: u64,
    pub sha256: Vec<u8>,
}

/// Finds and opens a file. Material is no record of a patient, so a look at it leaves no audit entry; opening the kit that
/// leads to it does.
///
/// # Errors
/// `NotFound` for what is absent, removed or foreign: the three answer alike.
pub async fn open(ctx: &Ctx, item: ItemId, variant: &str) -> Result<Media, LibraryError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let found = store::asset::find(&mut tx, item, variant)
        .await?
        .ok_or(LibraryError::NotFound)?;
    let key = shelf_key(&ctx.house, &mut tx, found.owner).await?;
    tx.commit().await?;
    let object = ctx.blobs.open(found.object, &key, found.bytes).await?;
    Ok(Media {
        object,
        mime: found.mime,
        bytes: found.bytes,
        sha256: found.sha256,
    })
}
