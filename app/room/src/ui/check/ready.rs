//! The last page: what was found, and one button whose click unlocks the sound of the whole visit. A known device sees
//! this page alone; for a child an adult hands the device over here.

use super::{DeviceLine, OwnPicture, level::VoiceLevel};
use crate::{client::room::Room, model::Act};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn ReadyPage(on_again: Callback<()>) -> impl IntoView {
    let room = expect_context::<Room>();
    let known = room.studio().known();
    let heard = RwSignal::new(false);
    let ready = move || {
        room.unlock_sound();
        room.studio().remember_checked();
        room.act(Act::Ready);
    };
    let child = room
        .is_child_page()
        .then(|| room.door.with_untracked(|door| door.patient_name.clone()));
    let title = match &child {
        Some(name) => format!("Now give the device to {name}"),
        None => "Ready for the visit?".to_owned(),
    };
    view! {
        <h1>{title}</h1>
        <OwnPicture/>
        {move || room.studio().microphone.with(|gear| gear.track().is_some()).then(|| view! { <VoiceLevel heard/> })}
        <DeviceLine/>
        <div class="actions">
            <Button kind=ButtonKind::Primary size=ButtonSize::Large wide=true on_press=ready>"I'm ready"</Button>
            <Button kind=ButtonKind::Quiet on_press=on_again>{if known { "Check the device" } else { "Check again" }}</Button>
        </div>
    }
}
