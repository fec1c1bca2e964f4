//! Writing an object piece by piece, in bounded memory: one open segment and a few parts on their way.

use super::{BlobError, WrappingKey, format, path};
use format::{SEGMENT, Sealer};
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// S3 takes no smaller part; a local folder would.
const PART: usize = 5 * 1024 * 1024;
/// Parts on their way at once, which bounds the memory of one writer to about 15 MiB.
const IN_FLIGHT: usize = 2;

/// What was written: to be kept beside the object's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Plain bytes.
    pub length: u64,
    /// Of the plain bytes.
    pub sha256: [u8; 32],
}

/// An object being written. Dropped without `finish`, it never becomes visible.
pub struct Writer {
    upload: WriteMultipart,
    sealer: Sealer,
    /// Held back until more follows or the object ends: only then is it known whether this segment is the last.
    open: Vec<u8>,
    segment: u32,
    length: u64,
    digest: Sha256,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Writer {
    pub(super) async fn begin(
        store: &dyn ObjectStore,
        object: Uuid,
        wrapping: &WrappingKey,
    ) -> Result<Self, BlobError> {
        let (header, sealer) = Sealer::begin(object, wrapping)?;
        let mut upload = WriteMultipart::new_with_chunk_size(store.put_multipart(&path(object)).await?, PART);
        upload.write(&header);
        Ok(Self {
            upload,
            sealer,
            open: Vec::with_capacity(SEGMENT + 16),
            segment: 0,
            length: 0,
            digest: Sha256::new(),
        })
    }

    /// Appends plain bytes.
    ///
    /// # Errors
    /// `Store` when the store takes no more; the object is lost then.
    pub async fn write(&mut self, mut plain: &[u8]) -> Result<(), BlobError> {
        self.digest.update(plain);
        self.length += plain.len() as u64;
        while !plain.is_empty() {
            if self.open.len() == SEGMENT {
                self.flush(false).await?;
            }
            let (now, later) = plain.split_at(plain.len().min(SEGMENT - self.open.len()));
            self.open.extend_from_slice(now);
            plain = later;
        }
        Ok(())
    }

    /// Ends the object and makes it visible.
    ///
    /// # Errors
    /// `Store` when the store does not keep it.
    pub async fn finish(mut self) -> Result<Written, BlobError> {
        self.flush(true).await?;
        self.upload.finish().await?;
        Ok(Written {
            length: self.length,
            sha256: self.digest.finalize().into(),
        })
    }

    /// Gives up and lets the store forget the parts it has.
    ///
    /// # Errors
    /// `Store` when the store does not answer; nothing is visible all the same.
    pub async fn abort(self) -> Result<(), BlobError> {
        Ok(self.upload.abort().await?)
    }

    async fn flush(&mut self, last: bool) -> Result<(), BlobError> {
        self.sealer.seal(self.segment, last, &mut self.open)?;
        self.upload.wait_for_capacity(IN_FLIGHT).await?;
        self.upload.write(&self.open);
        self.open.clear();
        self.segment = self.segment.checked_add(1).ok_or(BlobError::TooLong)?;
        Ok(())
    }
}
