//! The waiting room of a child (U5): first the film, then the therapist, and a disc that shrinks. No number, no text of
//! error; the adults' panel opens after one question.

use super::{adult::Material, film::WaitingFilm};
use crate::{
    client::{dom::Ticker, room::Room},
    ui::{check::DeviceLine, clock, closed::visit_page},
};
use kit::prelude::*;
use leptos::prelude::*;

const DISC_TICK_MS: i32 = 2_000;
/// The disc is full when there are ten minutes to wait; more would shrink too slowly to be seen.
const FULL_MS: f64 = 600_000.0;

#[component]
pub fn ChildWaiting() -> impl IntoView {
    let room = expect_context::<Room>();
    let (therapist, starts_ms) = room
        .door
        .with_untracked(|door| (door.therapist_name.clone(), clock::ms(door.starts)));
    let left = move || ((starts_ms - room.server_ms()) / FULL_MS * 100.0).clamp(0.0, 100.0);
    let disc = RwSignal::new(left());
    let _tick = StoredValue::new_local(Ticker::every(DISC_TICK_MS, move || {
        disc.try_set(left());
    }));
    let first_name = therapist.split_whitespace().next().unwrap_or_default().to_owned();
    let soon = {
        let name = first_name.clone();
        move || {
            if room.host_here() {
                format!("{name} is here")
            } else {
                format!("{name} comes soon")
            }
        }
    };
    view! {
        <section class="child" data-density="child">
            <h1 class="visually-hidden">"Waiting room"</h1>
            <WaitingFilm/>
            <div class="first-then">
                <figure data-now="true">
                    <Icon name="film"/>
                    <figcaption>"First: film"</figcaption>
                </figure>
                <Icon name="chevron-right"/>
                <figure>
                    <Avatar name=therapist size=AvatarSize::Large/>
                    <figcaption>"Then: " {first_name}</figcaption>
                </figure>
                <Ring label="Time until we start" value=move || disc.get() max=100.0/>
            </div>
            <p role="status">{soon}</p>
            <ForAdults/>
        </section>
    }
}

/// Behind one question that a small child does not answer.
#[component]
pub fn ForAdults() -> impl IntoView {
    let room = expect_context::<Room>();
    let open = RwSignal::new(false);
    let known = RwSignal::new(false);
    Effect::new(move || {
        if !open.get() {
            known.set(false);
        }
    });
    let (seat, visit) = room.door.with_untracked(|door| (door.seat, door.visit));
    let answer = move |right: bool| if right { known.set(true) } else { open.set(false) };
    view! {
        <div class="for-adults" data-density="medium">
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small on_press=move || open.set(true)>"For adults"</Button>
            <Dialog title="For adults" open id="for-adults">
                {move || if known.get() {
                    view! {
                        <Material/>
                        <DeviceLine/>
                        <super::adult::DeviceSettings/>
                        <LinkButton href=visit_page(seat, visit) external=true icon="log-out">"Leave the visit"</LinkButton>
                    }.into_any()
                } else {
                    view! {
                        <p>"How much is 6 times 7?"</p>
                        <div class="actions">
                            <Button on_press=move || answer(false)>"36"</Button>
                            <Button on_press=move || answer(true)>"42"</Button>
                            <Button on_press=move || answer(false)>"48"</Button>
                        </div>
                    }.into_any()
                }}
            </Dialog>
        </div>
    }
}
