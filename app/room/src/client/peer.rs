//! One connection between the two devices: perfect negotiation over the room's socket. The host calls, the patient
//! answers; either may ask for another ICE path later. Tracks are swapped without negotiating again, so a visit that began
//! without a camera gets one at any time.

mod line;

use super::{
    dom::{Listener, now_ms},
    media::Sense,
    negotiation::{Belongs, Negotiation, belongs},
};
use crate::{api::RoomDoor, model::wire::Signal};
pub use line::Received;
use line::{Line, configuration};
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MediaStream, MediaStreamTrack, RtcConfiguration, RtcPeerConnection, RtcPeerConnectionIceEvent,
    RtcRtpTransceiverDirection, RtcSdpType, RtcSignalingState, RtcTrackEvent,
};

/// Two hellos that cross must not make two calls.
const HELLO_PAUSE_MS: f64 = 1_000.0;

type Hear<T> = Box<dyn Fn(T)>;

/// The call of one page. Dropping it hangs up.
pub struct Peer(Rc<Inner>);

struct Inner {
    host: bool,
    configuration: RefCell<RtcConfiguration>,
    send: Hear<Signal>,
    /// Media of the other side has begun to arrive.
    seen: Hear<MediaStream>,
    camera: RefCell<Option<MediaStreamTrack>>,
    microphone: RefCell<Option<MediaStreamTrack>>,
    line: RefCell<Option<Rc<Line>>>,
    said_hello_at: Cell<f64>,
}

impl Peer {
    pub fn new(
        host: bool,
        door: &RoomDoor,
        send: impl Fn(Signal) + 'static,
        seen: impl Fn(MediaStream) + 'static,
    ) -> Self {
        Self(Rc::new(Inner {
            host,
            configuration: RefCell::new(configuration(door)),
            send: Box::new(send),
            seen: Box::new(seen),
            camera: RefCell::default(),
            microphone: RefCell::default(),
            line: RefCell::default(),
            said_hello_at: Cell::new(f64::NEG_INFINITY),
        }))
    }

    /// Says that this page has no connection yet. One "hello" of either side ends in one call.
    pub fn start(&self) {
        self.0.say_hello();
    }

    /// Gives the connection up for a new one: the host calls, the patient asks to be called.
    pub fn rebuild(&self) {
        if self.0.host {
            self.0.call();
        } else {
            self.0.say_hello();
        }
    }

    /// Takes a signal of the other side.
    pub fn hear(&self, signal: Signal) {
        let inner = Rc::clone(&self.0);
        spawn_local(async move {
            // What fails here is mended by the watchdog: a broken offer leads to silence, silence to a new connection.
            let _ = inner.hear(signal).await;
        });
    }

    /// Fresh credentials for the relay, for the next path and the next connection.
    pub fn renew(&self, door: &RoomDoor) {
        let fresh = configuration(door);
        if let Some(line) = self.0.line.borrow().as_ref() {
            // A browser that refuses keeps the old ones; the next connection has the fresh ones anyway.
            let _ = line.pc.set_configuration_with_configuration(&fresh);
        }
        *self.0.configuration.borrow_mut() = fresh;
    }

    /// What this side sends from now on; `None` sends nothing of that kind.
    pub fn send_track(&self, sense: Sense, track: Option<MediaStreamTrack>) {
        let slot = match sense {
            Sense::Camera => &self.0.camera,
            Sense::Microphone => &self.0.microphone,
        };
        *slot.borrow_mut() = track;
        if let Some(line) = self.0.line.borrow().as_ref() {
            self.0.load_tracks(line);
        }
    }

    pub fn restart_ice(&self) {
        if let Some(line) = self.0.line.borrow().as_ref() {
            // Unknown to a very old browser: its next step is a new connection.
            let _ = line.pc.restart_ice();
        }
    }

    /// What arrived so far over the connection at hand; `None` without one.
    pub async fn received(&self) -> Option<Received> {
        let line = self.0.line.borrow().clone()?;
        line.received().await
    }
}

impl Inner {
    fn say_hello(&self) {
        self.said_hello_at.set(now_ms());
        (self.send)(Signal::Hello);
    }

    /// The host answers a hello by calling. The patient answers the host's with an own one, unless that is on its way.
    fn hello(self: &Rc<Self>) {
        if self.host {
            self.call();
        } else if now_ms() - self.said_hello_at.get() > HELLO_PAUSE_MS {
            self.say_hello();
        }
    }

    fn call(self: &Rc<Self>) {
        let Ok(line) = self.open(fresh_call()) else { return };
        for kind in ["audio", "video"] {
            // Both lanes from the start, with or without a device behind them.
            line.pc.add_transceiver_with_str(kind);
        }
        self.load_tracks(&line);
    }

    /// A new connection in place of the one at hand. Handlers are set before anything can fire (room.md: set later, 7 of
    /// 12 starts showed no picture).
    fn open(self: &Rc<Self>, call: u32) -> Result<Rc<Line>, JsValue> {
        let pc = RtcPeerConnection::new_with_configuration(&self.configuration.borrow())?;
        let line = Rc::new(Line {
            call,
            pc: pc.unchecked_into(),
            negotiation: RefCell::new(Negotiation::new(!self.host)),
            remote: MediaStream::new()?,
            listeners: RefCell::default(),
            limited: Cell::new(false),
        });
        line.listeners.replace(self.listen(&line));
        *self.line.borrow_mut() = Some(Rc::clone(&line));
        Ok(line)
    }

    fn listen(self: &Rc<Self>, line: &Rc<Line>) -> Vec<Listener> {
        let ends = (Rc::downgrade(self), Rc::downgrade(line));
        let on = |kind, react: fn(Rc<Self>, Rc<Line>, web_sys::Event)| {
            let (inner, line_end): (Weak<Self>, Weak<Line>) = ends.clone();
            Listener::new(&line.pc, kind, move |event| {
                if let (Some(inner), Some(line)) = (inner.upgrade(), line_end.upgrade()) {
                    react(inner, line, event);
                }
            })
        };
        vec![
            on("track", |inner, line, event| inner.on_track(&line, &event)),
            on("icecandidate", |inner, line, event| inner.on_candidate(&line, &event)),
            on("negotiationneeded", |inner, line, _| {
                spawn_local(async move {
                    line.negotiation.borrow_mut().making_offer(true);
                    let _ = inner.describe(&line).await;
                    line.negotiation.borrow_mut().making_offer(false);
                });
            }),
            on("connectionstatechange", |_, line, _| line.limit_once()),
        ]
    }

    fn on_track(self: &Rc<Self>, line: &Rc<Line>, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<RtcTrackEvent>() else {
            return;
        };
        let track = event.track();
        line.remote.add_track(&track);
        // A track says "unmute" when its first packets arrive: only then is there something to show.
        let (inner, line_end) = (Rc::downgrade(self), Rc::downgrade(line));
        let heard = Listener::new(&track, "unmute", move |_| {
            if let (Some(inner), Some(line)) = (inner.upgrade(), line_end.upgrade()) {
                (inner.seen)(line.remote.clone());
            }
        });
        line.listeners.borrow_mut().push(heard);
    }

    fn on_candidate(&self, line: &Line, event: &web_sys::Event) {
        let candidate = event
            .dyn_ref::<RtcPeerConnectionIceEvent>()
            .and_then(RtcPeerConnectionIceEvent::candidate);
        if let Some(candidate) = candidate {
            (self.send)(Signal::Candidate {
                call: line.call,
                candidate: candidate.candidate(),
                mid: candidate.sdp_mid(),
                line: candidate.sdp_m_line_index(),
            });
        }
    }

    /// Sets the local description, offer or answer as the state asks, and sends it.
    async fn describe(&self, line: &Line) -> Result<(), JsValue> {
        JsFuture::from(line.pc.set_local_description_implicit()?).await?;
        if let Some(description) = line.pc.local_description() {
            let (call, sdp) = (line.call, description.sdp());
            (self.send)(match description.type_() {
                RtcSdpType::Answer => Signal::Answer { call, sdp },
                _ => Signal::Offer { call, sdp },
            });
        }
        Ok(())
    }

    async fn hear(self: &Rc<Self>, signal: Signal) -> Result<(), JsValue> {
        match signal {
            Signal::Hello => {
                self.hello();
                Ok(())
            }
            Signal::Offer { call, sdp } => match self.find(call, true)? {
                Some(line) => self.take_offer(&line, &sdp).await,
                None => Ok(()),
            },
            Signal::Answer { call, sdp } => match self.find(call, false)? {
                Some(line) => line.take_answer(&sdp).await,
                None => Ok(()),
            },
            Signal::Candidate {
                call,
                candidate,
                mid,
                line: index,
            } => match self.find(call, false)? {
                Some(line) => line.take_candidate(&candidate, mid.as_deref(), index).await,
                None => Ok(()),
            },
        }
    }

    fn find(self: &Rc<Self>, call: u32, is_offer: bool) -> Result<Option<Rc<Line>>, JsValue> {
        let current = self.line.borrow().clone();
        Ok(
            match belongs(current.as_ref().map(|line| line.call), call, is_offer, self.host) {
                Belongs::Here => current,
                Belongs::Anew => Some(self.open(call)?),
                Belongs::Nowhere => None,
            },
        )
    }

    async fn take_offer(&self, line: &Line, sdp: &str) -> Result<(), JsValue> {
        let stable = line.pc.signaling_state() == RtcSignalingState::Stable;
        let take = line.negotiation.borrow_mut().take_offer(stable);
        if !take {
            return Ok(());
        }
        line.set_remote(RtcSdpType::Offer, sdp).await?;
        for lane in line.lanes() {
            lane.set_direction(RtcRtpTransceiverDirection::Sendrecv);
        }
        self.load_tracks(line);
        self.describe(line).await
    }

    /// Puts the camera and the microphone of this moment on their lanes.
    fn load_tracks(&self, line: &Line) {
        for lane in line.lanes() {
            let track = match lane.receiver().track().kind().as_str() {
                "audio" => self.microphone.borrow().clone(),
                _ => self.camera.borrow().clone(),
            };
            let swapped = lane.sender().replace_track(track.as_ref());
            spawn_local(async move {
                let _ = JsFuture::from(swapped).await;
            });
        }
    }
}

/// Unlike any number of an earlier connection of this visit, reloads included.
fn fresh_call() -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a random number in 0..2^32"
    )]
    let call = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    call
}
