//! Who waits, how ready they are, and the door. Only staff see who waits (G19).

use crate::{
    client::{room::Room, sound::Sound},
    model::{Act, ParticipantId, Person, Presence, Seat},
    ui::words,
};
use kit::prelude::*;
use leptos::prelude::*;

/// Longest note, in characters; the room takes 500 bytes.
const NOTE_LENGTH: u32 = 160;

#[component]
pub fn PeopleTab() -> impl IntoView {
    let room = expect_context::<Room>();
    let others = others(room);
    view! {
        <div class="stack">
            {move || others.with(Vec::is_empty).then(|| view! {
                <EmptyState icon="users" text="Nobody is in the waiting room yet. You hear a sound when somebody comes."/>
            })}
            <ul class="lines">
                {move || others.get().into_iter().map(|person| view! { <PersonRow person/> }).collect_view()}
            </ul>
            <Note/>
        </div>
    }
}

#[component]
fn PersonRow(person: Person) -> impl IntoView {
    let Person {
        id,
        name,
        presence,
        admitted,
        readiness,
        ..
    } = person;
    let tone = match presence {
        Presence::InRoom | Presence::Ready => Tone::Good,
        Presence::Checking => Tone::Info,
        Presence::Resuming => Tone::Warn,
        Presence::Left => Tone::Plain,
    };
    let here = presence.is_here();
    view! {
        <li class="line">
            <Avatar name=name.clone()/>
            <div class="line-main">
                <p><strong>{name}</strong> " " <StateChip tone text=words::presence(presence)/></p>
                <p class="fine">{words::readiness(&readiness)}</p>
            </div>
            {(!admitted && here).then(|| view! { <Admit who=id/> })}
        </li>
    }
}

#[component]
fn Admit(
    who: ParticipantId,
    /// The one primary action of this moment.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let room = expect_context::<Room>();
    let kind = if first { ButtonKind::Primary } else { ButtonKind::Plain };
    view! { <Button kind icon="door" on_press=move || room.act(Act::Admit { who })>"Let in"</Button> }
}

/// Somebody waits: said on top of every tab, with a sound at the moment they are ready.
#[component]
pub fn Arrivals() -> impl IntoView {
    let room = expect_context::<Room>();
    let others = others(room);
    let waiting = Memo::new(move |_| {
        others.with(|others| {
            let waits = |person: &&Person| !person.admitted && person.presence.is_here();
            others.iter().find(waits).map(|person| {
                (
                    person.id,
                    person.name.clone(),
                    person.ready,
                    words::readiness(&person.readiness),
                )
            })
        })
    });
    let ready = Memo::new(move |_| waiting.with(|waiting| waiting.as_ref().is_some_and(|(_, _, ready, _)| *ready)));
    Effect::new(move |before: Option<bool>| {
        let now = ready.get();
        if now && before != Some(true) {
            // Without sound the banner alone says it.
            let _ = room.studio().with_sound(Sound::chime);
        }
        now
    });
    move || {
        waiting.get().map(|(who, name, ready, device)| {
            let state = if ready { "is ready" } else { "checks the device" };
            view! {
                <section class="waiting-now">
                    <p><strong>{name} " " {state}</strong><br/><span class="muted">{device}</span></p>
                    <Admit who first=ready/>
                </section>
            }
        })
    }
}

/// Somebody is ready to be let in: then that is the one thing to do.
pub fn somebody_ready(room: Room) -> Memo<bool> {
    let others = others(room);
    Memo::new(move |_| {
        others.with(|others| {
            others
                .iter()
                .any(|person| !person.admitted && person.presence == Presence::Ready)
        })
    })
}

/// A line for those who wait, also written beforehand.
#[component]
fn Note() -> impl IntoView {
    let room = expect_context::<Room>();
    let text = RwSignal::new(room.note.get_untracked());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        room.act(Act::Note {
            text: text.get_untracked().trim().to_owned(),
        });
    };
    let shown = move || {
        let note = room.note.get();
        if note.is_empty() {
            "Nothing is shown to those who wait.".to_owned()
        } else {
            format!("Shown now: {note}")
        }
    };
    view! {
        <form class="form" on:submit=send>
            <Field
                name="note"
                label="Message to those who wait"
                value=text.get_untracked()
                maxlength=NOTE_LENGTH
                on_input=move |typed| text.set(typed)
            />
            <Button button_type=ButtonType::Submit icon="send">"Show it"</Button>
            <p class="fine" role="status">{shown}</p>
        </form>
    }
}

fn others(room: Room) -> Memo<Vec<Person>> {
    Memo::new(move |_| {
        room.people
            .with(|people| people.iter().filter(|p| p.seat != Seat::Host).cloned().collect())
    })
}
