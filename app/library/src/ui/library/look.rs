//! The chosen item, large, with its name and the way out of the library (G30).

use super::desk::Desk;
use crate::{
    api::{
        self,
        view::{ItemView, RemoveAnswer, VisitUse},
    },
    model::ItemKind,
    ui::words::kind_line,
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn LookAt(desk: Desk, item: ItemView, back: String) -> impl IntoView {
    let hydrated = use_hydrated();
    let asking = RwSignal::new(false);
    let line = kind_line(item.kind, item.pages, item.duration_ms);
    let size = format!("{} x {}", item.width, item.height);
    let dialog_item = item.clone();
    let leave = back.clone();
    view! {
        <aside class="stack" aria-label="Preview">
            <div class="cluster apart">
                <h2>{item.name.clone()}</h2>
                <a class="fine" href=back data-noscroll>"Close"</a>
            </div>
            <Shown item=item.clone()/>
            <p class="fine">{line}" · "<span class="number">{size}</span></p>
            <Show when=move || hydrated.get()>
                <div class="cluster">
                    <Button kind=ButtonKind::Danger icon="trash" on_press=move || asking.set(true)>"Delete"</Button>
                </div>
            </Show>
            <RemoveDialog desk item=dialog_item asking leave/>
        </aside>
    }
    .into_any()
}

#[component]
fn Shown(item: ItemView) -> impl IntoView {
    let id = item.id;
    match item.kind {
        ItemKind::Picture => view! { <img class="look" src=format!("/media/{id}/full") alt=item.name.clone() width=item.width height=item.height/> }.into_any(),
        ItemKind::Video => {
            view! { <video class="look" src=format!("/media/{id}/film") controls preload="metadata" playsinline></video> }.into_any()
        }
        ItemKind::Document => view! { <Pages item/> }.into_any(),
    }
}

#[component]
fn Pages(item: ItemView) -> impl IntoView {
    let (id, pages) = (item.id, item.pages);
    let page = RwSignal::new(1_u32);
    let name = item.name.clone();
    view! {
        <img
            class="look"
            src=move || format!("/media/{id}/p{}", page.get())
            alt=move || format!("{name}, page {}", page.get())
            width=item.width
            height=item.height
        />
        <Show when=move || { pages > 1 }>
            <div class="cluster apart">
                <IconButton icon="chevron-left" label="Page before" disabled=Signal::derive(move || page.get() == 1)
                    on_press=move || page.update(|page| *page = (*page - 1).max(1))/>
                <span class="fine number" aria-live="polite">{move || format!("Page {} of {pages}", page.get())}</span>
                <IconButton icon="chevron-right" label="Page after" disabled=Signal::derive(move || page.get() == pages)
                    on_press=move || page.update(|page| *page = (*page + 1).min(pages))/>
            </div>
        </Show>
    }
}

/// Asks before deleting, and asks again when a coming visit would miss the item.
#[component]
fn RemoveDialog(desk: Desk, item: ItemView, asking: RwSignal<bool>, leave: String) -> impl IntoView {
    let id = item.id;
    let uses = RwSignal::new(Vec::<VisitUse>::new());
    let failed = RwSignal::new(false);
    let remove = Action::new_local(move |sure: &bool| api::remove_item(id, *sure));
    let navigate = use_navigate();
    let toasts = use_toasts();
    let gone = format!("{} is deleted.", item.name);
    Effect::new(move |_| match remove.value().get() {
        Some(Ok(RemoveAnswer::Removed)) => {
            desk.forget(id);
            toasts.say(Tone::Good, gone.clone());
            navigate(
                &leave,
                leptos_router::NavigateOptions {
                    scroll: false,
                    ..Default::default()
                },
            );
        }
        Some(Ok(RemoveAnswer::UsedBy(visits))) => uses.set(visits),
        Some(Err(_)) => failed.set(true),
        None => {}
    });
    let press = move || {
        failed.set(false);
        remove.dispatch_local(uses.with_untracked(|uses| !uses.is_empty()));
    };
    view! {
        <Dialog title=format!("Delete {}?", item.name) open=asking id="remove-item">
            <Show
                when=move || uses.with(|uses| !uses.is_empty())
                fallback=|| view! { <p>"The file is removed from your library and cannot be brought back."</p> }
            >
                <p>"You prepared it for a coming visit. Without it, its place in the order stays empty."</p>
                <ul class="lines">
                    <For each=move || uses.get() key=|used| used.visit let:used>
                        <li>
                            <a class="line" href=format!("/care/visits/{}/prepare", used.visit)>
                                <LocalTime time=used.when/>
                                <span>{used.patient_name}</span>
                            </a>
                        </li>
                    </For>
                </ul>
            </Show>
            <Show when=move || failed.get()>
                <Banner tone=Tone::Bad text="Deleting failed; the file is still there. Try again." alert=true/>
            </Show>
            <div class="cluster">
                <Button autofocus=true on_press=move || asking.set(false)>"Keep it"</Button>
                <Button kind=ButtonKind::Danger busy=remove.pending() busy_text="Deleting" on_press=press>
                    {move || if uses.with(Vec::is_empty) { "Delete" } else { "Delete anyway" }}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
