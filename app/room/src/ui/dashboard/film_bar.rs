//! Play, pause and seek of the film on the stage. Playback belongs to the presenter (G26).

use super::steer::play_or_pause;
use crate::{
    client::{dom::Ticker, room::Room},
    model::{Act, PlayState, Playback},
    ui::words,
};
use kit::prelude::*;
use leptos::{html, prelude::*};

const TICK_MS: i32 = 250;

#[component]
pub fn FilmBar() -> impl IntoView {
    let room = expect_context::<Room>();
    let playback = Memo::new(move |_| room.stage.get().playback);
    let any = Memo::new(move |_| playback.with(Option::is_some));
    move || any.get().then(|| view! { <Controls playback/> })
}

#[component]
fn Controls(playback: Memo<Option<Playback>>) -> impl IntoView {
    let room = expect_context::<Room>();
    let at = RwSignal::new(0_u32);
    let dragging = RwSignal::new(false);
    let slider = NodeRef::<html::Input>::new();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a film position is small and positive"
    )]
    let follow = move || {
        if let (Some(Some(playback)), Some(false)) = (playback.try_get_untracked(), dragging.try_get_untracked()) {
            at.try_set(playback.expected_ms(room.server_ms()) as u32);
        }
    };
    let _tick = StoredValue::new_local(Ticker::every(TICK_MS, follow));
    Effect::new(move || {
        playback.track();
        follow();
    });
    Effect::new(move || {
        if let (Some(slider), false) = (slider.get(), dragging.get()) {
            slider.set_value(&at.get().to_string());
        }
    });
    let duration = move || playback.get().map_or(0, |playback| playback.duration_ms);
    let ended = move || duration() > 0 && at.get() >= duration();
    let plays = move || {
        playback
            .get()
            .is_some_and(|playback| playback.state != PlayState::Paused)
            && !ended()
    };
    let press = move || {
        if untrack(ended) {
            room.act(Act::Play { pos_ms: 0 });
        } else {
            play_or_pause(room);
        }
    };
    let read = move || {
        slider
            .get_untracked()
            .and_then(|slider| slider.value().parse::<u32>().ok())
    };
    view! {
        <div class="player" role="group" aria-label="Film">
            {move || if plays() {
                view! { <IconButton icon="pause" label="Pause (k)" on_press=press/> }.into_any()
            } else {
                view! { <IconButton icon="play" label="Play (k)" on_press=press/> }.into_any()
            }}
            <input
                type="range"
                node_ref=slider
                min="0"
                max=move || duration().to_string()
                step="100"
                aria-label="Place in the film"
                aria-valuetext=move || words::minutes(at.get())
                on:input=move |_| {
                    dragging.set(true);
                    if let Some(pos) = read() {
                        at.set(pos);
                    }
                }
                on:change=move |_| {
                    dragging.set(false);
                    if let Some(pos_ms) = read() {
                        room.act(Act::Seek { pos_ms });
                    }
                }
            />
            <span class="number">{move || words::minutes(at.get())} " / " {move || words::minutes(duration())}</span>
        </div>
    }
}
