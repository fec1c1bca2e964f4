//! What both pages show of an item.

use super::words::{kind_icon, kind_line};
use crate::{api::view::ItemView, model::ItemKind};
use kit::prelude::*;
use leptos::prelude::*;

/// The face of an item: a small picture, the first frame of a film, else a mark. Decoration: its name stands beside it.
#[component]
pub fn Face(#[prop(into)] item: ItemView) -> impl IntoView {
    if let Some(source) = item.thumbnail() {
        return view! { <img src=source alt="" loading="lazy" decoding="async"/> }.into_any();
    }
    if let Some(source) = item.film() {
        // The fragment asks for a frame a little inside: the first one of a film is often black.
        return view! { <video src=format!("{source}#t=0.5") preload="metadata" muted playsinline tabindex="-1" aria-hidden="true"></video> }
            .into_any();
    }
    view! { <span class="tile-mark"><Icon name=kind_icon(item.kind)/></span> }.into_any()
}

/// "Video, 0:48" with its icon.
#[component]
pub fn KindLine(kind: ItemKind, pages: u32, duration_ms: u32) -> impl IntoView {
    view! { <span class="fine">{kind_line(kind, pages, duration_ms)}</span> }
}
