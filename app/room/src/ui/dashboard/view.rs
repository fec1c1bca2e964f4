//! The two halves, or below 900 px the stage with the tabs as a bottom bar.

use super::{
    board_tab::BoardTab,
    cards::Cards,
    film_bar::FilmBar,
    pages::PageBar,
    people_tab::{Arrivals, PeopleTab},
    proof::Proof,
    show::ShowTab,
    steer::{UpNext, clear, listen_for_keys},
    stream_tab::{EndButton, LeaveButton, StreamTab},
    tabs::{Tab, TabBar},
};
use crate::{
    client::{dom::Ticker, room::Room},
    model::{Presence, Refusal, Shown},
    ui::{board::BoardTools, call::RemoteTile, clock, stage::Stage, words},
};
use kit::prelude::*;
use leptos::prelude::*;
use std::time::Duration;

#[component]
pub fn Dashboard() -> impl IntoView {
    let room = expect_context::<Room>();
    let first = room
        .door
        .with_untracked(|door| door.kit.items.first().map(|item| item.item));
    let next = UpNext(RwSignal::new(first));
    provide_context(next);
    listen_for_keys(room, next);
    let tab = RwSignal::new(Tab::Show);
    let patient = room.door.with_untracked(|door| door.patient_name.clone());
    let refusal = refusal_of_the_moment(room);
    let empty = Signal::derive(move || room.stage.get().shown == Shown::Nothing);
    let who = patient.clone();
    let mirror = move || {
        let here = room.other().is_some_and(|other| other.presence == Presence::InRoom);
        words::mirror(&who, here)
    };
    view! {
        <div class="room" data-seat="host" data-density="medium">
            <header class="room-top">
                <VisitTime/>
                <div class="room-end"><LeaveButton/><EndButton/></div>
                <Arrivals/>
                <Cards/>
            </header>
            <section class="room-left" aria-label=format!("What {patient} sees")>
                <p class="fine only-wide">{mirror}</p>
                <Stage/>
                <div class="receipt">
                    <Proof/>
                    <FilmBar/>
                    <PageBar/>
                    <Button size=ButtonSize::Small icon="clear" disabled=empty on_press=move || clear(room)>"Clear stage"</Button>
                    <p class="refusal" role="alert">{move || refusal.get().map(words::refusal)}</p>
                </div>
            </section>
            <div class="room-seam"><BoardTools/></div>
            <section class="room-right" aria-label="Steer the visit">
                <div class="patient-now">
                    <RemoteTile/>
                    <PersonLine/>
                </div>
                <TabBar tab/>
                <div id="dashboard-tab" role="tabpanel" aria-labelledby=move || tab.get().id()>
                    {move || match tab.get() {
                        Tab::Show => view! { <ShowTab/> }.into_any(),
                        Tab::Board => view! { <BoardTab/> }.into_any(),
                        Tab::Stream => view! { <StreamTab/> }.into_any(),
                        Tab::People => view! { <PeopleTab/> }.into_any(),
                    }}
                </div>
            </section>
        </div>
    }
}

/// Why the last act was refused; gone after a while, because the next act is another matter.
fn refusal_of_the_moment(room: Room) -> ReadSignal<Option<Refusal>> {
    const SHOWN_FOR: Duration = Duration::from_secs(6);
    let (shown, set_shown) = signal(None);
    Effect::new(move || {
        let Some((number, why)) = room.refused.get() else {
            return;
        };
        set_shown.set(Some(why));
        set_timeout(
            move || {
                if room
                    .refused
                    .try_get_untracked()
                    .flatten()
                    .is_some_and(|(now, _)| now == number)
                {
                    set_shown.try_set(None);
                }
            },
            SHOWN_FOR,
        );
    });
    shown
}

/// "Visit 10:00 · 12 of 45 min".
#[component]
fn VisitTime() -> impl IntoView {
    const TICK_MS: i32 = 5_000;
    let room = expect_context::<Room>();
    let (starts, starts_ms, ends_ms) = room
        .door
        .with_untracked(|door| (clock::clock(door.starts), clock::ms(door.starts), clock::ms(door.ends)));
    let gone = move || (((room.server_ms() - starts_ms) / 60_000.0).floor()).max(0.0);
    let minutes = RwSignal::new(gone());
    let _tick = StoredValue::new_local(Ticker::every(TICK_MS, move || {
        minutes.try_set(gone());
    }));
    let whole = (ends_ms - starts_ms) / 60_000.0;
    view! {
        <h1 class="strong">"Visit " {starts}</h1>
        <span class="number">{move || format!("{:.0} of {whole:.0} min", minutes.get())}</span>
    }
}

/// The patient's name and how their device stands, always on top.
#[component]
fn PersonLine() -> impl IntoView {
    let room = expect_context::<Room>();
    let line = move || {
        room.other()
            .map(|other| (words::presence(other.presence), words::readiness(&other.readiness)))
    };
    view! {
        <div class="stack" data-gap="small">
            {move || match line() {
                Some((presence, readiness)) => view! { <p class="strong">{presence}</p> <p class="fine">{readiness}</p> }.into_any(),
                None => view! { <p>"Nobody is in the waiting room yet."</p> }.into_any(),
            }}
        </div>
    }
}
