//! Where an item stands between the therapist's file and the shelf, and how an upload begins.

use super::{ItemId, Refusal};
use serde::{Deserialize, Serialize};

/// `Uploading` → `Checking` → `Ready` | `Refused`. Nobody but its owner sees an item that is not ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemState {
    /// Bytes are arriving: so many of so many.
    Uploading {
        received: u64,
        bytes: u64,
    },
    /// All bytes are here. Steps are pages of a document, else one.
    Checking {
        done: u32,
        all: u32,
    },
    Ready,
    Refused(Refusal),
}

impl ItemState {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uploading { .. } => "uploading",
            Self::Checking { .. } => "checking",
            Self::Ready => "ready",
            Self::Refused(_) => "refused",
        }
    }

    /// Still changing by itself: the page asks again.
    pub const fn is_moving(self) -> bool {
        matches!(self, Self::Checking { .. })
    }
}

/// What the browser says about a file before it sends a byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadAsk {
    /// The file's name, as the therapist sees it.
    pub name: String,
    pub bytes: u64,
    /// The type the browser guessed, maybe empty.
    pub mime: String,
    /// Of a video, as the browser measured it: a recorded `WebM` does not tell its own length. 0 for everything else.
    pub duration_ms: u32,
}

/// The answer: where to send the bytes to, and in what pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadStarted {
    pub item: ItemId,
    pub chunk: u64,
}

/// The name of an item from the name of its file: without folder and ending, at most 120 characters.
pub fn item_name(file: &str) -> String {
    const LONGEST: usize = 120;
    let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match file.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        _ => file,
    };
    let clean: String = stem.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let clean = clean.trim();
    if clean.is_empty() {
        "File".to_owned()
    } else {
        clean.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::item_name;

    #[test]
    fn a_name_loses_folder_ending_and_control_characters() {
        assert_eq!(item_name("C:\\pictures\\tree.png"), "tree");
        assert_eq!(item_name("../../etc/At the shop.mp4"), "At the shop");
        assert_eq!(item_name("v1.2 of the plan"), "v1.2 of the plan");
        assert_eq!(item_name(".png"), ".png");
        assert_eq!(item_name("\u{7}\n"), "File");
        assert_eq!(item_name(&"ä".repeat(300)).chars().count(), 120);
    }
}
