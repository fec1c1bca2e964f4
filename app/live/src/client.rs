//! The browser's socket: says hello, keeps the line alive, comes back by itself and keeps the server's clock.
//!
//! The owner gives three callbacks and gets a handle. A body is sent at once or not at all: what must arrive is the
//! owner's to keep and to send again after a reconnect (it knows which acts were answered).

use crate::{
    Closing, DEAD_AFTER_MS, PING_EVERY_MS,
    clock::ServerClock,
    delay_ms,
    frame::{ClientFrame, Hello, ServerFrame},
};
use gloo_timers::callback::{Interval, Timeout};
use std::{cell::RefCell, rc::Rc};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// Ephemeral bodies are dropped while more than this waits in the browser to be sent.
const BUFFERED_AT_MOST: u32 = 64 * 1024;
/// Pings sent in quick succession at the start, to set the clock.
const FIRST_PINGS: u32 = 8;
const FIRST_PINGS_EVERY_MS: u32 = 60;

/// How the line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Connecting,
    Live,
    /// Cut; trying again by itself.
    Resuming,
    /// Closed for good, and why. `Socket::reopen` tries anew.
    Closed(Closing),
}

/// What the owner hears.
pub struct Ears {
    /// Where the owner stands: `(epoch, last_seq)` for the next hello.
    pub resume: Box<dyn Fn() -> (u64, u64)>,
    pub body: Box<dyn Fn(Vec<u8>)>,
    pub line: Box<dyn Fn(Line)>,
}

/// A handle; clones share one socket. The socket closes when `close` is called or the page goes away.
#[derive(Clone)]
pub struct Socket(Rc<Inner>);

struct Inner {
    url: String,
    room: Uuid,
    device: Uuid,
    ears: Ears,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    open: Option<Wired>,
    line: Option<Line>,
    attempt: u32,
    retry: Option<Timeout>,
    clock: ServerClock,
    pings: u32,
    heard_at: f64,
    ticks: Option<Interval>,
    first_pings: Option<Interval>,
    online: Option<Closure<dyn FnMut(Event)>>,
}

/// One connection and the closures it calls; dropped together.
struct Wired {
    socket: WebSocket,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Drop for Wired {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing a socket that is closed already is no fault.
        let _closed = self.socket.close();
    }
}

/// The page's own clock in milliseconds; it only grows.
pub fn local_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// This tab's id: minted once, kept over a reload, gone with the tab.
pub fn tab_id() -> Uuid {
    const KEY: &str = "live.tab";
    let Some(window) = web_sys::window() else {
        return Uuid::nil();
    };
    let storage = window.session_storage().ok().flatten();
    let kept = storage
        .as_ref()
        .and_then(|storage| storage.get_item(KEY).ok().flatten());
    if let Some(id) = kept.and_then(|text| text.parse().ok()) {
        return id;
    }
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window.crypto() {
        // Without randomness the id is all zero bits: two such tabs would supersede each other, nothing worse.
        let _filled = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
    if let Some(storage) = storage {
        // Storage may be blocked; then a reload counts as another tab.
        let _kept = storage.set_item(KEY, &id.to_string());
    }
    id
}

impl Socket {
    /// Opens the line to `path` of this origin and keeps it open.
    pub fn open(path: &str, room: Uuid, device: Uuid, ears: Ears) -> Self {
        let socket = Self(Rc::new(Inner {
            url: address(path),
            room,
            device,
            ears,
            state: RefCell::default(),
        }));
        socket.listen_for_network();
        socket.0.set_line(Line::Connecting);
        socket.0.connect();
        socket
    }

    /// Sends a body now. `false` when the line is down: keep what must arrive and send it after the next greeting.
    pub fn send(&self, body: Vec<u8>) -> bool {
        self.0.send(&ClientFrame::Body(body))
    }

    /// Sends a body that may be lost: dropped while the line is down or slow.
    pub fn offer(&self, body: Vec<u8>) -> bool {
        self.buffered() <= BUFFERED_AT_MOST && self.send(body)
    }

    /// Bytes handed to the browser and not sent yet.
    pub fn buffered(&self) -> u32 {
        let state = self.0.state.borrow();
        state.open.as_ref().map_or(0, |open| open.socket.buffered_amount())
    }

    /// The server's clock, in milliseconds since 1970; the page's own until the first answer.
    pub fn server_ms(&self) -> f64 {
        let state = self.0.state.borrow();
        state.clock.server_ms(local_ms()).unwrap_or_else(js_sys::Date::now)
    }

    /// Smallest recent round trip in milliseconds.
    pub fn rtt_ms(&self) -> Option<f64> {
        self.0.state.borrow().clock.rtt_ms()
    }

    /// Leaves on purpose: the others do not wait for a return.
    pub fn leave(&self) {
        self.0.send(&ClientFrame::Bye);
        self.0.shut(Closing::Left);
    }

    /// Tries again after a `Line::Closed` ("use this tab").
    pub fn reopen(&self) {
        self.0.state.borrow_mut().attempt = 0;
        self.0.set_line(Line::Connecting);
        self.0.connect();
    }

    /// Back online: no reason to wait for the next step.
    fn listen_for_network(&self) {
        let inner = Rc::downgrade(&self.0);
        let online = Closure::<dyn FnMut(Event)>::new(move |_| {
            let Some(inner) = inner.upgrade() else { return };
            let resuming = inner.state.borrow().line == Some(Line::Resuming);
            if resuming {
                inner.state.borrow_mut().attempt = 0;
                inner.connect();
            }
        });
        if let Some(window) = web_sys::window() {
            // Without the event the steps of the back-off still lead back.
            let _listening = window.add_event_listener_with_callback("online", online.as_ref().unchecked_ref());
        }
        self.0.state.borrow_mut().online = Some(online);
    }
}

impl Inner {
    fn set_line(&self, line: Line) {
        let changed = self.state.borrow_mut().line.replace(line) != Some(line);
        if changed {
            (self.ears.line)(line);
        }
    }

    fn send(&self, frame: &ClientFrame) -> bool {
        let state = self.state.borrow();
        match &state.open {
            Some(open) if open.socket.ready_state() == WebSocket::OPEN => {
                open.socket.send_with_u8_array(&frame.encode()).is_ok()
            }
            _ => false,
        }
    }

    fn connect(self: &Rc<Self>) {
        {
            let mut state = self.state.borrow_mut();
            state.retry = None;
            state.open = None;
        }
        let Ok(socket) = WebSocket::new(&self.url) else {
            self.retry();
            return;
        };
        socket.set_binary_type(BinaryType::Arraybuffer);
        let on_open = self.hears(|inner, _: Event| inner.opened());
        let on_message = self.hears(|inner, event: MessageEvent| inner.heard(&event.data()));
        let on_close = self.hears(|inner, event: CloseEvent| inner.closed(event.code()));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        let mut state = self.state.borrow_mut();
        state.heard_at = local_ms();
        state.open = Some(Wired {
            socket,
            _on_open: on_open,
            _on_message: on_message,
            _on_close: on_close,
        });
        state.ticks = Some(self.every(PING_EVERY_MS, Self::tick));
    }

    /// A closure that holds no strong reference: the socket may be dropped while the browser still knows the closure.
    fn hears<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
        self: &Rc<Self>,
        act: impl Fn(&Rc<Self>, E) + 'static,
    ) -> Closure<dyn FnMut(E)> {
        let weak = Rc::downgrade(self);
        Closure::new(move |event| {
            if let Some(inner) = weak.upgrade() {
                act(&inner, event);
            }
        })
    }

    fn every(self: &Rc<Self>, ms: u32, act: impl Fn(&Rc<Self>) + 'static) -> Interval {
        let weak = Rc::downgrade(self);
        Interval::new(ms, move || {
            if let Some(inner) = weak.upgrade() {
                act(&inner);
            }
        })
    }

    fn opened(self: &Rc<Self>) {
        let (epoch, last_seq) = (self.ears.resume)();
        self.send(&ClientFrame::Hello(Hello {
            room: self.room,
            device: self.device,
            epoch,
            last_seq,
        }));
    }

    fn heard(self: &Rc<Self>, data: &JsValue) {
        let bytes = js_sys::Uint8Array::new(data).to_vec();
        self.state.borrow_mut().heard_at = local_ms();
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

    fn closed(self: &Rc<Self>, code: u16) {
        match Closing::from_code(code) {
            Some(why) => self.over(why),
            None => self.retry(),
        }
    }

    fn over(self: &Rc<Self>, why: Closing) {
        if why.retries() { self.retry() } else { self.shut(why) }
    }

    fn shut(&self, why: Closing) {
        {
            let mut state = self.state.borrow_mut();
            state.retry = None;
            state.ticks = None;
            state.first_pings = None;
            state.open = None;
        }
        self.set_line(Line::Closed(why));
    }

    fn retry(self: &Rc<Self>) {
        if matches!(self.state.borrow().line, Some(Line::Closed(_))) || self.state.borrow().retry.is_some() {
            return;
        }
        self.set_line(Line::Resuming);
        let weak = Rc::downgrade(self);
        let mut state = self.state.borrow_mut();
        state.open = None;
        let wait = delay_ms(state.attempt, js_sys::Math::random());
        state.attempt = state.attempt.saturating_add(1);
        state.retry = Some(Timeout::new(wait, move || {
            if let Some(inner) = weak.upgrade() {
                inner.connect();
            }
        }));
    }

    /// Every two seconds: a ping, and a look whether anything was heard lately.
    fn tick(self: &Rc<Self>) {
        let silent = local_ms() - self.state.borrow().heard_at;
        if silent > f64::from(DEAD_AFTER_MS) {
            self.state.borrow_mut().open = None;
            self.retry();
        } else {
            self.ping();
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

impl Drop for Inner {
    fn drop(&mut self) {
        if let (Some(window), Some(online)) = (web_sys::window(), self.state.get_mut().online.take()) {
            // The window may be gone already; then so is the listener.
            let _removed = window.remove_event_listener_with_callback("online", online.as_ref().unchecked_ref());
        }
    }
}

fn address(path: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |get: fn(&web_sys::Location) -> Result<String, JsValue>| location.as_ref().and_then(|l| get(l).ok());
    let scheme = if part(web_sys::Location::protocol).as_deref() == Some("https:") {
        "wss"
    } else {
        "ws"
    };
    format!("{scheme}://{}{path}", part(web_sys::Location::host).unwrap_or_default())
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
