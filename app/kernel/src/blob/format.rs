//! The sealed object, byte by byte (room.md 9). The shape is that of STREAM with random access:
//!
//! ```text
//! object  = header || seg[0] .. seg[n-1]     n >= 1; an empty object has one empty segment
//! header  = version 1 | wrapping key id 16 | wrapped DEK 60 | salt 32 | nonce prefix 7
//! key     = HKDF-SHA256(DEK, salt, object id)
//! nonce_i = prefix 7 || u32 BE i || last 1
//! aad     = object id 16 || version 1
//! seg[i]  = AES-256-GCM(65,536 bytes of plain text, the last one shorter) || tag 16
//! ```
//!
//! Each object has a random key of its own, so nonces never repeat under one key. The index and the last flag in the
//! nonce make swapped and missing segments fail to open; the object id in the AAD and in the key, a swapped object.

use super::{BlobError, WrappingKey};
use crate::seal::{Key, SealError};
use aes_gcm::{
    AeadInOut, Aes256Gcm, KeyInit,
    aead::{Nonce, Tag, inout::InOutBuf},
};
use hkdf::Hkdf;
use sha2::Sha256;
use std::ops::Range;
use uuid::Uuid;

const VERSION: u8 = 1;
const KEY_ID: usize = 16;
const WRAPPED: usize = 12 + 32 + TAG;
const SALT: usize = 32;
const PREFIX: usize = 7;
const TAG: usize = 16;

pub(super) const HEADER: u64 = (1 + KEY_ID + WRAPPED + SALT + PREFIX) as u64;
/// Plain bytes of every segment but the last.
pub(super) const SEGMENT: usize = 65_536;
const PLAIN: u64 = SEGMENT as u64;
const SEALED: u64 = PLAIN + TAG as u64;

/// How many segments a plain length takes.
const fn segments(length: u64) -> u64 {
    let full = length.div_ceil(PLAIN);
    if full == 0 { 1 } else { full }
}

/// The stored size of an object of that plain length.
pub(super) const fn stored_size(length: u64) -> u64 {
    HEADER + length + segments(length) * TAG as u64
}

/// The segments that hold a plain range, and where they are stored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub first: u64,
    /// In the stored object.
    pub stored: Range<u64>,
    /// Of the wanted range, in the plain text of those segments.
    pub wanted: Range<u64>,
    last: u64,
}

impl Span {
    pub fn of(range: &Range<u64>, length: u64) -> Result<Self, BlobError> {
        if range.start >= range.end || range.end > length {
            return Err(BlobError::Range);
        }
        let (first, last) = (range.start / PLAIN, (range.end - 1) / PLAIN);
        let begin = HEADER + first * SEALED;
        let end = (HEADER + (last + 1) * SEALED).min(stored_size(length));
        Ok(Self {
            first,
            stored: begin..end,
            wanted: range.start - first * PLAIN..range.end - first * PLAIN,
            last: segments(length) - 1,
        })
    }

    pub const fn is_last(&self, segment: u64) -> bool {
        segment == self.last
    }
}

/// Seals and opens the segments of one object.
pub(super) struct Sealer {
    cipher: Aes256Gcm,
    prefix: [u8; PREFIX],
    aad: [u8; 17],
}

impl Sealer {
    /// A fresh object: its header and the cipher that the header leads back to.
    pub fn begin(object: Uuid, wrapping: &WrappingKey) -> Result<(Vec<u8>, Self), BlobError> {
        let key = Key::random()?;
        let mut random = [0_u8; SALT + PREFIX];
        getrandom::fill(&mut random).map_err(SealError::Random)?;
        let wrapped = wrapping.key.seal(&wrap_aad(object, wrapping.id), key.bytes())?;
        let header = [[VERSION].as_slice(), wrapping.id.as_bytes(), &wrapped, &random].concat();
        let sealer = Self::derive(object, &key, &random).ok_or(BlobError::Forged(0))?;
        Ok((header, sealer))
    }

    /// The cipher of a stored object.
    pub fn from_header(object: Uuid, wrapping: &WrappingKey, header: &[u8]) -> Result<Self, BlobError> {
        let (version, rest) = header.split_first().ok_or(BlobError::Length)?;
        let (key_id, rest) = rest.split_at_checked(KEY_ID).ok_or(BlobError::Length)?;
        let (wrapped, random) = rest.split_at_checked(WRAPPED).ok_or(BlobError::Length)?;
        if *version != VERSION || key_id != wrapping.id.as_bytes() {
            return Err(BlobError::UnknownKey);
        }
        let key = wrapping
            .key
            .open(&wrap_aad(object, wrapping.id), wrapped)
            .ok()
            .and_then(|key| <[u8; 32]>::try_from(key).ok())
            .ok_or(BlobError::Forged(0))?;
        Self::derive(object, &Key::from_bytes(key), random).ok_or(BlobError::Length)
    }

    fn derive(object: Uuid, key: &Key, random: &[u8]) -> Option<Self> {
        let (salt, prefix) = random.split_at_checked(SALT)?;
        let mut derived = [0_u8; 32];
        Hkdf::<Sha256>::new(Some(salt), key.bytes())
            .expand(object.as_bytes(), &mut derived)
            .ok()?;
        let mut aad = [VERSION; 17];
        aad[..16].copy_from_slice(object.as_bytes());
        Some(Self {
            cipher: Aes256Gcm::new(&derived.into()),
            prefix: prefix.try_into().ok()?,
            aad,
        })
    }

    fn nonce(&self, segment: u32, last: bool) -> Nonce<Aes256Gcm> {
        let mut nonce = [0_u8; 12];
        nonce[..PREFIX].copy_from_slice(&self.prefix);
        nonce[PREFIX..11].copy_from_slice(&segment.to_be_bytes());
        nonce[11] = u8::from(last);
        nonce.into()
    }

    /// Seals `buffer` where it stands and appends the tag.
    pub fn seal(&self, segment: u32, last: bool, buffer: &mut Vec<u8>) -> Result<(), BlobError> {
        self.cipher
            .encrypt_in_place(&self.nonce(segment, last), &self.aad, buffer)
            .map_err(|_| BlobError::TooLong)
    }

    /// Opens the stored bytes of a span into one plain text.
    pub fn open(&self, span: &Span, stored: &[u8]) -> Result<Vec<u8>, BlobError> {
        let mut plain = vec![0; stored.len()];
        let mut written = 0;
        for (sealed, index) in stored.chunks(SEGMENT + TAG).zip(span.first..) {
            let segment = u32::try_from(index).map_err(|_| BlobError::TooLong)?;
            let (sealed, tag) = sealed.split_last_chunk::<TAG>().ok_or(BlobError::Length)?;
            let into = plain
                .get_mut(written..written + sealed.len())
                .ok_or(BlobError::Length)?;
            let buffer = InOutBuf::new(sealed, into).map_err(|_| BlobError::Length)?;
            self.cipher
                .decrypt_inout_detached(
                    &self.nonce(segment, span.is_last(index)),
                    &self.aad,
                    buffer,
                    &Tag::<Aes256Gcm>::from(*tag),
                )
                .map_err(|_| BlobError::Forged(segment))?;
            written += sealed.len();
        }
        plain.truncate(written);
        Ok(plain)
    }
}

/// Binds a wrapped key to its object: a header pasted in front of another object does not open.
fn wrap_aad(object: Uuid, wrapping: Uuid) -> Vec<u8> {
    [
        b"object key".as_slice(),
        &[VERSION],
        object.as_bytes(),
        wrapping.as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::{HEADER, PLAIN, SEALED, Span, stored_size};

    #[test]
    fn sizes_count_a_tag_per_segment_and_one_for_nothing() {
        assert_eq!(HEADER, 116);
        assert_eq!(stored_size(0), HEADER + 16);
        assert_eq!(stored_size(1), HEADER + 17);
        assert_eq!(stored_size(PLAIN), HEADER + SEALED);
        assert_eq!(stored_size(PLAIN + 1), HEADER + SEALED + 17);
    }

    #[test]
    fn a_span_covers_only_the_segments_of_its_range() {
        let span = Span::of(&(PLAIN - 1..PLAIN + 1), 3 * PLAIN).unwrap();
        assert_eq!((span.first, span.stored), (0, HEADER..HEADER + 2 * SEALED));
        let span = Span::of(&(PLAIN..PLAIN + 1), 3 * PLAIN).unwrap();
        assert_eq!(
            (span.first, span.stored, span.wanted),
            (1, HEADER + SEALED..HEADER + 2 * SEALED, 0..1)
        );
        let span = Span::of(&(2 * PLAIN..2 * PLAIN + 5), 2 * PLAIN + 5).unwrap();
        assert_eq!(span.stored.end, stored_size(2 * PLAIN + 5));
    }
}
