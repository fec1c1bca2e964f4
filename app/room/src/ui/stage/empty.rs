//! Nothing is shown: the therapist fills the patient's stage. In the host's own left pane stands what the patient has
//! there: the host's picture.

use crate::{client::room::Room, ui::check::OwnPicture};
use leptos::prelude::*;

#[component]
pub fn EmptyStage() -> impl IntoView {
    let room = expect_context::<Room>();
    Effect::new(move || room.painted(room.stage.get().seq, None));
    room.is_host().then(
        || view! { <div class="stage-empty"><OwnPicture label="What the patient sees: you" mirrored=false/></div> },
    )
}
