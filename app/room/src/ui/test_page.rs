//! `/room/test`: the device check at any time, for everybody who may sit in a visit. It stands under `/room`, because only
//! the room's documents may use camera and microphone.

use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn RoomTestPage() -> impl IntoView {
    let hydrated = use_hydrated();
    view! {
        <Title text="Device test"/>
        <main class="room-page" id="main">
            {move || if hydrated.get() {
                check()
            } else {
                view! {
                    <section class="page" data-width="narrow"><div class="stack">
                        <h1>"Test your camera and sound"</h1>
                        <p role="status">"The test opens."</p>
                        <noscript>
                            <p>"The test needs JavaScript, and it is switched off in this browser. Switch it on and load the page again."</p>
                        </noscript>
                    </div></section>
                }
                .into_any()
            }}
        </main>
    }
}

#[cfg(feature = "hydrate")]
fn check() -> AnyView {
    view! { <super::check::CheckAlone/> }.into_any()
}

/// The server never comes this far: camera and microphone exist only in the browser.
#[cfg(not(feature = "hydrate"))]
fn check() -> AnyView {
    ().into_any()
}
