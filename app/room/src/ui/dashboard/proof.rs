//! The receipt: what the patient's device has proven of this stage (U7).

use crate::{
    client::{dom::Ticker, room::Room},
    model::Presence,
    ui::stage::receipt::{Receipt, receipt},
};
use kit::prelude::*;
use leptos::prelude::*;

const TICK_MS: i32 = 500;

#[component]
pub fn Proof() -> impl IntoView {
    let room = expect_context::<Room>();
    let shown_at = RwSignal::new(room.server_ms());
    let seq = Memo::new(move |_| room.stage.get().seq);
    Effect::new(move || {
        seq.track();
        shown_at.set(room.server_ms());
    });
    let now = RwSignal::new(room.server_ms());
    let _tick = StoredValue::new_local(Ticker::every(TICK_MS, move || {
        now.try_set(room.server_ms());
    }));
    let proof = Memo::new(move |_| {
        let here = room.other().is_some_and(|other| other.presence == Presence::InRoom);
        room.receipt
            .with(|ack| receipt(&room.stage.get(), ack.as_ref(), here, shown_at.get(), now.get()))
    });
    let tone = move || match proof.get() {
        Receipt::Seen => Tone::Good,
        Receipt::OnItsWay => Tone::Info,
        Receipt::Nobody => Tone::Plain,
        Receipt::Behind(_) | Receipt::TabHidden | Receipt::SoundBlocked => Tone::Warn,
    };
    view! { <div class="proof" data-proof=move || proof.get().words()><StateChip tone text=move || proof.get().words()/></div> }
}
