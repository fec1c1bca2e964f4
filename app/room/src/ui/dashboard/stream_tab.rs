//! One's own microphone, camera and devices; and the two ways out: Leave and End are two different things.

use crate::{
    client::room::Room,
    model::Act,
    ui::{
        call::{LeaveQuestion, MediaButtons, OwnTile},
        waiting::DeviceSettings,
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn StreamTab() -> impl IntoView {
    let room = expect_context::<Room>();
    let sound = RwSignal::new(false);
    let toggle_sound = move || {
        sound.update(|on| *on = !*on);
        if let Some(players) = room.players() {
            players.film.set_muted(!sound.get_untracked());
        }
    };
    view! {
        <div class="stack">
            <OwnTile/>
            <div class="cluster"><MediaButtons/></div>
            <Button icon="volume" pressed=sound on_press=toggle_sound>"Film sound on my side"</Button>
            <DeviceSettings/>
            <p class="fine" data-call-rate=move || room.kbps.get()>
                {move || match room.kbps.get() {
                    0 => "The call is not measured yet.".to_owned(),
                    kbps => format!("The call brings {} to you.", words::rate(kbps)),
                }}
            </p>
        </div>
    }
}

/// The way out that leaves the visit going on, after one question.
#[component]
pub fn LeaveButton() -> impl IntoView {
    let asking = RwSignal::new(false);
    view! {
        <Button kind=ButtonKind::Quiet icon="log-out" on_press=move || asking.set(true)>"Leave"</Button>
        <Dialog title="Leave the room?" open=asking id="host-leave"><LeaveQuestion open=asking/></Dialog>
    }
}

/// Ends the visit for everybody, after one question.
#[component]
pub fn EndButton() -> impl IntoView {
    let room = expect_context::<Room>();
    let asking = RwSignal::new(false);
    let end = move || {
        asking.set(false);
        room.act(Act::End);
    };
    view! {
        <Button kind=ButtonKind::Danger icon="door" on_press=move || asking.set(true)>"End for all"</Button>
        <Dialog title="End the visit for everybody?" open=asking id="room-end">
            <p>"The call ends on both sides. You confirm the visit on the next page."</p>
            <div class="actions">
                <Button autofocus=true on_press=move || asking.set(false)>"Go on with the visit"</Button>
                <Button kind=ButtonKind::Danger on_press=end>"End for all"</Button>
            </div>
        </Dialog>
    }
}
