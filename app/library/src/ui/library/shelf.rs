//! The shelf: kinds and search on the left, tiles in the middle, the chosen item on the right.

use super::{desk::Desk, look::LookAt};
use crate::{
    api::view::ItemView,
    model::{ItemId, ItemKind},
    ui::{
        parts::{Face, KindLine},
        words::{kind_icon, kind_word},
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The address of a view of the shelf.
pub fn address(kind: Option<ItemKind>, item: Option<ItemId>) -> String {
    let mut parts = Vec::new();
    parts.extend(kind.map(|kind| format!("kind={kind}")));
    parts.extend(item.map(|item| format!("item={item}")));
    if parts.is_empty() {
        "/care/library".to_owned()
    } else {
        format!("/care/library?{}", parts.join("&"))
    }
}

/// Which items a view shows: of the kind, with every typed word somewhere in the name.
pub fn fits(item: &ItemView, kind: Option<ItemKind>, typed: &str) -> bool {
    let name = item.name.to_lowercase();
    kind.is_none_or(|kind| item.kind == kind) && typed.to_lowercase().split_whitespace().all(|word| name.contains(word))
}

#[component]
pub fn ShelfView(desk: Desk) -> impl IntoView {
    let query = use_query_map();
    let kind = Memo::new(move |_| {
        query
            .with(|query| query.get("kind"))
            .and_then(|kind| kind.parse::<ItemKind>().ok())
    });
    let chosen = Memo::new(move |_| {
        query
            .with(|query| query.get("item"))
            .and_then(|item| item.parse::<ItemId>().ok())
    });
    let typed = RwSignal::new(String::new());
    let ready = Memo::new(move |_| desk.ready());
    let shown = Memo::new(move |_| {
        typed.with(|typed| {
            ready.with(|items| {
                items
                    .iter()
                    .filter(|item| fits(item, kind.get(), typed))
                    .cloned()
                    .collect::<Vec<_>>()
            })
        })
    });
    let looked_at = Memo::new(move |_| {
        chosen
            .get()
            .and_then(|chosen| ready.with(|items| items.iter().find(|item| item.id == chosen).cloned()))
    });
    view! {
        <div class="library" data-preview=move || looked_at.with(Option::is_some).then_some("")>
            <Kinds ready kind typed/>
            <div class="stack">
                <Show
                    when=move || shown.with(|items| !items.is_empty())
                    fallback=move || view! { <Nothing shelf_is_empty=Signal::derive(move || ready.with(Vec::is_empty))/> }
                >
                    <ul class="tiles">
                        <For each=move || shown.get() key=|item| (item.id, item.name.clone()) let:item>
                            <Tile item kind chosen/>
                        </For>
                    </ul>
                </Show>
            </div>
            {move || looked_at.get().map(|item| view! { <LookAt desk item back=address(kind.get_untracked(), None)/> })}
        </div>
    }
    .into_any()
}

#[component]
fn Nothing(shelf_is_empty: Signal<bool>) -> impl IntoView {
    let text = move || {
        if shelf_is_empty.get() {
            "Nothing here yet. Drop pictures, videos or PDF files.".to_owned()
        } else {
            "Nothing fits. Try another word or kind.".to_owned()
        }
    };
    view! { <EmptyState icon="folder" text=Signal::derive(text)/> }
}

#[component]
fn Kinds(ready: Memo<Vec<ItemView>>, kind: Memo<Option<ItemKind>>, typed: RwSignal<String>) -> impl IntoView {
    let count =
        move |kind: Option<ItemKind>| ready.with(|items| items.iter().filter(|item| fits(item, kind, "")).count());
    let entry = move |entry: Option<ItemKind>| {
        let (icon, word) = entry.map_or(("folder", "All"), |kind| (kind_icon(kind), kind_word(kind)));
        let plural = if entry.is_some() {
            format!("{word}s")
        } else {
            word.to_owned()
        };
        view! {
            <li>
                <a
                    href=address(entry, None)
                    data-noscroll
                    aria-current=move || (kind.get() == entry).then_some("true")
                >
                    <Icon name=icon/>
                    <span>{plural}</span>
                    <span class="fine number">{move || count(entry)}</span>
                </a>
            </li>
        }
    };
    let kinds = [
        None,
        Some(ItemKind::Picture),
        Some(ItemKind::Video),
        Some(ItemKind::Document),
    ]
    .map(entry)
    .into_iter()
    .collect_view();
    view! {
        <nav class="stack" aria-label="Kinds">
            <Field name="search" label="Search names" input_type="search" label_hidden=false
                on_input=move |text: String| typed.set(text)/>
            <ul class="tree" role="list">{kinds}</ul>
        </nav>
    }
}

#[component]
fn Tile(item: ItemView, kind: Memo<Option<ItemKind>>, chosen: Memo<Option<ItemId>>) -> impl IntoView {
    let id = item.id;
    let (name, item_kind, pages, duration_ms) = (item.name.clone(), item.kind, item.pages, item.duration_ms);
    view! {
        <li>
            <a
                class="tile"
                href=move || address(kind.get(), Some(id))
                data-noscroll
                aria-current=move || (chosen.get() == Some(id)).then_some("true")
            >
                <Face item/>
                <span class="tile-name">{name}</span>
                <KindLine kind=item_kind pages duration_ms/>
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::{address, fits};
    use crate::{
        api::view::ItemView,
        model::{ItemId, ItemKind, ItemState},
    };
    use kernel::__uuid::Uuid;

    #[test]
    fn a_search_finds_every_typed_word_in_any_case() {
        let item = ItemView {
            id: ItemId::new(Uuid::nil()),
            name: "At the Shop".to_owned(),
            kind: ItemKind::Video,
            state: ItemState::Ready,
            bytes: 1,
            width: 1,
            height: 1,
            pages: 0,
            duration_ms: 0,
        };
        assert!(fits(&item, None, "shop at") && fits(&item, Some(ItemKind::Video), ""));
        assert!(!fits(&item, None, "shop zoo") && !fits(&item, Some(ItemKind::Picture), "shop"));
    }

    #[test]
    fn an_address_carries_only_what_is_chosen() {
        let id = ItemId::new(Uuid::nil());
        assert_eq!(address(None, None), "/care/library");
        assert_eq!(
            address(Some(ItemKind::Video), Some(id)),
            format!("/care/library?kind=video&item={id}")
        );
    }
}
