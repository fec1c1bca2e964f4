//! Everything behind the door, in one document: which view is shown follows from the room's state.

use super::{
    call::PatientRoom,
    check::{Check, Entrance},
    closed::{Closed, Ended},
    dashboard::Dashboard,
    scene::{Scene, scene},
    waiting::Waiting,
    words,
};
use crate::{
    api::RoomDoor,
    client::{players, room::Room},
    ui::board::Pencil,
};
use kit::prelude::*;
use leptos::{prelude::*, task::spawn_local};
use live::client::Line;

/// Kept per tab, so that a reload leads the host back into the room without a second click.
const ENTERED: &str = "room.entered";

#[component]
pub fn LiveRoom(door: RoomDoor) -> impl IntoView {
    let room = Room::open(door);
    provide_context(room);
    provide_context(room.studio());
    provide_context(Pencil::new(room.is_child_page()));
    let entered = RwSignal::new(entered_before(room));
    let now = Memo::new(move |_| {
        let closed = match room.line.get() {
            Line::Closed(why) => Some(why),
            _ => None,
        };
        room.me
            .with(|me| scene(closed, room.phase.get(), me.as_ref(), entered.get()))
    });
    // After a reload the check is not walked again, but the devices have to be opened again.
    Effect::new(move || {
        if matches!(now.get(), Scene::Waiting | Scene::Room | Scene::Dashboard) {
            room.studio().open();
        }
        if now.get() == Scene::Ended {
            room.studio().close();
        }
    });
    hear_the_other(room);
    let child = room.is_child_page();
    let enter = move || {
        remember_entered(room);
        entered.set(true);
    };
    view! {
        <div
            class="live"
            data-scene=move || scene_name(now.get())
            data-line=move || line_name(room.line.get())
        >
            <LineNotice child/>
            {move || match now.get() {
                Scene::Arriving => view! { <p class="page" role="status">"The room opens."</p> }.into_any(),
                Scene::Check => view! { <Check/> }.into_any(),
                Scene::Entrance => view! { <Entrance on_enter=enter/> }.into_any(),
                Scene::Waiting => view! { <Waiting/> }.into_any(),
                Scene::Room => view! { <PatientRoom/> }.into_any(),
                Scene::Dashboard => view! { <Dashboard/> }.into_any(),
                Scene::Ended => {
                    let (seat, visit) = room.door.with_untracked(|door| (door.seat, door.visit));
                    view! { <Ended seat visit child/> }.into_any()
                }
                Scene::Closed(why) => view! { <Closed why room/> }.into_any(),
            }}
            <SoundBubble/>
        </div>
    }
}

/// M10 and M11: says that the line is cut, and that nothing was lost. A child sees one picture.
#[component]
fn LineNotice(child: bool) -> impl IntoView {
    let room = expect_context::<Room>();
    let toasts = use_toasts();
    let was_cut = StoredValue::new(false);
    Effect::new(move || match room.line.get() {
        Line::Resuming => was_cut.set_value(true),
        Line::Live if was_cut.get_value() => {
            was_cut.set_value(false);
            if !child {
                toasts.say(Tone::Good, "You are back. Nothing was lost.");
            }
        }
        _ => {}
    });
    move || {
        (room.line.get() == Line::Resuming).then(|| {
            if child {
                view! { <div class="room-moment" role="status"><Icon name="moon" label="One moment"/></div> }.into_any()
            } else {
                view! { <div class="line-notice"><Banner tone=Tone::Warn text=words::closing(live::Closing::Silent)/></div> }.into_any()
            }
        })
    }
}

/// M12: one large place to tap; the tap is the click the browser wants.
#[component]
fn SoundBubble() -> impl IntoView {
    let room = expect_context::<Room>();
    move || {
        room.sound_blocked.get().then(|| {
            view! {
                <button type="button" class="sound-bubble" on:click=move |_| room.unlock_sound()>
                    <Icon name="volume"/>
                    <span>"Tap for sound"</span>
                </button>
            }
        })
    }
}

/// Puts the other side's stream on its element as soon as it arrives.
fn hear_the_other(room: Room) {
    Effect::new(move || {
        let (Some(stream), Some(players)) = (room.remote.get(), room.players()) else {
            return;
        };
        players.show_remote(&stream);
        spawn_local(async move {
            if players::play(&players.remote).await {
                room.sound_blocked.set(true);
                room.send_ack();
            }
        });
    });
}

fn entered_before(room: Room) -> bool {
    let visit = room.door.with_untracked(|door| door.visit.to_string());
    let storage = window().session_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(ENTERED).ok().flatten()) == Some(visit)
}

fn remember_entered(room: Room) {
    let visit = room.door.with_untracked(|door| door.visit.to_string());
    if let Some(storage) = window().session_storage().ok().flatten() {
        // Blocked storage costs one more click after a reload.
        let _ = storage.set_item(ENTERED, &visit);
    }
}

const fn scene_name(scene: Scene) -> &'static str {
    match scene {
        Scene::Arriving => "arriving",
        Scene::Check => "check",
        Scene::Entrance => "entrance",
        Scene::Waiting => "waiting",
        Scene::Room => "room",
        Scene::Dashboard => "dashboard",
        Scene::Ended => "ended",
        Scene::Closed(_) => "closed",
    }
}

const fn line_name(line: Line) -> &'static str {
    match line {
        Line::Connecting => "connecting",
        Line::Live => "live",
        Line::Resuming => "resuming",
        Line::Closed(_) => "closed",
    }
}
