//! The pieces of an upload, read as the one file they are.

use crate::store::upload::Part;
use bytes::{Bytes, BytesMut};
use kernel::blob::{BlobError, Blobs, Object, WrappingKey};
use std::ops::Range;

pub struct Source {
    parts: Vec<(Part, Object)>,
    length: u64,
}

impl Source {
    pub async fn open(blobs: &Blobs, key: &WrappingKey, parts: &[Part]) -> Result<Self, BlobError> {
        let mut opened = Vec::with_capacity(parts.len());
        let mut length = 0;
        for part in parts {
            opened.push((*part, blobs.open(part.object, key, part.bytes).await?));
            length += part.bytes;
        }
        Ok(Self { parts: opened, length })
    }

    pub const fn length(&self) -> u64 {
        self.length
    }

    /// The bytes `range`, cut at the end of the file.
    pub async fn read(&self, range: Range<u64>) -> Result<Bytes, BlobError> {
        let mut bytes = BytesMut::new();
        for (part, object) in &self.parts {
            let from = range.start.max(part.starts_at);
            let to = range.end.min(part.starts_at + part.bytes);
            if from < to {
                bytes.extend_from_slice(&object.read(from - part.starts_at..to - part.starts_at).await?);
            }
        }
        Ok(bytes.freeze())
    }

    /// Piece by piece, so that a film never stands in memory whole.
    pub fn pieces(&self) -> impl Iterator<Item = impl Future<Output = Result<Bytes, BlobError>>> {
        self.parts.iter().map(|(_, object)| object.read_all())
    }
}
