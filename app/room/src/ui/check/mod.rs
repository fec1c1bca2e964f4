//! The device check: one question a page, under a minute, asked once per device (G20). Whatever the answers, the visit can
//! go on.

mod alone;
mod camera;
mod connection;
mod device_line;
mod devices;
mod entrance;
mod help;
mod level;
mod microphone;
mod own_picture;
mod ready;
mod speaker;
mod steps;

pub use alone::CheckAlone;
pub use device_line::DeviceLine;
pub use devices::DeviceChoice;
pub use entrance::Entrance;
pub use own_picture::OwnPicture;

use crate::client::studio::Studio;
use camera::CameraPage;
use leptos::prelude::*;
use microphone::MicrophonePage;
use ready::ReadyPage;
use speaker::SpeakerPage;
use steps::CheckSteps;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Camera,
    Microphone,
    Speaker,
    Ready,
}

const NAMES: [&str; 4] = ["Camera", "Microphone", "Sound", "Ready"];

/// Before the waiting room. The connection needs no page here: the line to the room is open already.
#[component]
pub fn Check() -> impl IntoView {
    let studio = expect_context::<Studio>();
    // A device that was checked before is asked on one page only.
    let page = RwSignal::new(if studio.known() { Page::Ready } else { Page::Camera });
    studio.open();
    let go = move |next: Page| Callback::new(move |()| page.set(next));
    view! {
        <section class="page" data-width="narrow"><div class="check">
            {move || match page.get() {
                Page::Camera => view! { <CameraPage on_done=go(Page::Microphone)/> }.into_any(),
                Page::Microphone => view! { <MicrophonePage on_done=go(Page::Speaker)/> }.into_any(),
                Page::Speaker => view! { <SpeakerPage on_done=go(Page::Ready)/> }.into_any(),
                Page::Ready => view! { <ReadyPage on_again=go(Page::Camera)/> }.into_any(),
            }}
            <CheckSteps names=&NAMES now=Signal::derive(move || page.get() as usize)/>
        </div></section>
    }
}
