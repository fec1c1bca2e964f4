//! "Does the bar move when you speak?"

use super::{
    DeviceChoice,
    help::{Asking, NoDevice},
    level::VoiceLevel,
};
use crate::client::{
    media::{MediaFault, Sense},
    studio::{Gear, Studio},
};
use kit::prelude::*;
use leptos::prelude::*;
use std::time::Duration;

/// Long enough to read the question and say a word.
const SILENT_AFTER: Duration = Duration::from_secs(6);

#[component]
pub fn MicrophonePage(on_done: Callback<()>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    view! {
        <h1>"Say a word. Does the bar move?"</h1>
        {move || match studio.microphone.get() {
            Gear::Unasked | Gear::Asking => view! { <Asking/> }.into_any(),
            Gear::Fault(fault) => view! { <NoDevice sense=Sense::Microphone fault on_skip=on_done/> }.into_any(),
            Gear::Skipped => view! { <NoDevice sense=Sense::Microphone fault=MediaFault::Other on_skip=on_done/> }.into_any(),
            Gear::On(_) => view! { <Speaking on_done/> }.into_any(),
        }}
    }
}

#[component]
fn Speaking(on_done: Callback<()>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let heard = RwSignal::new(false);
    let waited = RwSignal::new(false);
    let timer = set_timeout_with_handle(move || waited.set(true), SILENT_AFTER);
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    view! {
        <VoiceLevel heard/>
        <p class="fine" role="status">
            {move || match (heard.get(), waited.get()) {
                (true, _) => "We hear you.",
                (false, true) => "We hear nothing. Say a word, or choose another microphone.",
                (false, false) => "",
            }}
        </p>
        <DeviceChoice sense=Sense::Microphone/>
        <div class="actions">
            <Button kind=ButtonKind::Primary on_press=on_done>"Yes, go on"</Button>
            {move || (waited.get() && !heard.get()).then(|| view! {
                <Button on_press=move || {
                    studio.skip(Sense::Microphone);
                    on_done.run(());
                }>"Go on without microphone"</Button>
            })}
        </div>
    }
}
