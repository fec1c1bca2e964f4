//! What the check found, in three marks.

use crate::{
    client::studio::{Gear, Studio},
    model::Device,
    ui::words,
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn DeviceLine() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let found = move || {
        [
            ("Camera", studio.camera.with(Gear::device)),
            ("Microphone", studio.microphone.with(Gear::device)),
            ("Sound", studio.speaker.get()),
        ]
    };
    view! {
        <ul class="checks">
            {move || {
                found().map(|(name, device)| {
                    let (state, icon) = match device {
                        Device::Works => (Some("ok"), "check"),
                        Device::Unknown => (None, "clock"),
                        Device::Skipped | Device::Denied | Device::Missing => (Some("warn"), "alert"),
                    };
                    view! { <li data-state=state><Icon name=icon/> {name} " " {words::device(device)}</li> }
                })
            }}
        </ul>
    }
}
