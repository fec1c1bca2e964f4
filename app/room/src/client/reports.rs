//! What this page tells the room without being asked: how ready it is, what it sends, what it has painted. The newest
//! report counts, so each is sent when something changed and again after a cut.

use super::{
    dom::{Listener, Ticker, now_ms},
    media::Sense,
    rate::Rate,
    room::Room,
};
use crate::model::{ClientMsg, Readiness};
use leptos::prelude::*;
use std::{cell::Cell, rc::Rc};

/// Readiness changes with every chunk of the preload; the room asks for two a second at most.
const READINESS_TICK_MS: i32 = 500;

/// Follows the devices and the preload for as long as the room is open.
pub fn keep_sending(room: Room) {
    let stale = Rc::new(Cell::new(true));
    let mark = StoredValue::new_local(Rc::clone(&stale));
    Effect::new(move || {
        room.tally.track();
        room.studio().camera.track();
        room.studio().microphone.track();
        room.studio().speaker.track();
        room.kbps.track();
        mark.with_value(|stale| stale.set(true));
    });
    let mut rate = Rate::default();
    let tick = Ticker::every(READINESS_TICK_MS, move || {
        let tally = room.tally.get_untracked();
        if tally.ready < tally.total
            && let Some(kbps) = rate.look(now_ms(), to_f64(tally.bytes))
        {
            room.kbps.set(kbps);
        }
        if stale.take() {
            room.send(&ClientMsg::Readiness(readiness(room)));
        }
    });
    Effect::new(move || {
        let (microphone, camera) = (room.studio().sends_microphone(), room.studio().sends_camera());
        room.send(&ClientMsg::Sending { microphone, camera });
    });
    // A host who comes back has lost the proofs of before.
    let host_here = Memo::new(move |_| room.host_here());
    Effect::new(move || {
        if host_here.get() {
            room.send_ack();
        }
    });
    for sense in [Sense::Camera, Sense::Microphone] {
        Effect::new(move || {
            let track = room.studio().gear(sense).with(|gear| gear.track().cloned());
            room.send_track(sense, track);
        });
    }
    let document = web_sys::window().and_then(|window| window.document());
    let watch = document.map(|document| Listener::new(&document, "visibilitychange", move |_| room.send_ack()));
    // Kept until the page's owner goes.
    let _kept = StoredValue::new_local((tick, watch));
}

/// After a greeting: the room may have forgotten.
pub fn send_all(room: Room) {
    room.send(&ClientMsg::Readiness(readiness(room)));
    let (microphone, camera) = untrack(|| (room.studio().sends_microphone(), room.studio().sends_camera()));
    room.send(&ClientMsg::Sending { microphone, camera });
    room.send_ack();
}

fn readiness(room: Room) -> Readiness {
    let tally = room.tally.get_untracked();
    Readiness {
        loaded: u16::try_from(tally.ready).unwrap_or(u16::MAX),
        of: u16::try_from(tally.total).unwrap_or(u16::MAX),
        loaded_bytes: tally.bytes,
        total_bytes: tally.bytes_total,
        camera: room.studio().camera.with_untracked(super::studio::Gear::device),
        microphone: room.studio().microphone.with_untracked(super::studio::Gear::device),
        speaker: room.studio().speaker.get_untracked(),
        kbps: room.kbps.get_untracked(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a kit has far less than 2^53 bytes")]
const fn to_f64(bytes: u64) -> f64 {
    bytes as f64
}
