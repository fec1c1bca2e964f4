//! The first page of a patient or guardian.

use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn PatientHomePage() -> impl IntoView {
    view! {
        <scheduling::ui::PatientHome/>
        // A full page load: only the room's documents may use camera and microphone.
        <div class="actions">
            <LinkButton href="/room/test" external=true kind=ButtonKind::Quiet icon="video">"Test your camera and sound"</LinkButton>
        </div>
    }
}
