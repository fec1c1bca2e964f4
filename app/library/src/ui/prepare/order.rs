//! The order of the session: 1-9 in the room follow it. Alt and an arrow move a row, Delete removes it, with undo.

use super::{desk::KitDesk, model::Change};
use crate::{
    api::view::RowView,
    model::ItemId,
    ui::words::{kind_icon, kind_line},
};
use kit::prelude::*;
use leptos::{ev::KeyboardEvent, prelude::*};

#[component]
pub fn OrderView(desk: KitDesk) -> impl IntoView {
    let rows = Memo::new(move |_| desk.kit.with(|kit| kit.rows.clone()));
    let place = move |item: ItemId| {
        Signal::derive(move || {
            rows.with(|rows| rows.iter().position(|row| row.item == item))
                .map_or(0, |at| at + 1)
        })
    };
    view! {
        <Section title="Order of the session">
            <Show
                when=move || rows.with(|rows| !rows.is_empty())
                fallback=|| view! { <EmptyState icon="board" text="Add what you will show. 1-9 in the session follow this order."/> }
            >
                <ol class="order" aria-describedby="order-keys">
                    <For each=move || rows.get() key=|row| (row.item, row.kind) let:row>
                        <OrderRow desk place=place(row.item) row/>
                    </For>
                </ol>
                <p id="order-keys" class="fine">"On a row: Alt with an arrow key moves it, Delete removes it."</p>
            </Show>
        </Section>
    }
    .into_any()
}

#[component]
fn OrderRow(desk: KitDesk, place: Signal<usize>, row: RowView) -> impl IntoView {
    let id = row.item;
    let toasts = use_toasts();
    let hydrated = use_hydrated();
    let count = move || desk.kit.with(|kit| kit.rows.len());
    let off = move || !hydrated.get() || !desk.is_open();
    let gone = row.kind.is_none();
    let name = row.name.clone();
    let remove = {
        let said = format!("{} is out of the order.", row.name);
        move || {
            let Some(at) = place
                .get_untracked()
                .checked_sub(1)
                .and_then(|at| u32::try_from(at).ok())
            else {
                return;
            };
            desk.change(Change::Take(id));
            // What was deleted from the library cannot come back.
            if gone {
                return;
            }
            toasts.say_with_undo(said.clone(), move || {
                desk.change(Change::Add(id));
                desk.change(Change::Move(id, at));
            });
        }
    };
    let remove_by_key = remove.clone();
    let keys = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => Some(false),
            "ArrowDown" if event.alt_key() => Some(true),
            "Delete" => {
                event.prevent_default();
                remove_by_key();
                None
            }
            _ => None,
        };
        if let Some(down) = step {
            event.prevent_default();
            desk.step(id, down);
        }
    };
    let line = match row.kind {
        Some(kind) => kind_line(kind, row.pages, row.duration_ms),
        None => "Deleted from the library. Choose another.".to_owned(),
    };
    view! {
        <li class="order-row" data-gone=gone.then_some("") tabindex="0" on:keydown=keys>
            <span class="order-place number">{move || place.get()}</span>
            <Icon name=row.kind.map_or("alert", kind_icon)/>
            <span class="order-words"><span class="strong">{name.clone()}</span><span class="fine">{line}</span></span>
            <span class="order-acts">
                <IconButton icon="chevron-up" label=format!("Move {name} up") size=ButtonSize::Small
                    disabled=Signal::derive(move || off() || place.get() <= 1) on_press=move || desk.step(id, false)/>
                <IconButton icon="chevron-down" label=format!("Move {name} down") size=ButtonSize::Small
                    disabled=Signal::derive(move || off() || place.get() >= count()) on_press=move || desk.step(id, true)/>
                <IconButton icon="x" label=format!("Remove {name}") size=ButtonSize::Small
                    disabled=Signal::derive(off) on_press=remove/>
            </span>
        </li>
    }
}
