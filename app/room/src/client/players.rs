//! The page's media elements. They are made once and moved between the views: a tile that is drawn anew would lose its
//! last frame (G24), and a browser that unlocked an element inside a click keeps that one unlocked.

use super::dom::{field, object};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlVideoElement, MediaStream};

#[derive(Clone)]
pub struct Players {
    /// The other side's picture and voice.
    pub remote: HtmlVideoElement,
    /// Its last frame, behind it, while another stream comes up.
    pub still: HtmlCanvasElement,
    /// The film on the stage.
    pub film: HtmlVideoElement,
    /// The waiting room's film.
    pub waiting: HtmlVideoElement,
}

impl Players {
    pub fn new() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let still = document.create_element("canvas").ok()?.dyn_into().ok()?;
        Some(Self {
            remote: video()?,
            still,
            film: video()?,
            waiting: video()?,
        })
    }

    /// Must run inside a click: touches every element, so that each may sound later.
    pub fn unlock(&self) {
        for element in [&self.remote, &self.film, &self.waiting] {
            let idle = element.paused();
            play_quietly(element);
            if idle && element.src_object().is_none() {
                let _ = element.pause();
            }
        }
    }

    /// Shows another stream. The last frame of the old one stays behind it until the new one has a picture.
    pub fn show_remote(&self, stream: &MediaStream) {
        if self.remote.src_object().as_ref() != Some(stream) {
            keep_frame(&self.remote, &self.still);
            self.remote.set_src_object(Some(stream));
        }
    }
}

/// Plays, and falls back to playing without sound. Answers whether sound is blocked.
pub async fn play(element: &HtmlVideoElement) -> bool {
    // A start that was overtaken (another source, another place on the page) says "abort": the later one counts.
    let blocked = start(element)
        .await
        .is_err_and(|error| field(&error, "name") == "NotAllowedError");
    if blocked {
        element.set_muted(true);
        let _ = start(element).await;
    }
    blocked
}

async fn start(element: &HtmlVideoElement) -> Result<JsValue, JsValue> {
    JsFuture::from(element.play()?).await
}

/// Moves a film into a view. A browser stops what is moved; what played goes on.
pub fn mount(element: &HtmlVideoElement, place: &Element) {
    let plays = !element.paused();
    place_in(element, place);
    if plays {
        play_quietly(element);
    }
}

pub fn place_in(element: &Element, place: &Element) {
    if element.parent_element().as_ref() != Some(place) {
        // Only a place that lies inside the element itself could refuse.
        let _ = place.append_child(element);
    }
}

/// Plays if it can. A start that ends before it has begun, because the element leaves the page, is nobody's error.
pub fn play_quietly(element: &HtmlVideoElement) {
    if let Ok(promise) = element.play() {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

fn keep_frame(video: &HtmlVideoElement, still: &HtmlCanvasElement) {
    if video.video_width() == 0 {
        return;
    }
    still.set_width(video.video_width());
    still.set_height(video.video_height());
    let options = object([("alpha", false.into())]);
    let context = still.get_context_with_context_options("2d", &options).ok().flatten();
    if let Some(context) = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok()) {
        let _ = context.draw_image_with_html_video_element(video, 0.0, 0.0);
    }
}

fn video() -> Option<HtmlVideoElement> {
    let element: HtmlVideoElement = web_sys::window()?
        .document()?
        .create_element("video")
        .ok()?
        .dyn_into()
        .ok()?;
    // Without it an iPhone takes the picture to full screen.
    let _ = element.set_attribute("playsinline", "");
    Some(element)
}
