//! The device check: one question a page, under a minute, asked once per device (G20). Whatever the answers, the visit can
//! go on.

mod camera;
mod device_line;
mod devices;
mod entrance;
mod help;
mod level;
mod microphone;
mod own_picture;
mod ready;
mod speaker;

pub use device_line::DeviceLine;
pub use devices::DeviceChoice;
pub use entrance::Entrance;
pub use own_picture::OwnPicture;

use crate::client::room::Room;
use camera::CameraPage;
use kit::prelude::*;
use leptos::prelude::*;
use microphone::MicrophonePage;
use ready::ReadyPage;
use speaker::SpeakerPage;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Camera,
    Microphone,
    Speaker,
    Ready,
}

impl Page {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Camera, "Camera"),
        (Self::Microphone, "Microphone"),
        (Self::Speaker, "Sound"),
        (Self::Ready, "Ready"),
    ];

    fn number(self) -> usize {
        Self::ALL.iter().position(|(page, _)| *page == self).unwrap_or_default()
    }
}

#[component]
pub fn Check() -> impl IntoView {
    let room = expect_context::<Room>();
    // A device that was checked before is asked on one page only.
    let page = RwSignal::new(if room.studio().known() {
        Page::Ready
    } else {
        Page::Camera
    });
    room.studio().open();
    let go = move |next: Page| Callback::new(move |()| page.set(next));
    view! {
        <section class="page" data-width="narrow"><div class="check">
            {move || match page.get() {
                Page::Camera => view! { <CameraPage on_done=go(Page::Microphone)/> }.into_any(),
                Page::Microphone => view! { <MicrophonePage on_done=go(Page::Speaker)/> }.into_any(),
                Page::Speaker => view! { <SpeakerPage on_done=go(Page::Ready)/> }.into_any(),
                Page::Ready => view! { <ReadyPage on_again=go(Page::Camera)/> }.into_any(),
            }}
                {move || {
                    let now = page.get().number();
                    let items = Page::ALL
                        .iter()
                        .enumerate()
                        .map(|(number, (_, name))| {
                            let state = match number.cmp(&now) {
                                std::cmp::Ordering::Less => StepState::Done,
                                std::cmp::Ordering::Equal => StepState::Now,
                                std::cmp::Ordering::Greater => StepState::Later,
                            };
                            Step::new(state, *name)
                        })
                        .collect::<Vec<_>>();
                    view! { <Steps items line=true/> }
            }}
        </div></section>
    }
}
