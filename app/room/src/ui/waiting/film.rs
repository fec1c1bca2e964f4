//! The waiting film: with sound when the click before allowed it, else muted, again and again.

use crate::client::{players, room::Room};
use kit::prelude::*;
use leptos::{html, prelude::*, task::spawn_local};

#[component]
pub fn WaitingFilm() -> impl IntoView {
    let room = expect_context::<Room>();
    let place = NodeRef::<html::Div>::new();
    let film = room.door.with_untracked(|door| {
        let item = door.kit.waiting_video.as_ref()?;
        Some((item.assets.first()?.path.clone(), item.name.clone()))
    });
    let Some((path, name)) = film else {
        // A calm drawing that moves a little, where no film was chosen.
        return view! { <div class="screen calm"><Scene/></div> }.into_any();
    };
    Effect::new(move || {
        let (Some(place), Some(players)) = (place.get(), room.players()) else {
            return;
        };
        let element = players.waiting;
        let _ = element.set_attribute("aria-label", &name);
        element.set_loop(true);
        if element.src().is_empty() {
            element.set_src(&path);
        }
        players::mount(&element, &place);
        spawn_local(async move {
            if players::play(&element).await {
                room.sound_blocked.set(true);
            }
        });
    });
    on_cleanup(move || {
        if let Some(players) = room.players() {
            // The film must not go on behind the call.
            let _ = players.waiting.pause();
            players.waiting.remove();
        }
    });
    view! { <div class="screen" node_ref=place></div> }.into_any()
}
