//! A file comes in piece by piece. Each piece is sealed before it touches the disk and committed before it is
//! acknowledged, so that an upload goes on after a broken line or a restart of the server.

use super::{ObjectsForgotten, UploadArrived, object_id, shelf_key};
use crate::{
    LibraryError,
    model::{
        CHUNK, FileKind, ItemId, ItemState, LIBRARY_BYTES, Refusal, SNIFFED, UploadAsk, UploadStarted, bytes_limit,
        declared, item_name, sniff,
    },
    store::{
        self,
        item::{Item, NewItem},
        upload::Part,
    },
};
use bytes::Bytes;
use kernel::{Ctx, Tx, outbox};

/// A film longer than a day is a wrong number.
const LONGEST_MS: u32 = 24 * 3600 * 1000;

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub received: u64,
    pub bytes: u64,
}

/// Begins an upload: what can be refused by name, type and size is refused before a byte is sent.
///
/// # Errors
/// `Refused`; `NotFound` for an actor without a library.
pub async fn begin(ctx: &Ctx, ask: &UploadAsk) -> Result<UploadStarted, LibraryError> {
    ctx.actor.therapist().ok_or(LibraryError::NotFound)?;
    let kind = declared(&ask.mime, &ask.name)
        .map(FileKind::item)
        .ok_or(LibraryError::Refused(Refusal::WrongKind))?;
    if ask.bytes == 0 {
        return Err(LibraryError::Refused(Refusal::Damaged));
    }
    if ask.bytes > bytes_limit(kind) {
        return Err(LibraryError::Refused(Refusal::TooLarge));
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if store::item::bytes_taken(&mut tx).await?.saturating_add(ask.bytes) > LIBRARY_BYTES {
        return Err(LibraryError::Refused(Refusal::Quota));
    }
    let item = NewItem {
        id: ctx.ids.next(),
        owner: ctx.actor.account,
        name: item_name(&ask.name),
        kind,
        bytes: ask.bytes,
        duration_ms: ask.duration_ms.min(LONGEST_MS),
    };
    store::item::insert(&mut tx, &item, ctx.clock.now()).await?;
    shelf_key(&ctx.house, &mut tx, item.owner).await?;
    tx.commit().await?;
    Ok(UploadStarted {
        item: item.id,
        chunk: CHUNK,
    })
}

/// Where an upload goes on.
///
/// # Errors
/// `NotFound` when it is absent, foreign or over.
pub async fn standing(ctx: &Ctx, item: ItemId) -> Result<Standing, LibraryError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let item = store::item::lock(&mut tx, item).await?.ok_or(LibraryError::NotFound)?;
    match item.state {
        ItemState::Uploading { received, bytes } => Ok(Standing { received, bytes }),
        // The answer to the last piece may be lost on its way: the whole is here all the same.
        ItemState::Checking { .. } | ItemState::Ready => Ok(Standing {
            received: item.bytes,
            bytes: item.bytes,
        }),
        ItemState::Refused(refusal) => Err(LibraryError::Refused(refusal)),
    }
}

/// Adds a piece at `offset`. The item's row stays locked while the piece is written: two senders of one upload cannot
/// write over each other.
///
/// # Errors
/// `GoesOnAt` when the upload stands elsewhere; `Refused` when the bytes are not what was declared, which ends it.
pub async fn append(ctx: &Ctx, item: ItemId, offset: u64, piece: Bytes) -> Result<Standing, LibraryError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let item = store::item::lock(&mut tx, item).await?.ok_or(LibraryError::NotFound)?;
    let ItemState::Uploading { received, bytes } = item.state else {
        return Err(LibraryError::NotFound);
    };
    if offset != received {
        return Err(LibraryError::GoesOnAt(received));
    }
    if piece.is_empty() {
        return Ok(Standing { received, bytes });
    }
    let now_received = received + piece.len() as u64;
    if let Some(refusal) = refusal_of(&item, offset, now_received, &piece) {
        refuse(ctx, tx, &item, refusal).await?;
        return Err(LibraryError::Refused(refusal));
    }
    let key = shelf_key(&ctx.house, &mut tx, item.owner).await?;
    let part = Part {
        object: object_id(item.id, &format!("upload {offset}")),
        starts_at: offset,
        bytes: piece.len() as u64,
    };
    ctx.blobs.put(part.object, &key, &piece).await?;
    store::upload::add(&mut tx, item.id, part, ctx.clock.now()).await?;
    if now_received == bytes {
        store::item::begin_check(&mut tx, item.id).await?;
        let event = UploadArrived { item: item.id };
        outbox::push(&mut tx, ctx.ids.as_ref(), ctx.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(Standing {
        received: now_received,
        bytes,
    })
}

/// A wrong kind is told after its first piece, not after 500 MB of it.
fn refusal_of(item: &Item, offset: u64, now_received: u64, piece: &[u8]) -> Option<Refusal> {
    if now_received > item.bytes {
        return Some(Refusal::TooLarge);
    }
    let decides = offset == 0 && (piece.len() >= SNIFFED || now_received == item.bytes);
    let is_other = decides && sniff(piece).map(FileKind::item) != Some(item.kind);
    is_other.then_some(Refusal::WrongKind)
}

async fn refuse(ctx: &Ctx, mut tx: Tx, item: &Item, refusal: Refusal) -> Result<(), LibraryError> {
    store::item::set_refused(&mut tx, item.id, refusal).await?;
    let objects = store::upload::forget(&mut tx, item.id).await?;
    if !objects.is_empty() {
        let event = ObjectsForgotten { objects };
        outbox::push(&mut tx, ctx.ids.as_ref(), ctx.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(())
}
