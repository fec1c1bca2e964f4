//! Reading a range: one fetch of the segments that hold it, each opened before a byte of it leaves.

use super::{BlobError, WrappingKey, format, path};
use bytes::Bytes;
use format::{HEADER, SEGMENT, Sealer, Span};
use futures::{Stream, TryStreamExt, stream};
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, path::Path};
use std::{fmt, ops::Range, sync::Arc};
use uuid::Uuid;

/// What a stream reads at once: sixteen segments, a fetch of 1 MiB.
const PIECE: u64 = 16 * SEGMENT as u64;

/// An object that was opened: its header is read and its size fits.
pub struct Object {
    store: Arc<dyn ObjectStore>,
    path: Path,
    sealer: Sealer,
    length: u64,
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("path", &self.path)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Object {
    pub(super) async fn open(
        store: Arc<dyn ObjectStore>,
        object: Uuid,
        wrapping: &WrappingKey,
        length: u64,
    ) -> Result<Self, BlobError> {
        let path = path(object);
        let options = GetOptions {
            range: Some(GetRange::Bounded(0..HEADER)),
            ..GetOptions::default()
        };
        let found = store.get_opts(&path, options).await?;
        if found.meta.size != format::stored_size(length) {
            return Err(BlobError::Length);
        }
        let sealer = Sealer::from_header(object, wrapping, &found.bytes().await?)?;
        Ok(Self {
            store,
            path,
            sealer,
            length,
        })
    }

    /// The plain bytes `range`, all of them in memory: for small ranges, and for the pieces of `stream`.
    ///
    /// # Errors
    /// `Range` when it is empty or reaches past the end; `Forged` when a segment does not open.
    pub async fn read(&self, range: Range<u64>) -> Result<Bytes, BlobError> {
        let span = Span::of(&range, self.length)?;
        let stored = self.store.get_range(&self.path, span.stored.clone()).await?;
        if stored.len() as u64 != span.stored.end - span.stored.start {
            return Err(BlobError::Length);
        }
        let plain = Bytes::from(self.sealer.open(&span, &stored)?);
        let index = |at: u64| usize::try_from(at).map_err(|_| BlobError::Range);
        Ok(plain.slice(index(span.wanted.start)?..index(span.wanted.end)?))
    }

    /// The whole object in memory; nothing for an empty one.
    ///
    /// # Errors
    /// `Forged` when a segment does not open.
    pub async fn read_all(&self) -> Result<Bytes, BlobError> {
        if self.length == 0 {
            return Ok(Bytes::new());
        }
        self.read(0..self.length).await
    }

    /// The plain bytes `range` in pieces of at most 1 MiB, so that a film never stands in memory whole.
    pub fn stream(self, range: Range<u64>) -> impl Stream<Item = Result<Bytes, BlobError>> + Send + 'static {
        stream::try_unfold((self, range), |(object, range)| async move {
            if range.start >= range.end {
                return Ok(None);
            }
            // Pieces end at a multiple of PIECE, so that no segment is opened twice.
            let end = (range.start / PIECE + 1).saturating_mul(PIECE).min(range.end);
            let piece = object.read(range.start..end).await?;
            Ok(Some((piece, (object, end..range.end))))
        })
        .into_stream()
    }
}
