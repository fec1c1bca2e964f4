//! Sealed objects under attack, and ranges at their edges.

use super::{BlobError, Blobs, WrappingKey, format, path};
use crate::seal::Key;
use futures::TryStreamExt;
use object_store::{ObjectStoreExt, memory::InMemory};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

const SEGMENT: u64 = format::SEGMENT as u64;
const SEALED: usize = format::SEGMENT + 16;

struct Shelf {
    memory: Arc<InMemory>,
    blobs: Blobs,
    key: WrappingKey,
}

impl Shelf {
    fn new() -> Self {
        let memory = Arc::new(InMemory::new());
        Self {
            blobs: Blobs::new(memory.clone()),
            memory,
            key: WrappingKey {
                id: Uuid::from_u128(1),
                key: Key::random().unwrap(),
            },
        }
    }

    async fn keep(&self, id: u128, plain: &[u8]) -> Uuid {
        let id = Uuid::from_u128(id);
        let written = self.blobs.put(id, &self.key, plain).await.unwrap();
        assert_eq!(written.length, plain.len() as u64);
        assert_eq!(written.sha256.as_slice(), Sha256::digest(plain).as_slice());
        id
    }

    async fn stored(&self, id: Uuid) -> Vec<u8> {
        self.memory
            .get(&path(id))
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap()
            .to_vec()
    }

    async fn plant(&self, id: Uuid, stored: Vec<u8>) {
        self.memory.put(&path(id), stored.into()).await.unwrap();
    }

    async fn read(&self, id: Uuid, length: u64) -> Result<Vec<u8>, BlobError> {
        let object = self.blobs.open(id, &self.key, length).await?;
        Ok(object.read_all().await?.to_vec())
    }
}

/// Bytes that differ from place to place, so that a wrong slice shows.
fn plain(length: u64) -> Vec<u8> {
    (0..=250_u8).cycle().zip(0..length).map(|(byte, _)| byte).collect()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(work)
}

#[tokio::test]
async fn objects_of_every_edge_length_come_back() {
    let shelf = Shelf::new();
    for length in [
        0,
        1,
        SEGMENT - 1,
        SEGMENT,
        SEGMENT + 1,
        2 * SEGMENT,
        6 * 1024 * 1024 + 7,
    ] {
        let text = plain(length);
        let id = shelf.keep(7, &text).await;
        assert!(shelf.read(id, length).await.unwrap() == text, "length {length}");
    }
}

#[tokio::test]
async fn nothing_of_the_plain_text_is_stored() {
    let shelf = Shelf::new();
    let id = shelf.keep(7, &b"canary".repeat(100)).await;
    assert!(!shelf.stored(id).await.windows(6).any(|window| window == b"canary"));
}

#[tokio::test]
async fn ranges_at_the_edges() {
    let shelf = Shelf::new();
    let length = 2 * SEGMENT + 100;
    let text = plain(length);
    let id = shelf.keep(7, &text).await;
    for (from, to) in [
        (0, 1),
        (0, 2),
        (SEGMENT - 1, SEGMENT),
        (SEGMENT, SEGMENT + 1),
        (SEGMENT - 1, SEGMENT + 1),
        (length - 1, length),
        (0, length),
    ] {
        let read = shelf.blobs.read_range(id, &shelf.key, length, from..to).await.unwrap();
        assert!(
            read == text[usize::try_from(from).unwrap()..usize::try_from(to).unwrap()],
            "{from}..{to}"
        );
    }
    #[expect(clippy::reversed_empty_ranges, reason = "a reversed range is one of the wrong ones")]
    for wrong in [0..0, 5..5, 6..5, 0..length + 1, length..length + 1] {
        let refused = shelf.blobs.read_range(id, &shelf.key, length, wrong).await;
        assert!(matches!(refused, Err(BlobError::Range)));
    }
}

#[tokio::test]
async fn a_flipped_bit_is_found_wherever_it_is() {
    let shelf = Shelf::new();
    let length = SEGMENT + 50;
    let id = shelf.keep(7, &plain(length)).await;
    let stored = shelf.stored(id).await;
    let second = usize::try_from(format::HEADER).unwrap() + SEALED;
    // Version, key id, wrapped key, salt, prefix, first segment, its tag, second segment, last tag.
    for at in [0, 5, 40, 80, 112, 200, second - 1, second + 3, stored.len() - 1] {
        let mut flipped = stored.clone();
        flipped[at] ^= 1;
        shelf.plant(id, flipped).await;
        let refused = shelf.read(id, length).await.unwrap_err();
        match at {
            0 | 5 => assert!(matches!(refused, BlobError::UnknownKey), "{at}: {refused}"),
            _ if at > second => assert!(matches!(refused, BlobError::Forged(1)), "{at}: {refused}"),
            _ => assert!(matches!(refused, BlobError::Forged(0)), "{at}: {refused}"),
        }
    }
}

#[tokio::test]
async fn a_cut_object_is_found_even_at_a_segment_edge() {
    let shelf = Shelf::new();
    let length = 3 * SEGMENT;
    let id = shelf.keep(7, &plain(length)).await;
    let stored = shelf.stored(id).await;
    for keep in [stored.len() - 1, stored.len() - SEALED, 60, 0] {
        shelf.plant(id, stored[..keep].to_vec()).await;
        assert!(shelf.read(id, length).await.is_err(), "kept {keep}");
    }
    // Whoever also changes the kept length meets the last flag.
    shelf.plant(id, stored[..stored.len() - SEALED].to_vec()).await;
    assert!(matches!(shelf.read(id, 2 * SEGMENT).await, Err(BlobError::Forged(1))));
    let mut grown = stored.clone();
    grown.extend_from_slice(&stored[stored.len() - SEALED..]);
    shelf.plant(id, grown).await;
    assert!(matches!(shelf.read(id, length).await, Err(BlobError::Length)));
    assert!(matches!(shelf.read(id, 4 * SEGMENT).await, Err(BlobError::Forged(2))));
}

#[tokio::test]
async fn swapped_segments_are_found() {
    let shelf = Shelf::new();
    let length = 3 * SEGMENT;
    let id = shelf.keep(7, &plain(length)).await;
    let mut stored = shelf.stored(id).await;
    let first = usize::try_from(format::HEADER).unwrap();
    let (left, right) = stored[first..].split_at_mut(SEALED);
    left.swap_with_slice(&mut right[..SEALED]);
    shelf.plant(id, stored).await;
    assert!(matches!(shelf.read(id, length).await, Err(BlobError::Forged(0))));
}

#[tokio::test]
async fn swapped_objects_are_found() {
    let shelf = Shelf::new();
    let (a, b) = (shelf.keep(7, &plain(100)).await, shelf.keep(8, &plain(100)).await);
    let (stored_a, stored_b) = (shelf.stored(a).await, shelf.stored(b).await);
    shelf.plant(a, stored_b.clone()).await;
    assert!(matches!(shelf.read(a, 100).await, Err(BlobError::Forged(0))));
    // The header of one before the segments of the other.
    let header = usize::try_from(format::HEADER).unwrap();
    shelf
        .plant(a, [&stored_a[..header], &stored_b[header..]].concat())
        .await;
    assert!(matches!(shelf.read(a, 100).await, Err(BlobError::Forged(0))));
}

#[tokio::test]
async fn another_scope_does_not_open_it() {
    let shelf = Shelf::new();
    let id = shelf.keep(7, &plain(100)).await;
    let same_id_other_key = WrappingKey {
        id: shelf.key.id,
        key: Key::random().unwrap(),
    };
    assert!(matches!(
        shelf.blobs.open(id, &same_id_other_key, 100).await,
        Err(BlobError::Forged(0))
    ));
    let other = WrappingKey {
        id: Uuid::from_u128(2),
        key: shelf.key.key.clone(),
    };
    assert!(matches!(
        shelf.blobs.open(id, &other, 100).await,
        Err(BlobError::UnknownKey)
    ));
}

#[tokio::test]
async fn an_unfinished_object_is_not_there_and_a_removed_one_is_gone() {
    let shelf = Shelf::new();
    let id = Uuid::from_u128(7);
    let mut writer = shelf.blobs.create(id, &shelf.key).await.unwrap();
    writer.write(&plain(6 * 1024 * 1024)).await.unwrap();
    assert!(matches!(
        shelf.blobs.open(id, &shelf.key, 10).await,
        Err(BlobError::Missing)
    ));
    writer.abort().await.unwrap();
    shelf.keep(7, &plain(10)).await;
    shelf.blobs.remove(id).await.unwrap();
    shelf.blobs.remove(id).await.unwrap();
    assert!(matches!(
        shelf.blobs.open(id, &shelf.key, 10).await,
        Err(BlobError::Missing)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However it was cut into writes, and whatever range is read: it equals the slice of the plain text.
    #[test]
    fn a_range_equals_the_plain_slice(
        length in 1_u64..5 * SEGMENT,
        writes in proptest::collection::vec(1_usize..200_000, 1..6),
        ends in (0_u64..5 * SEGMENT, 0_u64..5 * SEGMENT),
    ) {
        let text = plain(length);
        let (low, high) = (ends.0.min(ends.1) % length, ends.0.max(ends.1) % length);
        let range = low.min(high)..low.max(high) + 1;
        let (read, streamed) = run(async {
            let shelf = Shelf::new();
            let id = Uuid::from_u128(7);
            let mut writer = shelf.blobs.create(id, &shelf.key).await.unwrap();
            let mut rest = text.as_slice();
            for size in writes {
                let (now, later) = rest.split_at(size.min(rest.len()));
                writer.write(now).await.unwrap();
                rest = later;
            }
            writer.write(rest).await.unwrap();
            let written = writer.finish().await.unwrap();
            let read = shelf.blobs.read_range(id, &shelf.key, written.length, range.clone()).await.unwrap();
            let object = shelf.blobs.open(id, &shelf.key, written.length).await.unwrap();
            let streamed: Vec<_> = object.stream(range.clone()).try_collect().await.unwrap();
            (read, streamed.concat())
        });
        let wanted = &text[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()];
        prop_assert!(read == wanted);
        prop_assert!(streamed == wanted);
    }
}
