//! A bar that follows the voice.

use crate::client::{dom::Ticker, sound::Meter, studio::Studio};
use leptos::prelude::*;
use std::cell::RefCell;

const TICK_MS: i32 = 80;
/// A voice, not the noise of a room.
const HEARD: f32 = 0.25;

/// `heard` becomes true with the first clear sound.
#[component]
pub fn VoiceLevel(heard: RwSignal<bool>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let level = RwSignal::new(0.0_f32);
    let meter = StoredValue::new_local(RefCell::new(None::<Meter>));
    Effect::new(move || {
        let track = studio.microphone.with(|gear| gear.track().cloned());
        let opened = track.and_then(|track| studio.with_sound(|sound| sound.meter(&track).ok()).flatten());
        meter.with_value(|meter| *meter.borrow_mut() = opened);
    });
    let tick = Ticker::every(TICK_MS, move || {
        let now = meter
            .try_with_value(|meter| meter.borrow_mut().as_mut().map_or(0.0, Meter::level))
            .unwrap_or(0.0);
        level.try_set(now);
        if now > HEARD {
            heard.try_set(true);
        }
    });
    let _tick = StoredValue::new_local(tick);
    view! { <meter class="level" min="0" max="1" value=move || format!("{:.2}", level.get()) aria-label="Loudness"></meter> }
}
