//! One's own small picture, and whether one is heard.

use crate::{client::room::Room, ui::check::OwnPicture};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn OwnTile() -> impl IntoView {
    let room = expect_context::<Room>();
    view! {
        <div class="own-tile">
            <OwnPicture label="You" class="person-tile"/>
            <span class="person-name">
                "You"
                {move || (!room.studio().sends_microphone()).then(|| view! { <Icon name="mic-off" label="Microphone off"/> })}
            </span>
        </div>
    }
}
