//! One's own camera, mirrored as in a mirror unless it stands for what the other sees.

use crate::client::{dom::page_visible, players::play_quietly, studio::Studio};
use leptos::{html, prelude::*};
use web_sys::MediaStream;

#[component]
pub fn OwnPicture(
    /// A spoken name, where the picture is more than decoration.
    #[prop(default = "Your own picture")]
    label: &'static str,
    /// `screen`, or `person-tile` beside the other's.
    #[prop(default = "screen")]
    class: &'static str,
    #[prop(default = true)] mirrored: bool,
) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let video = NodeRef::<html::Video>::new();
    Effect::new(move || {
        let Some(video) = video.get() else { return };
        video.set_muted(true);
        let stream = studio.camera.with(|gear| {
            let stream = MediaStream::new().ok()?;
            stream.add_track(gear.track()?);
            Some(stream)
        });
        video.set_src_object(stream.as_ref());
        if stream.is_some() && page_visible() {
            // A muted picture may always play; a browser that refuses shows its first frame.
            play_quietly(&video);
        }
    });
    let off = move || studio.camera_off.get() || studio.camera.with(|gear| gear.track().is_none());
    view! {
        <div class=class data-mirror=mirrored.then_some("true") data-off=move || off().then_some("true")>
            <video node_ref=video playsinline autoplay muted aria-label=label></video>
            <span class="picture-off" hidden=move || !off()><kit::show::Icon name="video-off"/></span>
        </div>
    }
}
