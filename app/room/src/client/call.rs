//! The call as the room sees it: one peer, watched, mended, fed with this side's devices.

use super::{
    dom::{Listener, Ticker, field, now_ms},
    js::Network,
    media::Sense,
    peer::{Peer, Received},
    rate::Rate,
    studio::Studio,
    watchdog::{Advice, Sample, TICK_MS, Watchdog},
};
use crate::{api::RoomDoor, model::wire::Signal};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::MediaStream;

/// How the picture of the other side stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// Nothing has arrived yet, or nothing is sent.
    #[default]
    Quiet,
    Live,
    /// The last frame stays; we are mending.
    Frozen,
}

pub struct Call {
    inner: Rc<Watched>,
    _tick: Ticker,
    _nudges: Vec<Listener>,
}

/// What the call asks of the room.
pub struct CallEars {
    /// Whether the other side is here and sends something.
    pub expected: Box<dyn Fn() -> bool>,
    /// Fresh credentials for the relay are needed soon.
    pub renew: Box<dyn Fn()>,
    pub send: Box<dyn Fn(Signal)>,
    /// The other side's media, when its first packets arrive.
    pub seen: Box<dyn Fn(MediaStream)>,
    /// How much arrives here, in kbit a second.
    pub measured: Box<dyn Fn(u32)>,
}

struct Watched {
    peer: Peer,
    dog: RefCell<Watchdog>,
    rate: RefCell<Rate>,
    measured: Box<dyn Fn(u32)>,
    nudged: Cell<bool>,
    looking: Cell<bool>,
    /// The other side is in the room and sends something.
    expected: Box<dyn Fn() -> bool>,
    flow: RwSignal<Flow>,
    /// Asks for fresh credentials of the relay, for the next way.
    renew: Box<dyn Fn()>,
}

impl Call {
    /// Rings at once.
    pub fn start(host: bool, door: &RoomDoor, studio: Studio, flow: RwSignal<Flow>, ears: CallEars) -> Self {
        let CallEars {
            expected,
            renew,
            send,
            seen,
            measured,
        } = ears;
        let peer = Peer::new(host, door, send, seen);
        for sense in [Sense::Camera, Sense::Microphone] {
            peer.send_track(sense, studio.gear(sense).with_untracked(|gear| gear.track().cloned()));
        }
        let inner = Rc::new(Watched {
            peer,
            dog: RefCell::new(Watchdog::new(now_ms())),
            rate: RefCell::default(),
            measured,
            nudged: Cell::new(false),
            looking: Cell::new(false),
            expected,
            flow,
            renew,
        });
        inner.peer.start();
        let tick = {
            let inner = Rc::downgrade(&inner);
            Ticker::every(TICK_MS, move || {
                if let Some(inner) = inner.upgrade() {
                    inner.look();
                }
            })
        };
        let nudges = nudges(&inner);
        Self {
            inner,
            _tick: tick,
            _nudges: nudges,
        }
    }

    pub fn hear(&self, signal: Signal) {
        if matches!(signal, Signal::Hello | Signal::Offer { .. }) {
            self.inner.dog.borrow_mut().settle(now_ms());
        }
        self.inner.peer.hear(signal);
    }

    pub fn send_track(&self, sense: Sense, track: Option<web_sys::MediaStreamTrack>) {
        self.inner.peer.send_track(sense, track);
    }

    pub fn renew(&self, door: &RoomDoor) {
        self.inner.peer.renew(door);
    }
}

impl Watched {
    fn look(self: &Rc<Self>) {
        if self.looking.replace(true) {
            return; // the statistics of the last tick are still being gathered
        }
        let watched = Rc::clone(self);
        spawn_local(async move {
            let received = watched.peer.received().await;
            watched.looking.set(false);
            watched.judge(received);
        });
    }

    fn judge(&self, received: Option<Received>) {
        if let Some(kbps) = received.and_then(|received| self.rate.borrow_mut().look(now_ms(), received.bytes)) {
            (self.measured)(kbps);
        }
        let expected = (self.expected)();
        let sample = Sample {
            now_ms: now_ms(),
            received: received.map_or(0.0, |received| received.moved),
            expected,
            nudged: self.nudged.take(),
        };
        let advice = self.dog.borrow_mut().look(sample);
        if matches!(advice, Advice::RestartIce | Advice::Rebuild) {
            (self.renew)();
        }
        match advice {
            Advice::Flowing | Advice::Wait => {}
            // Without a connection there is no other path to try.
            Advice::RestartIce if received.is_some() => self.peer.restart_ice(),
            Advice::RestartIce | Advice::Rebuild => {
                self.dog.borrow_mut().settle(now_ms());
                self.peer.rebuild();
            }
        }
        let flow = self.flow.get_untracked().after(advice, expected, sample.received > 0.0);
        if self.flow.get_untracked() != flow {
            self.flow.set(flow);
        }
    }
}

impl Flow {
    fn after(self, advice: Advice, expected: bool, received: bool) -> Self {
        match (advice, self) {
            (Advice::Flowing, Self::Frozen) if expected && !received => Self::Frozen, // a new connection is coming up
            (Advice::Flowing, _) if expected && received => Self::Live,
            (Advice::Flowing, _) | (_, Self::Quiet) => Self::Quiet,
            _ => Self::Frozen,
        }
    }
}

/// Everything that says "the way into the network may be another one".
fn nudges(inner: &Rc<Watched>) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let on = |target: &web_sys::EventTarget, kind| {
        let inner = Rc::downgrade(inner);
        Listener::new(target, kind, move |_| {
            if let Some(inner) = inner.upgrade() {
                inner.nudged.set(true);
            }
        })
    };
    let mut nudges = vec![on(&window, "online")];
    let navigator = window.navigator();
    if !field(&navigator, "connection").is_undefined()
        && let Some(connection) = navigator.unchecked_ref::<Network>().connection()
    {
        nudges.push(on(&connection, "change"));
    }
    nudges
}
