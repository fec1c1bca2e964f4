//! The virtual page of 1600 x 900, letterboxed: material below, ink above.

use super::{empty::EmptyStage, film::StageFilm, still::StageStill};
use crate::{
    client::room::Room,
    model::{ItemId, Shown},
    ui::board::BoardCanvas,
};
use leptos::prelude::*;
use library::model::{Asset, KitItem};

/// Which layer of material is up. A change of page inside one kind keeps the layer, and with it the last picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Material {
    Nothing,
    Still,
    Film(ItemId),
    Board,
}

impl From<Shown> for Material {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Nothing => Self::Nothing,
            Shown::Picture { .. } | Shown::Page { .. } => Self::Still,
            Shown::Video { item } => Self::Film(item),
            Shown::Board { .. } => Self::Board,
        }
    }
}

#[component]
pub fn Stage() -> impl IntoView {
    let room = expect_context::<Room>();
    let shown = Memo::new(move |_| room.stage.get().shown);
    let material = Memo::new(move |_| Material::from(shown.get()));
    // The host may have added an item after this page read the kit.
    Effect::new(move || {
        let unknown = shown
            .get()
            .item()
            .is_some_and(|item| room.door.with(|door| item_of(&door.kit.items, item).is_none()));
        if unknown {
            room.renew_door();
        }
    });
    let shaken = shake(room);
    view! {
        <div class="stage-area"><div
            class="stage"
            role="region"
            aria-label="Stage"
            data-shown=move || name(shown.get())
            data-shake=move || shaken.get().then_some("true")
            data-stage-hash=move || format!("{:016x}", room.hash.get())
        >
            {move || match material.get() {
                    Material::Nothing => view! { <EmptyStage/> }.into_any(),
                    Material::Still => view! { <StageStill/> }.into_any(),
                    Material::Film(item) => view! { <StageFilm item/> }.into_any(),
                    Material::Board => view! { <BlankPage/> }.into_any(),
                }}
            <BoardCanvas/>
        </div></div>
    }
}

/// White paper; the strokes are the layer above.
#[component]
fn BlankPage() -> impl IntoView {
    let room = expect_context::<Room>();
    Effect::new(move || room.painted(room.stage.get().seq, None));
    view! { <div class="stage-paper" data-pen="white"></div> }
}

/// A refused act shakes gently, once.
fn shake(room: Room) -> ReadSignal<bool> {
    let (shaken, set_shaken) = signal(false);
    Effect::new(move || {
        if room.refused.get().is_some() {
            set_shaken.set(true);
            set_timeout(
                move || {
                    set_shaken.try_set(false);
                },
                std::time::Duration::from_millis(400),
            );
        }
    });
    shaken
}

pub fn item_of(items: &[KitItem], item: ItemId) -> Option<&KitItem> {
    items.iter().find(|known| known.item == item)
}

/// The file behind what is shown.
pub fn asset_of(items: &[KitItem], shown: Shown) -> Option<(&KitItem, &Asset)> {
    let known = item_of(items, shown.item()?)?;
    let asset = match shown {
        Shown::Page { page, .. } => known.assets.iter().find(|asset| asset.page == u32::from(page))?,
        _ => known.assets.first()?,
    };
    Some((known, asset))
}

const fn name(shown: Shown) -> &'static str {
    match shown {
        Shown::Nothing => "nothing",
        Shown::Picture { .. } => "picture",
        Shown::Page { .. } => "page",
        Shown::Video { .. } => "video",
        Shown::Board { .. } => "board",
    }
}
