//! One connection between two devices, and how it is set up.

use crate::{
    api::RoomDoor,
    client::{
        dom::{Listener, field, object},
        js::PeerCalls,
        negotiation::Negotiation,
    },
};
use js_sys::Array;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MediaStream, RtcConfiguration, RtcIceCandidateInit, RtcIceTransportPolicy, RtcPeerConnectionState, RtcRtpSender,
    RtcRtpTransceiver, RtcSdpType, RtcSessionDescriptionInit, RtcStatsReport,
};

/// Enough for a clear face at 640 x 360 (room.md section 5).
const VIDEO_BITS_PER_S: u32 = 800_000;
const AUDIO_BITS_PER_S: u32 = 32_000;

/// One `RTCPeerConnection` with its number and its listeners. Dropping it closes it.
pub(super) struct Line {
    pub(super) call: u32,
    pub(super) pc: PeerCalls,
    pub(super) negotiation: RefCell<Negotiation>,
    pub(super) remote: MediaStream,
    pub(super) listeners: RefCell<Vec<Listener>>,
    pub(super) limited: Cell<bool>,
}

/// Everything that arrived over one connection.
#[derive(Debug, Clone, Copy, Default)]
pub struct Received {
    /// Packets and frames; only their movement counts.
    pub moved: f64,
    pub bytes: f64,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.listeners.borrow_mut().clear();
        self.pc.close();
    }
}

impl Line {
    pub(super) fn lanes(&self) -> impl Iterator<Item = RtcRtpTransceiver> {
        self.pc.get_transceivers().into_iter().map(JsCast::unchecked_into)
    }

    pub(super) async fn received(&self) -> Option<Received> {
        let report: RtcStatsReport = JsFuture::from(self.pc.get_stats()).await.ok()?.unchecked_into();
        let mut received = Received::default();
        for stat in report.values().into_iter().flatten() {
            if field(&stat, "type").as_string().as_deref() == Some("inbound-rtp") {
                let count = |name| field(&stat, name).as_f64().unwrap_or(0.0);
                received.moved += count("packetsReceived") + count("framesReceived");
                received.bytes += count("bytesReceived");
            }
        }
        Some(received)
    }

    pub(super) async fn set_remote(&self, kind: RtcSdpType, sdp: &str) -> Result<(), JsValue> {
        let description = RtcSessionDescriptionInit::new(kind);
        description.set_sdp(sdp);
        JsFuture::from(self.pc.set_remote_description(&description))
            .await
            .map(drop)
    }

    pub(super) async fn take_answer(&self, sdp: &str) -> Result<(), JsValue> {
        self.negotiation.borrow_mut().answer_pending(true);
        let set = self.set_remote(RtcSdpType::Answer, sdp).await;
        self.negotiation.borrow_mut().answer_pending(false);
        set
    }

    pub(super) async fn take_candidate(
        &self,
        candidate: &str,
        mid: Option<&str>,
        index: Option<u16>,
    ) -> Result<(), JsValue> {
        let init = RtcIceCandidateInit::new(candidate);
        init.set_sdp_mid(mid);
        init.set_sdp_m_line_index(index);
        let added = JsFuture::from(self.pc.add_ice_candidate_with_opt_rtc_ice_candidate_init(Some(&init))).await;
        match added {
            Err(_) if self.negotiation.borrow().forgives_candidates() => Ok(()),
            other => other.map(drop),
        }
    }

    /// Bitrates can be set once the lanes are up.
    pub(super) fn limit_once(&self) {
        if self.pc.connection_state() != RtcPeerConnectionState::Connected || self.limited.replace(true) {
            return;
        }
        for lane in self.lanes() {
            let audio = lane.receiver().track().kind() == "audio";
            limit(&lane.sender(), if audio { AUDIO_BITS_PER_S } else { VIDEO_BITS_PER_S });
        }
    }
}

fn limit(sender: &RtcRtpSender, bits_per_s: u32) {
    let parameters = sender.get_parameters();
    for encoding in Array::from(&field(&parameters, "encodings")) {
        let _ = js_sys::Reflect::set(&encoding, &"maxBitrate".into(), &bits_per_s.into());
    }
    let set = sender.set_parameters_with_parameters(&parameters);
    spawn_local(async move {
        // A browser that refuses a limit keeps its own.
        let _ = JsFuture::from(set).await;
    });
}

pub(super) fn configuration(door: &RoomDoor) -> RtcConfiguration {
    let text = |text: &str| JsValue::from_str(text);
    let servers: Array = door
        .ice
        .iter()
        .map(|server| {
            let urls: Array = server.urls.iter().map(|url| text(url)).collect();
            object([
                ("urls", urls.into()),
                ("username", text(&server.username)),
                ("credential", text(&server.credential)),
            ])
        })
        .collect();
    let configuration = RtcConfiguration::new();
    configuration.set_ice_servers(&servers);
    if door.relay_only {
        configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
    }
    configuration
}
