//! Browser calls that web-sys 0.3.107 lacks (room.md section 4). The only hand-written bindings of the house: look here
//! again at each upgrade of web-sys and drop what it has learned.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, HtmlVideoElement, MediaStreamTrack, RtcPeerConnection};

#[wasm_bindgen]
extern "C" {
    /// `RTCPeerConnection` with the two calls perfect negotiation needs.
    #[wasm_bindgen(extends = RtcPeerConnection)]
    pub type PeerCalls;

    /// Marks the next offer as an ICE restart and fires `negotiationneeded`; survives a rollback.
    #[wasm_bindgen(method, catch, js_name = restartIce)]
    pub fn restart_ice(this: &PeerCalls) -> Result<(), JsValue>;

    /// Without an argument the browser decides between offer and answer, which closes a race.
    #[wasm_bindgen(method, catch, js_name = setLocalDescription)]
    pub fn set_local_description_implicit(this: &PeerCalls) -> Result<Promise, JsValue>;

    /// `HTMLVideoElement` with the frame clock that synced playback steers by.
    #[wasm_bindgen(extends = HtmlVideoElement)]
    pub type FrameClock;

    #[wasm_bindgen(method, catch, js_name = requestVideoFrameCallback)]
    pub fn request_frame(this: &FrameClock, callback: &Function) -> Result<u32, JsValue>;

    #[wasm_bindgen(method, catch, js_name = cancelVideoFrameCallback)]
    pub fn cancel_frame(this: &FrameClock, handle: u32) -> Result<(), JsValue>;

    /// What the frame callback is told about the frame it announces.
    pub type FrameInfo;

    /// Seconds into the film.
    #[wasm_bindgen(method, getter, js_name = mediaTime)]
    pub fn media_time(this: &FrameInfo) -> f64;

    /// On the clock of `performance.now()`, in milliseconds.
    #[wasm_bindgen(method, getter, js_name = expectedDisplayTime)]
    pub fn expected_display_time(this: &FrameInfo) -> f64;

    /// `MediaStreamTrack` with the hint that says what its content is for.
    #[wasm_bindgen(extends = MediaStreamTrack)]
    pub type HintedTrack;

    #[wasm_bindgen(method, setter, js_name = contentHint)]
    pub fn set_content_hint(this: &HintedTrack, hint: &str);

    /// `navigator.connection`, where the browser tells of a change of network.
    pub type Network;

    #[wasm_bindgen(method, getter)]
    pub fn connection(this: &Network) -> Option<EventTarget>;
}
