//! Which camera or microphone, where there is more than one.

use crate::client::{
    dom::Listener,
    media::{self, Device, Sense},
    studio::Studio,
};
use kit::prelude::*;
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn DeviceChoice(sense: Sense) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let found = RwSignal::new(Vec::<Device>::new());
    let look = move || {
        spawn_local(async move {
            let list = media::list(sense).await;
            found.try_set(list);
        });
    };
    // Names appear with the permission, so the list is read again when the device opens.
    Effect::new(move || {
        studio.gear(sense).track();
        look();
    });
    let plugged = media::media_devices().map(|devices| Listener::new(&devices, "devicechange", move |_| look()));
    let _plugged = StoredValue::new_local(plugged);
    let (name, label) = match sense {
        Sense::Camera => ("camera", "Camera"),
        Sense::Microphone => ("microphone", "Microphone"),
    };
    move || {
        let devices = found.get();
        if devices.len() < 2 {
            return ().into_any();
        }
        let chosen = studio
            .gear(sense)
            .with_untracked(|gear| gear.track().and_then(media::device_of));
        let options: Vec<_> = devices.into_iter().map(|device| (device.id, device.label)).collect();
        let value = chosen.unwrap_or_default();
        view! { <Select name label options value on_change=move |id| studio.choose(sense, Some(id))/> }.into_any()
    }
}
