//! An adult's bar below the stage: microphone, camera, hand, settings and Leave.

use crate::{
    client::{dom::Listener, media::Sense, room::Room},
    model::Act,
    ui::{
        closed::visit_page,
        dashboard::keys::{Command, command, typing},
        waiting::DeviceSettings,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub fn AdultBar() -> impl IntoView {
    let room = expect_context::<Room>();
    let settings = RwSignal::new(false);
    let leaving = RwSignal::new(false);
    listen_for_keys(room);
    view! {
        <div class="room-bar" role="toolbar" aria-label="Your microphone and camera">
            <MediaButtons/>
            <CallButton icon="hand" word="Hand" raised=Signal::derive(move || hand_up(room)) on_press=move || raise(room)/>
            <CallButton icon="settings" word="More" on_press=move || settings.set(true)/>
            <div class="room-end">
                <Button kind=ButtonKind::Danger icon="log-out" on_press=move || leaving.set(true)>"Leave"</Button>
            </div>
        </div>
        <Dialog title="Camera and microphone" open=settings id="room-settings"><DeviceSettings/></Dialog>
        <Dialog title="Leave the visit?" open=leaving id="room-leave"><LeaveQuestion open=leaving/></Dialog>
    }
}

/// Microphone and camera as toggles: pressed means on.
#[component]
pub fn MediaButtons() -> impl IntoView {
    let room = expect_context::<Room>();
    let heard = Signal::derive(move || room.studio().sends_microphone());
    let seen = Signal::derive(move || room.studio().sends_camera());
    view! {
        <CallButton
            icon=Signal::derive(move || if heard.get() { "mic" } else { "mic-off" })
            word=Signal::derive(move || if heard.get() { "Mute" } else { "Unmute" })
            on=heard
            on_press=move || toggle_microphone(room)
        />
        <CallButton
            icon=Signal::derive(move || if seen.get() { "video" } else { "video-off" })
            word=Signal::derive(move || if seen.get() { "Camera off" } else { "Camera on" })
            on=seen
            on_press=move || toggle_camera(room)
        />
        <span class="visually-hidden" role="status">
            {move || if heard.get() { "Microphone on" } else { "Microphone off" }}
        </span>
    }
}

/// A round button of the bar: picture over word.
#[component]
fn CallButton(
    #[prop(into)] icon: Signal<&'static str>,
    #[prop(into)] word: Signal<&'static str>,
    /// A device: off is shown by colour and picture. The word says what a press does, so no state is spoken twice.
    #[prop(optional, into)]
    on: Option<Signal<bool>>,
    #[prop(optional, into)] raised: Option<Signal<bool>>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="call-button"
            data-off=on.map(|on| move || (!on.get()).then_some("true"))
            data-on=raised.map(|raised| move || raised.get().then_some("true"))
            aria-pressed=raised.map(|raised| move || raised.get().to_string())
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon/>
            <span>{move || word.get()}</span>
        </button>
    }
}

/// Without a track yet, the same button asks for the device: a visit that began without a camera gets one here.
pub fn toggle_microphone(room: Room) {
    if room.studio().microphone.with_untracked(|gear| gear.track().is_none()) {
        room.studio().muted.set(false);
        room.studio().choose(Sense::Microphone, None);
    } else {
        room.studio().muted.update(|muted| *muted = !*muted);
    }
}

pub fn toggle_camera(room: Room) {
    if room.studio().camera.with_untracked(|gear| gear.track().is_none()) {
        room.studio().camera_off.set(false);
        room.studio().choose(Sense::Camera, None);
    } else {
        room.studio().camera_off.update(|off| *off = !*off);
    }
}

#[component]
pub fn LeaveQuestion(open: RwSignal<bool>) -> impl IntoView {
    let room = expect_context::<Room>();
    let leave = move || {
        let page = room.door.with_untracked(|door| visit_page(door.seat, door.visit));
        room.leave();
        // A full page load: only the room's document may use the camera.
        let _ = window().location().set_href(&page);
    };
    view! {
        <p>"The visit goes on without you. You can come back while it lasts."</p>
        <div class="actions">
            <Button autofocus=true on_press=move || open.set(false)>"Stay"</Button>
            <Button kind=ButtonKind::Danger on_press=leave>"Leave the visit"</Button>
        </div>
    }
}

fn hand_up(room: Room) -> bool {
    room.me.with(|me| me.as_ref().is_some_and(|me| me.hand_up))
}

fn raise(room: Room) {
    let up = !untrack(|| hand_up(room));
    room.act(Act::Hand { up });
}

/// `m`, `c`, `h`, and undo of one's own strokes.
fn listen_for_keys(room: Room) {
    let listener = Listener::new(&window(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        if typing(event) {
            return;
        }
        match command(&event.key(), event.ctrl_key() || event.meta_key(), event.shift_key()) {
            Some(Command::Microphone) => toggle_microphone(room),
            Some(Command::Camera) => toggle_camera(room),
            Some(Command::Hand) => raise(room),
            Some(Command::Undo) => room.undo(),
            Some(Command::Redo) => room.redo(),
            _ => return,
        }
        event.prevent_default();
    });
    let _kept = StoredValue::new_local(listener);
}
