//! The other side's picture. It freezes and returns; it never vanishes (G24).

use crate::client::{call::Flow, players, room::Room};
use kit::prelude::*;
use leptos::{html, prelude::*};

#[component]
pub fn RemoteTile() -> impl IntoView {
    let room = expect_context::<Room>();
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let (Some(place), Some(players)) = (place.get(), room.players()) else {
            return;
        };
        players::place_in(&players.still, &place);
        players::mount(&players.remote, &place);
    });
    let other = Memo::new(move |_| room.other());
    let name = move || other.with(|other| other.as_ref().map(|other| other.name.clone()).unwrap_or_default());
    let state = move || {
        let sends_picture = other.with(|other| other.as_ref().is_some_and(|other| other.camera_on));
        match (room.flow.get(), room.remote.with(Option::is_some), sends_picture) {
            (Flow::Frozen, _, _) => "frozen",
            (_, true, true) => "live",
            (_, true, false) => "sound",
            (_, false, _) => "coming",
        }
    };
    let muted = move || other.with(|other| other.as_ref().is_some_and(|other| !other.microphone_on));
    let hand = move || other.with(|other| other.as_ref().is_some_and(|other| other.hand_up));
    view! {
        <div class="person-tile" data-state=state data-frozen=move || (state() == "frozen").then_some("true") role="group" aria-label=name>
            <div class="tile-picture" node_ref=place></div>
            <div class="tile-face">{move || view! { <Avatar name=name() size=AvatarSize::Large/> }}</div>
            <span class="person-name">
                {name}
                {move || muted().then(|| view! { <Icon name="mic-off" label="Microphone off"/> })}
                {move || hand().then(|| view! { <Icon name="hand" label="Hand up"/> })}
            </span>
            <div class="tile-moment" role="status">
                {move || (state() == "frozen").then(|| view! { <Icon name="clock"/> <span>"One moment"</span> })}
            </div>
        </div>
    }
}
