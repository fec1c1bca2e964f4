//! The camera and the microphone: asked for once, kept for the whole visit, switched by replacing a track.

use super::{
    dom::{field, object},
    js::HintedTrack,
};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    Camera,
    Microphone,
}

/// Why a device gives nothing. The visit goes on without it in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaFault {
    /// The person, the browser or the system said no: M7 and the way to undo it.
    Refused,
    /// There is none.
    NoDevice,
    /// Another program holds it.
    Busy,
    /// Everything else, an old browser included.
    Other,
}

impl MediaFault {
    /// From the name of the browser's exception (Media Capture and Streams, section 10.2).
    pub fn from_name(name: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" => Self::Refused,
            "NotFoundError" | "OverconstrainedError" => Self::NoDevice,
            "NotReadableError" | "AbortError" => Self::Busy,
            _ => Self::Other,
        }
    }

    fn from_js(error: &JsValue) -> Self {
        Self::from_name(&field(error, "name").as_string().unwrap_or_default())
    }
}

/// One device as the browser names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: String,
    pub label: String,
}

pub type Opened = Result<MediaStreamTrack, MediaFault>;

/// Opens camera and microphone with one question of the browser; when that fails, each on its own, so that a missing
/// camera does not cost the microphone.
pub async fn open_both(camera: Option<&str>, microphone: Option<&str>) -> (Opened, Opened) {
    match ask(Some(picture(camera)), Some(voice(microphone))).await {
        Ok(stream) => (first(&stream.get_video_tracks()), first(&stream.get_audio_tracks())),
        Err(_) => (
            open(Sense::Camera, camera).await,
            open(Sense::Microphone, microphone).await,
        ),
    }
}

/// Opens one device, the remembered one where it still exists.
///
/// # Errors
/// `Refused`, `NoDevice` or `Busy`, as the browser tells them apart.
pub async fn open(sense: Sense, device: Option<&str>) -> Opened {
    let stream = match sense {
        Sense::Camera => ask(Some(picture(device)), None).await?,
        Sense::Microphone => ask(None, Some(voice(device))).await?,
    };
    match sense {
        Sense::Camera => first(&stream.get_video_tracks()),
        Sense::Microphone => first(&stream.get_audio_tracks()),
    }
}

/// The devices of one kind. Names are empty until a permission was given.
pub async fn list(sense: Sense) -> Vec<Device> {
    let wanted = match sense {
        Sense::Camera => MediaDeviceKind::Videoinput,
        Sense::Microphone => MediaDeviceKind::Audioinput,
    };
    let Some(devices) = media_devices() else {
        return Vec::new();
    };
    let Ok(promise) = devices.enumerate_devices() else {
        return Vec::new();
    };
    let Ok(found) = JsFuture::from(promise).await else {
        return Vec::new();
    };
    Array::from(&found)
        .iter()
        .filter_map(|info| info.dyn_into::<MediaDeviceInfo>().ok())
        .filter(|info| info.kind() == wanted && !info.device_id().is_empty())
        .map(|info| Device {
            id: info.device_id(),
            label: info.label(),
        })
        .collect()
}

/// The id of the device behind a track.
pub fn device_of(track: &MediaStreamTrack) -> Option<String> {
    field(&track.get_settings(), "deviceId")
        .as_string()
        .filter(|id| !id.is_empty())
}

pub fn media_devices() -> Option<MediaDevices> {
    // Missing on an insecure page, where the binding would hand out `undefined`.
    let navigator = web_sys::window()?.navigator();
    if field(&navigator, "mediaDevices").is_undefined() {
        return None;
    }
    navigator.media_devices().ok()
}

async fn ask(video: Option<Object>, audio: Option<Object>) -> Result<MediaStream, MediaFault> {
    let devices = media_devices().ok_or(MediaFault::Other)?;
    let constraints = MediaStreamConstraints::new();
    if let Some(video) = video {
        constraints.set_video(&video);
    }
    if let Some(audio) = audio {
        constraints.set_audio(&audio);
    }
    let promise = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|error| MediaFault::from_js(&error))?;
    let stream = JsFuture::from(promise)
        .await
        .map_err(|error| MediaFault::from_js(&error))?;
    stream.dyn_into().map_err(|_| MediaFault::Other)
}

/// 640 x 360 at 30 is enough for a face and spares old tablets (room.md section 5).
fn picture(device: Option<&str>) -> Object {
    let wishes = object([
        ("width", object([("ideal", 640.into())]).into()),
        ("height", object([("ideal", 360.into())]).into()),
        ("frameRate", object([("ideal", 30.into())]).into()),
        ("facingMode", "user".into()),
    ]);
    prefer(wishes, device)
}

fn voice(device: Option<&str>) -> Object {
    let wishes = object([
        ("echoCancellation", true.into()),
        ("noiseSuppression", true.into()),
        ("autoGainControl", true.into()),
        ("channelCount", object([("ideal", 1.into())]).into()),
    ]);
    prefer(wishes, device)
}

/// `ideal`, not `exact`: a camera that was unplugged since the last visit must not end in an error.
fn prefer(wishes: Object, device: Option<&str>) -> Object {
    if let Some(id) = device {
        let wish = object([("ideal", id.into())]);
        let _ = js_sys::Reflect::set(&wishes, &"deviceId".into(), &wish);
    }
    wishes
}

fn first(tracks: &Array) -> Opened {
    let track: MediaStreamTrack = tracks.get(0).dyn_into().map_err(|_| MediaFault::NoDevice)?;
    let hint = if track.kind() == "audio" { "speech" } else { "motion" };
    track.unchecked_ref::<HintedTrack>().set_content_hint(hint);
    Ok(track)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_apart_from_a_missing_device() {
        assert_eq!(MediaFault::from_name("NotAllowedError"), MediaFault::Refused);
        assert_eq!(MediaFault::from_name("NotFoundError"), MediaFault::NoDevice);
        assert_eq!(MediaFault::from_name("NotReadableError"), MediaFault::Busy);
        assert_eq!(MediaFault::from_name("TypeError"), MediaFault::Other);
    }
}
