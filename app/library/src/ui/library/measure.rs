//! How long a film is, asked of the browser that is about to send it.

use super::line::whole;
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlVideoElement, Url};

/// How long a film is, as this browser plays it. A recording often does not know until one jumps behind its end.
pub async fn measure(file: &File) -> Option<u32> {
    const FAR: f64 = 1e7;
    const PATIENCE: i32 = 5_000;
    let video: HtmlVideoElement = document().create_element("video").ok()?.dyn_into().ok()?;
    let address = Url::create_object_url_with_blob(file).ok()?;
    let probe = video.clone();
    let known = Promise::new(&mut |resolve, _| {
        let probe = probe.clone();
        let done = resolve.clone();
        let look = Closure::<dyn FnMut()>::new(move || {
            if probe.duration().is_finite() {
                let _settled = done.call0(&JsValue::NULL);
            } else {
                probe.set_current_time(FAR);
            }
        });
        let handler: &js_sys::Function = look.as_ref().unchecked_ref();
        video.set_onloadedmetadata(Some(handler));
        video.set_ondurationchange(Some(handler));
        video.set_onerror(Some(&resolve));
        // Waits no longer than a person would; freed with the page, once per film.
        let _timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE);
        look.forget();
    });
    video.set_preload("metadata");
    video.set_muted(true);
    video.set_src(&address);
    let _settled = JsFuture::from(known).await;
    let seconds = video.duration();
    let _freed = Url::revoke_object_url(&address);
    (seconds.is_finite() && seconds > 0.0).then(|| u32::try_from(whole(seconds * 1000.0)).unwrap_or(0))
}
