//! The library beside the order: Enter adds.

use super::{desk::KitDesk, model::Change};
use crate::{
    api::view::ItemView,
    ui::{
        parts::{Face, KindLine},
        words::kind_word,
    },
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn SourceView(desk: KitDesk) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let shelf = desk.shelf.get_value();
    let is_empty = shelf.is_empty();
    let fits = move |item: &ItemView| {
        let name = item.name.to_lowercase();
        typed.with(|typed| typed.to_lowercase().split_whitespace().all(|word| name.contains(word)))
    };
    let shown = Memo::new(move |_| shelf.iter().filter(|item| fits(item)).cloned().collect::<Vec<_>>());
    view! {
        <Section title="Library">
            <Show
                when=move || !is_empty
                fallback=|| view! {
                    <EmptyState icon="folder" text="Nothing in your library yet.">
                        <LinkButton href="/care/library">"Open the library"</LinkButton>
                    </EmptyState>
                }
            >
                <Field name="search" label="Search names" input_type="search" on_input=move |text: String| typed.set(text)/>
                <ul class="pick" role="list">
                    <For each=move || shown.get() key=|item| item.id let:item>
                        <Pick desk item/>
                    </For>
                </ul>
            </Show>
        </Section>
    }
    .into_any()
}

#[component]
fn Pick(desk: KitDesk, item: ItemView) -> impl IntoView {
    let id = item.id;
    let hydrated = use_hydrated();
    let is_in = Memo::new(move |_| desk.kit.with(|kit| kit.rows.iter().any(|row| row.item == id)));
    let (name, kind, pages, duration_ms) = (item.name.clone(), item.kind, item.pages, item.duration_ms);
    let label = format!("Add {} ({})", item.name, kind_word(item.kind));
    view! {
        <li>
            <span class="pick-face"><Face item/></span>
            <span class="pick-words"><span class="strong">{name}</span><KindLine kind pages duration_ms/></span>
            <Show
                when=move || !is_in.get()
                fallback=|| view! { <span class="fine cluster"><Icon name="check"/>"In the order"</span> }
            >
                <Button size=ButtonSize::Small icon="plus" label=label.clone()
                    disabled=Signal::derive(move || !hydrated.get() || !desk.is_open())
                    on_press=move || desk.change(Change::Add(id))>"Add"</Button>
            </Show>
        </li>
    }
}
