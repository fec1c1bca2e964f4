//! The line behind the handle: one connection at a time, watched, and replaced when it is dead.

use super::{Ears, Line, nudges::Nudges, page::local_ms, wired::Wired};
use crate::{
    Closing, LOOK_EVERY_MS, Pulse, Sign,
    clock::ServerClock,
    delay_ms,
    frame::{ClientFrame, Hello, ServerFrame},
    patience_ms,
};
use gloo_timers::callback::{Interval, Timeout};
use std::{cell::RefCell, rc::Rc};
use uuid::Uuid;
use wasm_bindgen::JsValue;

/// Pings sent in quick succession at the start, to set the clock.
const FIRST_PINGS: u32 = 8;
const FIRST_PINGS_EVERY_MS: u32 = 60;
/// A nudge does not break off an attempt that has just begun.
const JUST_BEGUN_MS: f64 = 400.0;

pub(super) struct Inner {
    url: String,
    room: Uuid,
    device: Uuid,
    ears: Ears,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    open: Option<Wired>,
    pulse: Option<Pulse>,
    line: Option<Line>,
    attempt: u32,
    retry: Option<Timeout>,
    clock: ServerClock,
    pings: u32,
    looks: Option<Interval>,
    first_pings: Option<Interval>,
    nudges: Option<Nudges>,
}

impl Inner {
    pub(super) fn new(url: String, room: Uuid, device: Uuid, ears: Ears) -> Self {
        Self {
            url,
            room,
            device,
            ears,
            state: RefCell::default(),
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// For the first time, or again after the line was closed for good.
    pub(super) fn begin(self: &Rc<Self>) {
        let nudges = Nudges::of(self);
        {
            let mut state = self.state.borrow_mut();
            state.attempt = 0;
            state.nudges = Some(nudges);
        }
        self.set_line(Line::Connecting);
        self.connect();
    }

    pub(super) fn send(&self, frame: &ClientFrame) -> bool {
        let state = self.state.borrow();
        state.open.as_ref().is_some_and(|open| open.send(&frame.encode()))
    }

    pub(super) fn buffered(&self) -> u32 {
        self.state.borrow().open.as_ref().map_or(0, Wired::buffered)
    }

    pub(super) fn server_ms(&self) -> Option<f64> {
        self.state.borrow().clock.server_ms(local_ms())
    }

    pub(super) fn rtt_ms(&self) -> Option<f64> {
        self.state.borrow().clock.rtt_ms()
    }

    /// Ends the line for good.
    pub(super) fn shut(&self, why: Closing) {
        {
            let mut state = self.state.borrow_mut();
            state.retry = None;
            state.looks = None;
            state.first_pings = None;
            state.nudges = None;
            state.pulse = None;
            state.open = None;
        }
        self.set_line(Line::Closed(why));
    }

    /// The connection stands: who I am and how far I have read.
    pub(super) fn opened(&self) {
        self.alive();
        let (epoch, last_seq) = (self.ears.resume)();
        self.send(&ClientFrame::Hello(Hello {
            room: self.room,
            device: self.device,
            epoch,
            last_seq,
        }));
    }

    pub(super) fn heard(self: &Rc<Self>, data: &JsValue) {
        self.alive();
        let bytes = js_sys::Uint8Array::new(data).to_vec();
        match ServerFrame::decode(&bytes) {
            Ok(ServerFrame::Welcome { .. }) => {
                self.state.borrow_mut().attempt = 0;
                self.first_pings();
                self.set_line(Line::Live);
            }
            Ok(ServerFrame::Pong { t0_us, server_ms, .. }) => {
                let mut state = self.state.borrow_mut();
                state.clock.pong(from_us(t0_us), to_f64(server_ms), local_ms());
            }
            Ok(ServerFrame::Body(body)) => (self.ears.body)(body),
            Ok(ServerFrame::Closing(why)) => self.over(why),
            // A server of another version: only a reload helps.
            Err(_) => self.shut(Closing::OldPage),
        }
    }

    pub(super) fn closed(self: &Rc<Self>, code: u16) {
        match Closing::from_code(code) {
            Some(why) => self.over(why),
            None => self.retry(),
        }
    }

    /// The network, or the page, came back: no reason to wait for the next step, and the line at hand has to prove itself.
    pub(super) fn nudged(self: &Rc<Self>) {
        let now = local_ms();
        let (line, begun_at) = {
            let state = self.state.borrow();
            (
                state.line,
                state.pulse.map_or(f64::NEG_INFINITY, |pulse| pulse.begun_at()),
            )
        };
        match line {
            Some(Line::Resuming) if now - begun_at > JUST_BEGUN_MS => {
                self.state.borrow_mut().attempt = 0;
                self.connect();
            }
            Some(Line::Live) => {
                if let Some(pulse) = self.state.borrow_mut().pulse.as_mut() {
                    pulse.doubt(now);
                }
            }
            _ => {}
        }
    }

    fn set_line(&self, line: Line) {
        let changed = self.state.borrow_mut().line.replace(line) != Some(line);
        if changed {
            (self.ears.line)(line);
        }
    }

    fn alive(&self) {
        if let Some(pulse) = self.state.borrow_mut().pulse.as_mut() {
            pulse.heard(local_ms());
        }
    }

    fn connect(self: &Rc<Self>) {
        {
            let mut state = self.state.borrow_mut();
            state.retry = None;
            state.first_pings = None;
            // The browser holds a second connection to one address back until the first one is through or gone.
            state.open = None;
            let patience = patience_ms(state.attempt, state.clock.rtt_ms());
            state.pulse = Some(Pulse::new(local_ms(), patience));
        }
        let Some(open) = Wired::begin(self) else {
            self.retry();
            return;
        };
        let looks = self.every(LOOK_EVERY_MS, Self::look);
        let mut state = self.state.borrow_mut();
        state.open = Some(open);
        state.looks = Some(looks);
    }

    fn every(self: &Rc<Self>, ms: u32, act: impl Fn(&Rc<Self>) + 'static) -> Interval {
        let weak = Rc::downgrade(self);
        Interval::new(ms, move || {
            if let Some(inner) = weak.upgrade() {
                act(&inner);
            }
        })
    }

    fn over(self: &Rc<Self>, why: Closing) {
        if why.retries() { self.retry() } else { self.shut(why) }
    }

    /// Gives the connection at hand up and begins the next one when its step has come.
    fn retry(self: &Rc<Self>) {
        if matches!(self.state.borrow().line, Some(Line::Closed(_))) || self.state.borrow().retry.is_some() {
            return;
        }
        let was_live = self.state.borrow().line == Some(Line::Live);
        self.set_line(Line::Resuming);
        let weak = Rc::downgrade(self);
        let mut state = self.state.borrow_mut();
        state.open = None;
        // Steps are counted from the begin of one attempt to the begin of the next.
        let spent = match state.pulse.take() {
            Some(pulse) if !was_live => local_ms() - pulse.begun_at(),
            _ => 0.0,
        };
        let wait = delay_ms(state.attempt, js_sys::Math::random()) - spent;
        state.attempt = state.attempt.saturating_add(1);
        state.retry = Some(Timeout::new(to_ms(wait), move || {
            if let Some(inner) = weak.upgrade() {
                inner.connect();
            }
        }));
    }

    fn look(self: &Rc<Self>) {
        let sign = match self.state.borrow_mut().pulse.as_mut() {
            Some(pulse) => pulse.look(local_ms()),
            None => Sign::Fine, // the next attempt has not begun yet
        };
        match sign {
            Sign::Fine => {}
            Sign::Ping => self.ping(),
            Sign::Dead => self.retry(),
        }
    }

    fn first_pings(self: &Rc<Self>) {
        self.state.borrow_mut().pings = 0;
        let pings = self.every(FIRST_PINGS_EVERY_MS, |inner| {
            let sent = inner.state.borrow().pings;
            if sent < FIRST_PINGS {
                inner.ping();
            } else {
                inner.state.borrow_mut().first_pings = None;
            }
        });
        self.state.borrow_mut().first_pings = Some(pings);
    }

    fn ping(&self) {
        let n = {
            let mut state = self.state.borrow_mut();
            state.pings = state.pings.saturating_add(1);
            state.pings
        };
        self.send(&ClientFrame::Ping {
            n,
            t0_us: to_us(local_ms()),
        });
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast saturates: what is negative is now, and no step is longer than 5.2 seconds"
)]
const fn to_ms(ms: f64) -> u32 {
    ms as u32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a page's clock is positive"
)]
fn to_us(ms: f64) -> u64 {
    (ms * 1_000.0) as u64
}

#[expect(clippy::cast_precision_loss, reason = "a page lives less than 285 years")]
fn from_us(us: u64) -> f64 {
    us as f64 / 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
fn to_f64(ms: u64) -> f64 {
    ms as f64
}
