//! The host's one page before the room: a look at oneself and one button, whose click unlocks the sound.

use super::{DeviceChoice, OwnPicture, help::NoDevice, level::VoiceLevel};
use crate::{
    client::{media::Sense, room::Room, studio::Gear},
    model::{Device, Seat},
    ui::words,
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Entrance(#[prop(into)] on_enter: Callback<()>) -> impl IntoView {
    let room = expect_context::<Room>();
    room.studio().open();
    let heard = RwSignal::new(false);
    let enter = move || {
        room.unlock_sound();
        room.studio().speaker.set(Device::Works);
        on_enter.run(());
    };
    let patient = room.door.with_untracked(|door| door.patient_name.clone());
    // Who waits is here already: the line is open before the door is.
    let waiting = move || {
        room.people.with(|people| {
            let here = |person: &&crate::model::Person| person.seat != Seat::Host && person.presence.is_here();
            people
                .iter()
                .find(here)
                .map(|person| format!("{}: {}", person.name, words::presence(person.presence)))
        })
    };
    view! {
        <section class="page" data-width="narrow"><div class="check">
            <h1>"Your visit with " {patient}</h1>
            <OwnPicture/>
            {move || room.studio().microphone.with(|gear| gear.track().is_some()).then(|| view! { <VoiceLevel heard/> })}
            {move || match room.studio().camera.get() {
                Gear::Fault(fault) => view! { <NoDevice sense=Sense::Camera fault beside=true on_skip=Callback::new(|()| ())/> }.into_any(),
                _ => view! { <DeviceChoice sense=Sense::Camera/> <DeviceChoice sense=Sense::Microphone/> }.into_any(),
            }}
            <p class="fine" role="status">{move || waiting().unwrap_or_else(|| "Nobody is in the waiting room yet.".to_owned())}</p>
            <div class="actions">
                <Button kind=ButtonKind::Primary size=ButtonSize::Large wide=true icon="door" on_press=enter>"Open the room"</Button>
            </div>
        </div></section>
    }
}
