//! The kit of a visit: what the therapist prepared, in order, with the files a device loads beforehand.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

kernel::id! {
    /// One picture, video or document of a therapist's library.
    ItemId,
}

/// What an item is. A document is shown page by page, each page a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    Picture,
    Video,
    Document,
}

impl ItemKind {
    pub const ALL: [Self; 3] = [Self::Picture, Self::Video, Self::Document];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Video => "video",
            Self::Document => "document",
        }
    }
}

impl fmt::Display for ItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of item")]
pub struct NotAKind;

impl FromStr for ItemKind {
    type Err = NotAKind;
    fn from_str(text: &str) -> Result<Self, NotAKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(NotAKind)
    }
}

/// One file a device loads to show an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// `/media/{item}/{variant}`.
    pub path: String,
    pub bytes: u64,
    /// Of the plain bytes, as 64 hex digits.
    pub sha256: String,
    /// From 1 for a page of a document, 0 for everything else.
    pub page: u32,
}

/// An item with what the room needs to show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitItem {
    pub item: ItemId,
    pub kind: ItemKind,
    pub name: String,
    /// Pixels of the shown picture, of the film, or of the first page.
    pub width: u32,
    pub height: u32,
    /// Of a document; 0 for everything else.
    pub pages: u32,
    /// Of a video; 0 for everything else.
    pub duration_ms: u32,
    /// In the order of the pages. A picture and a video have one.
    pub assets: Vec<Asset>,
}

/// Everything a visit needs, readied beforehand (U6).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kit {
    pub waiting_video: Option<KitItem>,
    /// In the order of the session: 1-9 in the room follow it.
    pub items: Vec<KitItem>,
}
