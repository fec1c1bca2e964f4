//! What everybody sees. One server-owned state, mounted by the same component on the patient's page and in the host's
//! left pane, so that "left" is what the patient sees.

use super::{ItemId, Playback, Sheet};
use serde::{Deserialize, Serialize};

/// The stage is one fixed virtual page, letterboxed on every screen.
pub const PAGE_WIDTH: u16 = 1_600;
pub const PAGE_HEIGHT: u16 = 900;

/// The one thing on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Shown {
    /// The therapist fills the stage.
    #[default]
    Nothing,
    Picture {
        item: ItemId,
    },
    /// One page of a document, counted from 1 as in its kit item.
    Page {
        item: ItemId,
        page: u16,
    },
    Video {
        item: ItemId,
    },
    /// The whiteboard; sheets are counted from 0.
    Board {
        sheet: u16,
    },
}

impl Shown {
    /// The sheet that is drawn on over this. Each picture and page keeps its own.
    pub const fn sheet(self) -> Option<Sheet> {
        match self {
            Self::Nothing => None,
            Self::Picture { item } | Self::Video { item } => Some(Sheet::Over { item, page: 0 }),
            Self::Page { item, page } => Some(Sheet::Over { item, page }),
            Self::Board { sheet } => Some(Sheet::Blank(sheet)),
        }
    }

    pub const fn item(self) -> Option<ItemId> {
        match self {
            Self::Picture { item } | Self::Page { item, .. } | Self::Video { item } => Some(item),
            Self::Nothing | Self::Board { .. } => None,
        }
    }
}

/// The stage with the event that last changed what it shows: the number a `RenderAck` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stage {
    pub shown: Shown,
    pub seq: u64,
    /// Present while a video is shown.
    pub playback: Option<Playback>,
}
