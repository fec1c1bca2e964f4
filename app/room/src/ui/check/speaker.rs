//! "Do you hear two notes?"

use crate::{
    client::{sound::Sound, studio::Studio},
    model::Device,
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn SpeakerPage(on_done: Callback<()>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let played = RwSignal::new(false);
    let deaf = RwSignal::new(false);
    let play = move || {
        let sounded = studio.with_sound(Sound::chime).is_some_and(|chime| chime.is_ok());
        played.set(true);
        deaf.set(!sounded);
    };
    let done = move |speaker: Device| {
        studio.speaker.set(speaker);
        on_done.run(());
    };
    view! {
        <h1>"Do you hear two notes?"</h1>
        <div class="screen sound-screen"><Icon name="speaker"/></div>
        {move || deaf.get().then(|| view! {
            <ul class="help-steps" role="alert">
                <li>"Turn the volume up, also with the keys at the side of the device."</li>
                <li>"Are headphones plugged in, or connected?"</li>
                <li>"Is the device set to silent?"</li>
            </ul>
        })}
        <div class="actions">
            {move || if played.get() {
                view! {
                    <Button kind=ButtonKind::Primary on_press=move || done(Device::Works)>"I heard it"</Button>
                    <Button icon="play" on_press=play>"Play again"</Button>
                    {move || if deaf.get() {
                        view! { <Button kind=ButtonKind::Quiet on_press=move || done(Device::Skipped)>"Go on without sound"</Button> }.into_any()
                    } else {
                        view! { <Button kind=ButtonKind::Quiet on_press=move || deaf.set(true)>"I hear nothing"</Button> }.into_any()
                    }}
                }.into_any()
            } else {
                view! { <Button kind=ButtonKind::Primary icon="play" on_press=play>"Play two notes"</Button> }.into_any()
            }}
        </div>
    }
}
