//! The kit of this visit: one press or one digit puts an item on the stage.

use super::{
    people_tab::somebody_ready,
    steer::{UpNext, show, show_next},
};
use crate::{client::room::Room, model::ItemId, ui::board::toggle_board};
use kit::prelude::*;
use leptos::prelude::*;
use library::model::{ItemKind, KitItem};

#[component]
pub fn ShowTab() -> impl IntoView {
    let room = expect_context::<Room>();
    let items = Memo::new(move |_| room.door.with(|door| door.kit.items.clone()));
    view! {
        <div class="stack">
            <NextUp/>
            {move || if items.with(Vec::is_empty) {
                view! { <EmptyState icon="folder" text="No material was chosen for this visit. The board is always there."/> }.into_any()
            } else {
                view! {
                    <ol class="tiles">
                        {items.get().into_iter().enumerate().map(|(place, item)| view! { <KitCard item place/> }).collect_view()}
                    </ol>
                }.into_any()
            }}
            <Button icon="board" on_press=move || toggle_board(room)>"Whiteboard (w)"</Button>
        </div>
    }
}

#[component]
fn KitCard(item: KitItem, place: usize) -> impl IntoView {
    let room = expect_context::<Room>();
    let next = expect_context::<UpNext>();
    let KitItem {
        item: id,
        kind,
        name,
        pages,
        assets,
        ..
    } = item;
    let on_stage = move || room.stage.get().shown.item() == Some(id);
    let picture = assets
        .first()
        .filter(|_| kind != ItemKind::Video)
        .map(|asset| asset.path.clone());
    let icon = match kind {
        ItemKind::Picture => "image",
        ItemKind::Video => "film",
        ItemKind::Document => "file",
    };
    let number = (place < 9).then(|| view! { <kbd>{place + 1}</kbd> });
    let stage_later = name.clone();
    view! {
        <li class="kit-card">
            <button type="button" class="tile" aria-pressed=move || on_stage().to_string() on:click=move |_| show(room, next, id)>
                {match picture {
                    Some(src) => view! { <img src=src alt="" loading="lazy" draggable="false"/> }.into_any(),
                    None => view! { <span class="tile-mark"><Icon name=icon/></span> }.into_any(),
                }}
                <span class="tile-name">{number} " " {name}</span>
                {(pages > 1).then(|| view! { <span class="fine">{pages} " pages"</span> })}
            </button>
            <IconButton
                icon="clock"
                label=format!("Up next: {stage_later}")
                size=ButtonSize::Small
                pressed=Signal::derive(move || next.0.get() == Some(id))
                on_press=move || next.0.set(Some(id))
            />
        </li>
    }
}

/// The item that stands ready; showing it is the one primary action, unless somebody waits to be let in.
#[component]
fn NextUp() -> impl IntoView {
    let room = expect_context::<Room>();
    let next = expect_context::<UpNext>();
    let name = move || {
        let wanted: ItemId = next.0.get()?;
        room.door.with(|door| {
            door.kit
                .items
                .iter()
                .find(|item| item.item == wanted)
                .map(|item| item.name.clone())
        })
    };
    let ready = somebody_ready(room);
    move || {
        name().map(|name| {
            let kind = if ready.get() {
                ButtonKind::Plain
            } else {
                ButtonKind::Primary
            };
            view! {
                <div class="up-next">
                    <p>"Up next: " <strong>{name}</strong></p>
                    <Button kind on_press=move || show_next(room, next)>"Show (n)"</Button>
                </div>
            }
        })
    }
}
