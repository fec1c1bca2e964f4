//! The check of a file: is it what it says, does it open, and what of it is kept. Runs from the outbox, so that a restart
//! in its middle repeats it; every object it writes has a fixed id, so that a repeated check writes over the first.

mod document;
mod film;
mod picture;
mod source;

pub use picture::remake;

use super::{ObjectsForgotten, UploadArrived, object_id, shelf_key};
use crate::{
    model::{ItemId, ItemKind, ItemState, Refusal},
    raster::Rasteriser,
    store::{
        self,
        asset::{NewAsset, Use},
        item::{Item, Measures},
    },
};
use async_trait::async_trait;
use kernel::{
    House, StoreError, Task,
    blob::{BlobError, WrappingKey, Written},
    outbox::{self, Handler},
};
use source::Source;

/// Carries out `UploadArrived`.
#[derive(Debug, Clone)]
pub struct Checker {
    pub house: House,
    pub rasteriser: Rasteriser,
}

/// Carries out `ObjectsForgotten`.
#[derive(Debug, Clone)]
pub struct Sweeper {
    pub house: House,
}

#[async_trait]
impl Handler for Checker {
    async fn handle(&self, _event: uuid::Uuid, payload: serde_json::Value) -> anyhow::Result<()> {
        let UploadArrived { item } = serde_json::from_value(payload)?;
        Ok(self.check(item).await?)
    }
}

#[async_trait]
impl Handler for Sweeper {
    async fn handle(&self, _event: uuid::Uuid, payload: serde_json::Value) -> anyhow::Result<()> {
        let ObjectsForgotten { objects } = serde_json::from_value(payload)?;
        for object in objects {
            self.house.blobs.remove(object).await?;
        }
        Ok(())
    }
}

/// Why a check ends early.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The file is at fault, and its owner is told.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// We are; the outbox tries again.
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blob(#[from] BlobError),
    #[error(transparent)]
    Fault(#[from] std::io::Error),
}

impl From<Refusal> for CheckError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What is kept of a file.
#[derive(Debug, Default)]
struct Kept {
    measures: Measures,
    assets: Vec<NewAsset>,
}

/// The file under check, with what is needed to read it and to write what is kept of it.
struct Work<'a> {
    house: &'a House,
    item: &'a Item,
    key: &'a WrappingKey,
    source: Source,
}

impl Work<'_> {
    async fn keep(&self, variant: String, shown: Use, page: u32, webp: &[u8]) -> Result<NewAsset, BlobError> {
        let object = object_id(self.item.id, &variant);
        let written = self.house.blobs.put(object, self.key, webp).await?;
        Ok(asset(object, variant, shown, page, "image/webp", written))
    }
}

fn asset(object: uuid::Uuid, variant: String, shown: Use, page: u32, mime: &'static str, written: Written) -> NewAsset {
    NewAsset {
        object,
        variant,
        shown,
        page,
        mime,
        bytes: written.length,
        sha256: written.sha256,
    }
}

impl Checker {
    /// Checks an item whose bytes are all here. One that was removed or already checked is left alone.
    ///
    /// # Errors
    /// A fault of ours; a fault of the file is kept with the item.
    pub async fn check(&self, id: ItemId) -> Result<(), CheckError> {
        let mut tx = self.house.db.begin_task(Task::Worker).await?;
        let found = store::item::lock(&mut tx, id).await?;
        let Some(item) = found.filter(|item| matches!(item.state, ItemState::Checking { .. })) else {
            return Ok(());
        };
        let key = shelf_key(&self.house, &mut tx, item.owner).await?;
        let parts = store::upload::parts(&mut tx, id).await?;
        tx.commit().await?;

        let source = Source::open(&self.house.blobs, &key, &parts).await?;
        let work = Work {
            house: &self.house,
            item: &item,
            key: &key,
            source,
        };
        let outcome = match item.kind {
            ItemKind::Picture => picture::check(&work).await,
            ItemKind::Video => film::check(&work).await,
            ItemKind::Document => document::check(&work, &self.rasteriser).await,
        };
        match outcome {
            Ok(kept) => self.finish(id, Ok(kept)).await,
            Err(CheckError::Refused(refusal)) => self.finish(id, Err(refusal)).await,
            Err(fault) => Err(fault),
        }
    }

    /// Keeps the outcome; the pieces of the upload go.
    async fn finish(&self, id: ItemId, outcome: Result<Kept, Refusal>) -> Result<(), CheckError> {
        let house = &self.house;
        let mut tx = house.db.begin_task(Task::Worker).await?;
        let mut objects = store::upload::forget(&mut tx, id).await?;
        // Removed by its owner while the check ran: what was written goes too.
        let is_here = store::item::lock(&mut tx, id).await?.is_some();
        match outcome {
            Ok(kept) if is_here => {
                for asset in &kept.assets {
                    store::asset::add(&mut tx, id, asset).await?;
                }
                store::item::set_ready(&mut tx, id, kept.measures).await?;
            }
            Ok(kept) => objects.extend(kept.assets.iter().map(|asset| asset.object)),
            Err(refusal) => store::item::set_refused(&mut tx, id, refusal).await?,
        }
        if !objects.is_empty() {
            let event = ObjectsForgotten { objects };
            outbox::push(&mut tx, house.ids.as_ref(), house.clock.now(), &event).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
