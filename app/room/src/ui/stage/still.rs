//! A picture or a page of a document. The last one stays until the next is decoded, and only then is it proven as seen.

use super::asset_of;
use crate::{client::room::Room, model::Shown};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Painted {
    address: String,
    name: String,
    seq: u64,
}

#[component]
pub fn StageStill() -> impl IntoView {
    let room = expect_context::<Room>();
    let painted = RwSignal::new(None::<Painted>);
    Effect::new(move || {
        let stage = room.stage.get();
        let found = room.door.with(|door| {
            let (item, asset) = asset_of(&door.kit.items, stage.shown)?;
            let name = match stage.shown {
                Shown::Page { page, .. } => format!("{}, page {page}", item.name),
                _ => item.name.clone(),
            };
            Some((asset.path.clone(), name))
        });
        let Some((path, name)) = found else { return };
        let address = room.address(&path);
        spawn_local(async move {
            decode(&address).await;
            // The host may have moved on while this one was being decoded.
            if room.stage.try_get_untracked().is_some_and(|now| now.seq == stage.seq) {
                painted.try_set(Some(Painted {
                    address,
                    name,
                    seq: stage.seq,
                }));
            }
        });
    });
    Effect::new(move || {
        if let Some(seq) = painted.with(|painted| painted.as_ref().map(|painted| painted.seq)) {
            // The second frame from here is on the screen.
            request_animation_frame(move || request_animation_frame(move || room.painted(seq, None)));
        }
    });
    move || {
        painted.get().map(
            |Painted { address, name, .. }| view! { <img class="stage-still" src=address alt=name draggable="false"/> },
        )
    }
}

/// A picture that cannot be decoded is shown by the browser as far as it can: the wait ends either way.
async fn decode(address: &str) {
    if let Ok(image) = HtmlImageElement::new() {
        image.set_src(address);
        let _ = JsFuture::from(image.decode()).await;
    }
}
