//! The blob store: a port over `object_store` (a local folder or S3), where every object is sealed in segments
//! (room.md 9). Nothing reaches the store in the clear, and a range is read without opening the rest.
//!
//! What an object was written with, its reader has to say again: its id, the data key of its scope and its plain length.
//! The caller keeps the length beside the id, because an object whose tail was cut cannot tell so by itself.

mod format;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::Object;
pub use write::{Writer, Written};

use crate::seal::{Key, SealError};
use object_store::{ObjectStore, ObjectStoreExt, path::Path};
use std::{ops::Range, sync::Arc};
use uuid::Uuid;

/// Why an object cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("no such object")]
    Missing,
    /// A segment or the header does not open: changed, moved, or sealed for another object. Worth an alarm.
    #[error("object does not open at segment {0}")]
    Forged(u32),
    /// The stored size does not fit the plain length that the caller kept: cut, grown, or another object.
    #[error("object is not as long as it was written")]
    Length,
    #[error("sealed by an unknown version or under another key")]
    UnknownKey,
    /// The range reaches past the end, or is empty.
    #[error("range outside the object")]
    Range,
    #[error("object is too long")]
    TooLong,
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("blob store: {0}")]
    Store(object_store::Error),
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Store(other),
        }
    }
}

/// The data key that wraps an object's own key: `Vault::data_key` of the patient or the library it belongs to.
#[derive(Debug, Clone)]
pub struct WrappingKey {
    pub id: Uuid,
    pub key: Key,
}

impl From<(Uuid, Key)> for WrappingKey {
    fn from((id, key): (Uuid, Key)) -> Self {
        Self { id, key }
    }
}

/// Where sealed objects are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl Blobs {
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }

    /// Begins an object. It is visible once its writer has finished, whole, and never before.
    ///
    /// # Errors
    /// `Seal` without randomness, `Store` when the store takes no new object.
    pub async fn create(&self, object: Uuid, wrapping: &WrappingKey) -> Result<Writer, BlobError> {
        Writer::begin(self.store.as_ref(), object, wrapping).await
    }

    /// Writes an object that is already in memory.
    ///
    /// # Errors
    /// As `create`.
    pub async fn put(&self, object: Uuid, wrapping: &WrappingKey, plain: &[u8]) -> Result<Written, BlobError> {
        let mut writer = self.create(object, wrapping).await?;
        writer.write(plain).await?;
        writer.finish().await
    }

    /// Opens an object for reading: its header is read, and its size compared with `length`, the plain length that
    /// `Written` told.
    ///
    /// # Errors
    /// `Missing`, `Length`, `UnknownKey`, `Forged` for a changed header.
    pub async fn open(&self, object: Uuid, wrapping: &WrappingKey, length: u64) -> Result<Object, BlobError> {
        Object::open(Arc::clone(&self.store), object, wrapping, length).await
    }

    /// The plain bytes `range` of an object.
    ///
    /// # Errors
    /// As `open`; `Range` when it is empty or reaches past `length`; `Forged` when a segment was changed.
    pub async fn read_range(
        &self,
        object: Uuid,
        wrapping: &WrappingKey,
        length: u64,
        range: Range<u64>,
    ) -> Result<bytes::Bytes, BlobError> {
        self.open(object, wrapping, length).await?.read(range).await
    }

    /// Removes an object; one that is already gone is no error, so that a retry may remove again.
    ///
    /// # Errors
    /// `Store` when the store does not answer.
    pub async fn remove(&self, object: Uuid) -> Result<(), BlobError> {
        match self.store.delete(&path(object)).await.map_err(BlobError::from) {
            Err(BlobError::Missing) | Ok(()) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Spread over 256 folders by the last, random byte of the id: its first bytes are a clock and would fill one folder.
fn path(object: Uuid) -> Path {
    let name = object.simple().to_string();
    let (_, folder) = name.split_at(name.len() - 2);
    Path::from_iter([folder, name.as_str()])
}
