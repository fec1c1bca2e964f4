//! What the pages of the library show.

use crate::model::{ItemId, ItemKind, ItemState, KitItem};
use kernel::VisitId;
use kit::prelude::TimeParts;
use serde::{Deserialize, Serialize};

/// An item on its owner's shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    pub id: ItemId,
    pub name: String,
    pub kind: ItemKind,
    pub state: ItemState,
    /// Of the file as it was sent.
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub pages: u32,
    pub duration_ms: u32,
}

impl ItemView {
    /// A small picture of it, once it is ready. A film has none: its own first frame serves.
    pub fn thumbnail(&self) -> Option<String> {
        match (self.state, self.kind) {
            (ItemState::Ready, ItemKind::Picture) => Some(format!("/media/{}/small", self.id)),
            (ItemState::Ready, ItemKind::Document) => Some(format!("/media/{}/p1-small", self.id)),
            _ => None,
        }
    }

    /// The film itself, once it is ready.
    pub fn film(&self) -> Option<String> {
        (self.state == ItemState::Ready && self.kind == ItemKind::Video).then(|| format!("/media/{}/film", self.id))
    }
}

/// A coming visit that uses an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitUse {
    pub visit: VisitId,
    pub when: TimeParts,
    pub patient_name: String,
}

/// How far the kit of a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitInShort {
    pub visit: VisitId,
    /// In its order; what was deleted meanwhile counts as not ready.
    pub items: u32,
    pub ready: u32,
}

/// What became of the wish to delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemoveAnswer {
    Removed,
    /// Nothing was deleted; these visits need the item (at most five, soonest first).
    UsedBy(Vec<VisitUse>),
}

/// One row of the order of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    pub item: ItemId,
    pub name: String,
    /// `None`: the item was deleted meanwhile. The row stays, so that the gap is seen.
    pub kind: Option<ItemKind>,
    pub pages: u32,
    pub duration_ms: u32,
}

impl RowView {
    pub fn gone(item: ItemId, name: &str) -> Self {
        Self {
            item,
            name: name.to_owned(),
            kind: None,
            pages: 0,
            duration_ms: 0,
        }
    }
}

impl From<&KitItem> for RowView {
    fn from(item: &KitItem) -> Self {
        Self {
            item: item.item,
            name: item.name.clone(),
            kind: Some(item.kind),
            pages: item.pages,
            duration_ms: item.duration_ms,
        }
    }
}

/// The kit of a visit as its therapist prepares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepareView {
    pub visit: VisitId,
    pub when: TimeParts,
    pub patient_name: String,
    /// It may still be changed.
    pub is_open: bool,
    pub rows: Vec<RowView>,
    pub waiting: Option<ItemId>,
    pub message: String,
}

#[cfg(feature = "ssr")]
impl From<crate::store::item::Item> for ItemView {
    fn from(item: crate::store::item::Item) -> Self {
        Self {
            id: item.id,
            name: item.name,
            kind: item.kind,
            state: item.state,
            bytes: item.bytes,
            width: item.width,
            height: item.height,
            pages: item.pages,
            duration_ms: item.duration_ms,
        }
    }
}
