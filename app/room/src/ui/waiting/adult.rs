//! The waiting room of an adult: what happens now, who comes, how ready the device is.

use super::film::WaitingFilm;
use crate::{
    client::{dom::Ticker, media::Sense, room::Room},
    model::Seat,
    ui::{
        check::{DeviceChoice, DeviceLine},
        clock,
        closed::visit_page,
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;

const CLOCK_TICK_MS: i32 = 5_000;

#[component]
pub fn AdultWaiting() -> impl IntoView {
    let room = expect_context::<Room>();
    let (therapist, starts, starts_ms, seat, visit) = room.door.with_untracked(|door| {
        (
            door.therapist_name.clone(),
            clock::clock(door.starts),
            clock::ms(door.starts),
            door.seat,
            door.visit,
        )
    });
    let settings = RwSignal::new(false);
    let now_ms = RwSignal::new(room.server_ms());
    let _tick = StoredValue::new_local(Ticker::every(CLOCK_TICK_MS, move || {
        now_ms.try_set(room.server_ms());
    }));
    let host_here = move || room.host_here();
    let late = move || now_ms.get() > starts_ms;
    let state = {
        let name = therapist.clone();
        move || match (host_here(), late()) {
            (true, _) => format!("{name} is here and lets you in."),
            (false, true) => {
                format!(
                    "{name} is late and knows that you are here. You are in the right place; the room opens by itself."
                )
            }
            (false, false) => "You are in the right place; the room opens by itself.".to_owned(),
        }
    };
    let now = move || clock::clock_ms(now_ms.get());
    view! {
        <section class="page">
            <header class="waiting-head">
                <div>
                    <h1>"You are in the waiting room"</h1>
                    <p class="page-subtitle">"The visit starts at " {starts} "."</p>
                </div>
                <time>{now}</time>
            </header>
            <div class="waiting">
                <div class="stack">
                    <WaitingFilm/>
                    <Material/>
                    <DeviceLine/>
                    <div class="actions">
                        <Button icon="settings" on_press=move || settings.set(true)>"Settings"</Button>
                    </div>
                </div>
                <aside class="stack" data-gap="large">
                    <div class="person">
                        <Avatar name=therapist.clone() size=AvatarSize::Large/>
                        <span class="person-words">
                            <b>{therapist}</b>
                            <StateChip
                                tone=move || if host_here() { Tone::Good } else { Tone::Plain }
                                text=move || if host_here() { "Here".to_owned() } else { "Not here yet".to_owned() }
                            />
                        </span>
                    </div>
                    <p role="status">{state}</p>
                    {move || {
                        let note = room.note.get();
                        (!note.is_empty()).then(|| view! { <blockquote class="quote">{note}</blockquote> })
                    }}
                    <div class="actions">
                        <LinkButton href=visit_page(seat, visit) external=true icon="log-out">"Leave"</LinkButton>
                    </div>
                </aside>
            </div>
            <Dialog title="Camera and microphone" open=settings id="room-settings">
                <DeviceSettings/>
            </Dialog>
        </section>
    }
}

/// How much of the material is on this device, in files and bytes.
#[component]
pub fn Material() -> impl IntoView {
    let room = expect_context::<Room>();
    let any = move || room.tally.with(|tally| tally.total > 0);
    let text = move || {
        let tally = room.tally.get();
        Some(format!(
            "{} of {}, {}",
            tally.ready,
            tally.total,
            words::bytes(tally.bytes)
        ))
    };
    move || {
        any().then(|| {
            view! { <Progress label="Material" value=move || f64::from(room.tally.get().percent()) max=100.0 text=text/> }
        })
    }
}

#[component]
pub fn DeviceSettings() -> impl IntoView {
    let room = expect_context::<Room>();
    let host = room.seat() == Seat::Host;
    let missing = move |sense: Sense| room.studio().gear(sense).with(|gear| gear.track().is_none());
    view! {
        <DeviceChoice sense=Sense::Camera/>
        <DeviceChoice sense=Sense::Microphone/>
        {move || missing(Sense::Camera).then(|| view! {
            <Button icon="camera" on_press=move || room.studio().choose(Sense::Camera, None)>"Turn the camera on"</Button>
        })}
        {move || missing(Sense::Microphone).then(|| view! {
            <Button icon="mic" on_press=move || room.studio().choose(Sense::Microphone, None)>"Turn the microphone on"</Button>
        })}
        <p class="fine">
            {if host { "The patient hears and sees the change at once." } else { "The therapist hears and sees the change at once." }}
        </p>
    }
}
