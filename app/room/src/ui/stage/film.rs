//! The film on the stage: the page's one film element, driven by the server's clock.

use super::view::item_of;
use crate::{
    client::{
        dom::{Listener, Ticker},
        film::{Film, FilmEars},
        players,
        room::Room,
    },
    model::{ClientMsg, ItemId, PlayState},
};
use leptos::{html, prelude::*};

/// While it plays, the host learns this often where the patient's film stands.
const ACK_TICK_MS: i32 = 2_000;

#[component]
pub fn StageFilm(item: ItemId) -> impl IntoView {
    let room = expect_context::<Room>();
    let place = NodeRef::<html::Div>::new();
    let film = StoredValue::new_local(None::<Film>);
    let path = Memo::new(move |_| {
        room.door
            .with(|door| item_of(&door.kit.items, item).and_then(|item| Some(item.assets.first()?.path.clone())))
    });
    Effect::new(move || {
        let (Some(place), Some(path), Some(players)) = (place.get(), path.get(), room.players()) else {
            return;
        };
        let element = players.film;
        element.set_preload("auto");
        element.set_muted(room.is_host());
        element.set_src(&room.address(&path));
        players::mount(&element, &place);
        film.set_value(Some(Film::new(element, ears(room))));
        if let Some(playback) = room.stage.with_untracked(|stage| stage.playback) {
            film.with_value(|film| film.as_ref().map(|film| film.obey(playback)));
        }
    });
    let playback = Memo::new(move |_| room.stage.get().playback);
    Effect::new(move || {
        if let Some(playback) = playback.get() {
            film.with_value(|film| film.as_ref().map(|film| film.obey(playback)));
        }
    });
    let ack = move || {
        let position = film
            .try_with_value(|film| film.as_ref().map(Film::position_ms))
            .flatten();
        if let Some(stage) = room.stage.try_get_untracked() {
            room.painted(stage.seq, position);
        }
    };
    let listener = room
        .players()
        .map(|players| Listener::new(&players.film, "loadeddata", move |_| ack()));
    let tick = Ticker::every(ACK_TICK_MS, move || {
        let plays = room
            .stage
            .with_untracked(|stage| stage.playback.is_some_and(|p| p.state == PlayState::Playing));
        if plays {
            ack();
        }
    });
    let _kept = StoredValue::new_local((listener, tick));
    on_cleanup(move || {
        film.set_value(None);
        if let Some(players) = room.players() {
            let _ = players.film.remove_attribute("src");
            players.film.load();
            players.film.remove();
        }
    });
    view! { <div class="stage-film" node_ref=place></div> }
}

fn ears(room: Room) -> FilmEars {
    FilmEars {
        server_ms: Box::new(move || room.server_ms()),
        prepared: Box::new(move |epoch| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a round trip of seconds at most"
            )]
            let rtt_ms = room.rtt_ms().unwrap_or(0.0) as u32;
            room.send(&ClientMsg::Prepared { epoch, rtt_ms });
        }),
        blocked: Box::new(move |blocked| {
            // The host's copy is silent on purpose.
            if blocked && !room.is_host() {
                room.sound_blocked.set(true);
                room.send_ack();
            }
        }),
    }
}
