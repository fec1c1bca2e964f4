//! `/room/test` in the browser: the same check at any time, without a visit, with the connection as its fourth question.

use super::{
    CheckSteps, DeviceLine, OwnPicture,
    camera::CameraPage,
    connection::{ConnectionPage, connection},
    microphone::MicrophonePage,
    speaker::SpeakerPage,
};
use crate::client::{probe::Reach, studio::Studio};
use kit::prelude::*;
use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Camera,
    Microphone,
    Speaker,
    Connection,
    Result,
}

const NAMES: [&str; 5] = ["Camera", "Microphone", "Sound", "Connection", "Result"];

#[component]
pub fn CheckAlone() -> impl IntoView {
    let studio = Studio::remembered();
    provide_context(studio);
    studio.open();
    // The lights of camera and microphone go out with the page.
    on_cleanup(move || studio.close());
    let reach = RwSignal::new(None::<Reach>);
    let page = RwSignal::new(Page::Camera);
    let go = move |next: Page| Callback::new(move |()| page.set(next));
    view! {
        <section class="page" data-width="narrow"><div class="check" data-page=move || NAMES[page.get() as usize]>
            {move || match page.get() {
                Page::Camera => view! { <CameraPage on_done=go(Page::Microphone)/> }.into_any(),
                Page::Microphone => view! { <MicrophonePage on_done=go(Page::Speaker)/> }.into_any(),
                Page::Speaker => view! { <SpeakerPage on_done=go(Page::Connection)/> }.into_any(),
                Page::Connection => view! { <ConnectionPage reach on_done=go(Page::Result)/> }.into_any(),
                Page::Result => view! { <Outcome reach on_again=go(Page::Camera)/> }.into_any(),
            }}
            <CheckSteps names=&NAMES now=Signal::derive(move || page.get() as usize)/>
        </div></section>
    }
}

/// What was found; a device that was walked through here is asked on one page before its next visit.
#[component]
fn Outcome(reach: RwSignal<Option<Reach>>, on_again: Callback<()>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    studio.remember_checked();
    let me = LocalResource::new(identity::api::me);
    let home = Signal::derive(move || {
        me.get()
            .and_then(Result::ok)
            .map_or("/", |me| me.role.home())
            .to_owned()
    });
    view! {
        <h1>"This is what your device can do"</h1>
        <OwnPicture/>
        <DeviceLine/>
        <p role="status">{move || connection(reach.get())}</p>
        <div class="actions">
            <LinkButton href=home external=true kind=ButtonKind::Primary size=ButtonSize::Large>"Done"</LinkButton>
            <Button kind=ButtonKind::Quiet on_press=on_again>"Check again"</Button>
        </div>
    }
}
