//! Why a file is not taken, in a code for machines and a sentence for people (M14).

use super::{DOCUMENT_PAGES, ItemKind, LIBRARY_BYTES, PICTURE_PIXELS, bytes_limit, megabytes};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Not one of the kinds we take, or not what it says it is.
    WrongKind,
    TooLarge,
    TooManyPixels,
    TooManyPages,
    /// Begins like a file of its kind but does not open.
    Damaged,
    /// A PDF that asks for a password.
    Locked,
    /// The therapist's library is full.
    Quota,
    /// It stopped before its end, and nobody went on with it.
    Abandoned,
}

impl Refusal {
    pub const ALL: [Self; 8] = [
        Self::WrongKind,
        Self::TooLarge,
        Self::TooManyPixels,
        Self::TooManyPages,
        Self::Damaged,
        Self::Locked,
        Self::Quota,
        Self::Abandoned,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongKind => "wrong_kind",
            Self::TooLarge => "too_large",
            Self::TooManyPixels => "too_many_pixels",
            Self::TooManyPages => "too_many_pages",
            Self::Damaged => "damaged",
            Self::Locked => "locked",
            Self::Quota => "quota",
            Self::Abandoned => "abandoned",
        }
    }

    /// What the tray says about `file`: which file, why, the limit, what to do.
    pub fn sentence(self, file: &str, kind: Option<ItemKind>, bytes: u64) -> String {
        let size = megabytes(bytes);
        match (self, kind) {
            (Self::TooLarge, Some(kind)) => {
                let limit = megabytes(bytes_limit(kind));
                format!("{file} has {size} MB; {limit} MB is the limit. Choose a shorter or smaller file.")
            }
            (Self::TooLarge, None) => format!("{file} has {size} MB, which is too large. Choose a smaller file."),
            (Self::WrongKind, Some(kind)) => {
                let (thing, kinds) = match kind {
                    ItemKind::Picture => ("a picture", "JPEG, PNG or WebP"),
                    ItemKind::Document => ("a document", "PDF"),
                    ItemKind::Video => ("a video", "MP4 or WebM"),
                };
                format!(
                    "{file} does not open as {thing}: it is damaged, or something else under that name. Save it anew as {kinds} and try again."
                )
            }
            (Self::WrongKind, None) => {
                format!("{file} is not a kind we can show. Use JPEG, PNG, WebP, PDF, MP4 or WebM.")
            }
            (Self::TooManyPixels, _) => format!(
                "{file} has too many pixels; {} million is the limit. Choose a smaller picture.",
                PICTURE_PIXELS / 1_000_000
            ),
            (Self::TooManyPages, _) => {
                format!("{file} has too many pages; {DOCUMENT_PAGES} is the limit. Split it into parts.")
            }
            (Self::Damaged, _) => format!("{file} is damaged and does not open. Save it anew and try again."),
            (Self::Locked, _) => format!("{file} asks for a password. Save it without one and try again."),
            (Self::Quota, _) => format!(
                "Your library is full: {} GB is the limit. Delete what you no longer need.",
                LIBRARY_BYTES / 1_000_000_000
            ),
            (Self::Abandoned, _) => {
                format!("{file} did not arrive as a whole, and a day went by. Send it again from its beginning.")
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a refusal")]
pub struct NotARefusal;

impl FromStr for Refusal {
    type Err = NotARefusal;
    fn from_str(code: &str) -> Result<Self, NotARefusal> {
        Self::ALL
            .into_iter()
            .find(|refusal| refusal.code() == code)
            .ok_or(NotARefusal)
    }
}

#[cfg(test)]
mod tests {
    use super::Refusal;
    use crate::model::ItemKind;

    #[test]
    fn every_refusal_survives_its_code() {
        for refusal in Refusal::ALL {
            assert_eq!(refusal.code().parse(), Ok(refusal));
        }
    }

    #[test]
    fn a_broken_picture_is_not_called_a_kind_we_cannot_show() {
        let broken = Refusal::WrongKind.sentence("sun.png", Some(ItemKind::Picture), 12);
        assert!(
            broken.contains("does not open as a picture") && broken.contains("JPEG, PNG or WebP"),
            "{broken}"
        );
        let foreign = Refusal::WrongKind.sentence("song.mp3", None, 12);
        assert!(foreign.contains("not a kind we can show"), "{foreign}");
    }

    #[test]
    fn a_large_file_is_named_with_its_limit() {
        assert_eq!(
            Refusal::TooLarge.sentence("winter.mp4", Some(ItemKind::Video), 640_000_000),
            "winter.mp4 has 640 MB; 500 MB is the limit. Choose a shorter or smaller file."
        );
        let just_over = Refusal::TooLarge.sentence("a.png", Some(ItemKind::Picture), 40_000_001);
        assert!(just_over.starts_with("a.png has 41 MB; 40 MB"), "{just_over}");
    }

    #[test]
    fn every_sentence_says_what_to_do() {
        for refusal in Refusal::ALL {
            let text = refusal.sentence("x.pdf", None, 1);
            assert!(
                text.ends_with('.') && text.contains(". ") || text.contains(": "),
                "{text}"
            );
            assert!(text.chars().all(|c| c != '!'), "{text}");
        }
    }
}
