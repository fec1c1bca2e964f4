//! Drives the film on the stage: two steps to start, then kept on the server's clock frame by frame (room.md section 8).

use super::{
    dom::{Listener, Ticker, now_ms},
    js::{FrameClock, FrameInfo},
    players,
};
use crate::model::{
    PlayState, Playback,
    steer::{Controller, Steer},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlVideoElement;

/// `HAVE_FUTURE_DATA`: this frame and the next are there.
const READY: u16 = 3;
/// A paused film further off than half a frame is set to its place.
const SAME_FRAME_S: f64 = 0.015;
/// Where a browser has no frame clock, the film is steered this often.
const COARSE_TICK_MS: i32 = 250;
/// The last frames are left alone: a jump behind the end would start the film anew.
const TAIL_S: f64 = 0.08;

/// What the film needs from the room.
pub struct FilmEars {
    /// The server's clock, in milliseconds.
    pub server_ms: Box<dyn Fn() -> f64>,
    /// Everything is there for this command.
    pub prepared: Box<dyn Fn(u32)>,
    /// Sound is blocked until somebody taps.
    pub blocked: Box<dyn Fn(bool)>,
}

/// Dropping it lets the film go and stops steering.
pub struct Film(Rc<Inner>);

type FrameCallback = Closure<dyn FnMut(JsValue, FrameInfo)>;

struct Inner {
    element: HtmlVideoElement,
    ears: FilmEars,
    playback: RefCell<Option<Playback>>,
    controller: RefCell<Controller>,
    reported: Cell<Option<u32>>,
    start: Cell<Option<TimeoutHandle>>,
    frame: RefCell<Option<FrameCallback>>,
    frame_handle: Cell<Option<u32>>,
    coarse: RefCell<Option<Ticker>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Film {
    pub fn new(element: HtmlVideoElement, ears: FilmEars) -> Self {
        let inner = Rc::new(Inner {
            element,
            ears,
            playback: RefCell::default(),
            controller: RefCell::new(Controller::new(hears_speed_changes())),
            reported: Cell::new(None),
            start: Cell::new(None),
            frame: RefCell::default(),
            frame_handle: Cell::new(None),
            coarse: RefCell::default(),
            listeners: RefCell::default(),
        });
        inner.listen();
        Self(inner)
    }

    /// Another command of the host, or the state a late joiner finds.
    pub fn obey(&self, playback: Playback) {
        *self.0.playback.borrow_mut() = Some(playback);
        self.0.obey(playback);
    }

    /// Where the film stands, in milliseconds.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a film position is small and positive"
    )]
    pub fn position_ms(&self) -> u32 {
        (self.0.element.current_time() * 1_000.0) as u32
    }
}

impl Inner {
    fn listen(self: &Rc<Self>) {
        let on = |kind| {
            let inner = Rc::downgrade(self);
            Listener::new(&self.element, kind, move |_| {
                if let Some(inner) = inner.upgrade() {
                    inner.report_prepared();
                }
            })
        };
        self.listeners
            .replace(vec![on("seeked"), on("canplay"), on("loadeddata")]);

        let weak = Rc::downgrade(self);
        let callback = Closure::<dyn FnMut(JsValue, FrameInfo)>::new(move |_: JsValue, frame: FrameInfo| {
            if let Some(inner) = weak.upgrade() {
                let ahead = frame.expected_display_time() - now_ms();
                inner.steer(frame.media_time(), ahead);
                inner.ask_for_frame();
            }
        });
        *self.frame.borrow_mut() = Some(callback);
        self.ask_for_frame();
        if self.frame_handle.get().is_none() {
            let weak = Rc::downgrade(self);
            *self.coarse.borrow_mut() = Some(Ticker::every(COARSE_TICK_MS, move || {
                if let Some(inner) = weak.upgrade() {
                    inner.steer(inner.element.current_time(), 0.0);
                }
            }));
        }
    }

    fn ask_for_frame(&self) {
        if let Some(callback) = self.frame.borrow().as_ref() {
            let clock: &FrameClock = self.element.unchecked_ref();
            self.frame_handle
                .set(clock.request_frame(callback.as_ref().unchecked_ref()).ok());
        }
    }

    fn obey(self: &Rc<Self>, playback: Playback) {
        if let Some(start) = self.start.take() {
            start.clear();
        }
        match playback.state {
            PlayState::Paused => {
                self.halt();
                self.go_to(playback.expected_ms(0.0) / 1_000.0);
            }
            PlayState::Preparing => {
                self.halt();
                self.go_to(playback.expected_ms(0.0) / 1_000.0);
                self.report_prepared();
            }
            PlayState::Playing => self.start_at(playback),
        }
    }

    fn halt(&self) {
        // Refused only by an element that is gone.
        let _ = self.element.pause();
        self.element.set_playback_rate(1.0);
    }

    fn go_to(&self, seconds: f64) {
        if (self.element.current_time() - seconds).abs() > SAME_FRAME_S {
            self.element.set_current_time(seconds);
        }
    }

    fn report_prepared(&self) {
        let Some(playback) = *self.playback.borrow() else {
            return;
        };
        let waits = playback.state == PlayState::Preparing && self.reported.get() != Some(playback.epoch);
        if waits && !self.element.seeking() && self.element.ready_state() >= READY {
            self.reported.set(Some(playback.epoch));
            (self.ears.prepared)(playback.epoch);
        }
    }

    fn start_at(self: &Rc<Self>, playback: Playback) {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
        let wait_ms = playback.at_ms as f64 - (self.ears.server_ms)();
        let inner = Rc::clone(self);
        let begin = move || {
            inner.go_to_expected(&playback);
            spawn_local(async move {
                let blocked = players::play(&inner.element).await;
                (inner.ears.blocked)(blocked);
            });
        };
        if wait_ms <= 1.0 {
            begin();
        } else {
            let handle = set_timeout_with_handle(begin, Duration::from_secs_f64(wait_ms / 1_000.0));
            self.start.set(handle.ok());
        }
    }

    /// A late joiner lands at the point of this moment (G26).
    fn go_to_expected(&self, playback: &Playback) {
        let expected = playback.expected_ms((self.ears.server_ms)()) / 1_000.0;
        if (self.element.current_time() - expected).abs() > 0.2 {
            self.element.set_current_time(expected + 0.05);
        }
    }

    /// `ahead_ms`: until the frame at `media_s` is on the screen.
    fn steer(&self, media_s: f64, ahead_ms: f64) {
        let Some(playback) = *self.playback.borrow() else {
            return;
        };
        if playback.state != PlayState::Playing || self.element.seeking() || self.element.paused() {
            return;
        }
        let expected_s = playback.expected_ms((self.ears.server_ms)() + ahead_ms) / 1_000.0;
        if self.element.duration() - expected_s < TAIL_S {
            return;
        }
        let speed = f64::from(playback.rate) / 1_000.0;
        let steer = self.controller.borrow_mut().step(media_s, expected_s, speed);
        match steer {
            Steer::Rate(rate) if (self.element.playback_rate() - rate).abs() > 0.001 => {
                self.element.set_playback_rate(rate);
            }
            Steer::Rate(_) => {}
            Steer::Seek(seconds) => self.element.set_current_time(seconds),
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(start) = self.start.take() {
            start.clear();
        }
        if let Some(handle) = self.frame_handle.get() {
            let clock: &FrameClock = self.element.unchecked_ref();
            let _ = clock.cancel_frame(handle);
        }
        let _ = self.element.pause();
    }
}

/// iPhones and iPads let a change of speed be heard: they get a wider dead band.
fn hears_speed_changes() -> bool {
    let agent = web_sys::window()
        .and_then(|window| window.navigator().user_agent().ok())
        .unwrap_or_default();
    agent.contains("iPhone") || agent.contains("iPad")
}
