//! The use cases of the library, one per file.

mod abandoned;
mod ahead;
pub mod check;
mod kit;
pub mod media;
pub mod prepare;
pub mod seed;
pub mod shelf;
pub mod upload;
mod visit;

pub use abandoned::give_up_abandoned;
pub use ahead::kits_ahead;
pub use kit::{kit_for_room, message_for_room};

use crate::model::ItemId;
use kernel::{AccountId, House, StoreError, Tx, blob::WrappingKey, seal::Scope};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// All bytes of an upload are here: the file is to be checked.
#[derive(Debug, Serialize, Deserialize)]
pub struct UploadArrived {
    pub item: ItemId,
}

impl kernel::outbox::Event for UploadArrived {
    const TOPIC: &'static str = "library.upload_arrived";
}

/// Objects that no row leads to any more: to be removed from the store.
#[derive(Debug, Serialize, Deserialize)]
pub struct ObjectsForgotten {
    pub objects: Vec<Uuid>,
}

impl kernel::outbox::Event for ObjectsForgotten {
    const TOPIC: &'static str = "library.objects_forgotten";
}

/// The key that wraps the objects of one therapist's shelf.
async fn shelf_key(house: &House, tx: &mut Tx, owner: AccountId) -> Result<WrappingKey, StoreError> {
    let scope = Scope::Library(owner.uuid());
    Ok(house.vault.data_key(tx, house.clock.now(), scope).await?.into())
}

/// The object of one part of an item, always the same: work that is repeated after a crash writes over what it left,
/// and no object is ever without its row for good.
fn object_id(item: ItemId, part: &str) -> Uuid {
    let digest = Sha256::new_with_prefix(item.uuid()).chain_update(part).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}
