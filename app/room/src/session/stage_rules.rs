//! What may be put on the stage: things of this visit's kit, and the whiteboard.

use crate::model::{ItemId, Playback, Refusal, Shown, board::MAX_SHEETS};
use library::model::{ItemKind, Kit};
use std::collections::HashMap;

#[derive(Debug, Default)]
pub(super) struct Showable(HashMap<ItemId, Facts>);

#[derive(Debug, Clone, Copy)]
struct Facts {
    kind: ItemKind,
    pages: u32,
    duration_ms: u32,
}

impl From<&Kit> for Showable {
    fn from(kit: &Kit) -> Self {
        let items = kit.items.iter().chain(&kit.waiting_video);
        Self(
            items
                .map(|item| {
                    let facts = Facts {
                        kind: item.kind,
                        pages: item.pages,
                        duration_ms: item.duration_ms,
                    };
                    (item.item, facts)
                })
                .collect(),
        )
    }
}

impl Showable {
    /// The playback that goes with `shown`, if it is a video.
    ///
    /// # Errors
    /// `NotInKit` for anything this visit does not hold, or does not hold as that kind.
    pub(super) fn check(&self, shown: Shown, now_ms: u64) -> Result<Option<Playback>, Refusal> {
        let facts = |item| self.0.get(&item).ok_or(Refusal::NotInKit);
        match shown {
            Shown::Nothing => Ok(None),
            Shown::Board { sheet } if sheet < MAX_SHEETS => Ok(None),
            Shown::Picture { item } if facts(item)?.kind == ItemKind::Picture => Ok(None),
            Shown::Page { item, page } => {
                let facts = facts(item)?;
                let exists = facts.kind == ItemKind::Document && (1..=facts.pages).contains(&u32::from(page));
                if exists { Ok(None) } else { Err(Refusal::NotInKit) }
            }
            Shown::Video { item } => {
                let facts = facts(item)?;
                if facts.kind != ItemKind::Video {
                    return Err(Refusal::NotInKit);
                }
                Ok(Some(Playback::new(item, facts.duration_ms, now_ms)))
            }
            Shown::Board { .. } => Err(Refusal::TooLarge),
            Shown::Picture { .. } => Err(Refusal::NotInKit),
        }
    }
}
