//! The pages of a document on the stage.

use super::steer::{pages, turn};
use crate::{client::room::Room, model::Shown};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn PageBar() -> impl IntoView {
    let room = expect_context::<Room>();
    let at = Memo::new(move |_| match room.stage.get().shown {
        Shown::Page { item, page } => Some((page, pages(room, item))),
        _ => None,
    });
    move || {
        at.get().map(|(page, of)| {
            view! {
                <div class="cluster" role="group" aria-label="Pages">
                    <IconButton icon="chevron-left" label="Page before" disabled=Signal::derive(move || page <= 1) on_press=move || turn(room, -1)/>
                    <span class="number">{page} " of " {of}</span>
                    <IconButton icon="chevron-right" label="Next page" disabled=Signal::derive(move || page >= of) on_press=move || turn(room, 1)/>
                </div>
            }
        })
    }
}
