//! A card that the other side holds up: on top of every tab, with a sound, until it was seen.

use crate::{
    client::{room::Room, sound::Sound},
    model::{Act, Seat},
    ui::words,
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Cards() -> impl IntoView {
    let room = expect_context::<Room>();
    let held = Memo::new(move |_| {
        room.people.with(|people| {
            people
                .iter()
                .filter(|person| person.seat != Seat::Host)
                .filter_map(|person| Some((person.id, person.name.clone(), person.card?)))
                .collect::<Vec<_>>()
        })
    });
    Effect::new(move |before: Option<usize>| {
        let now = held.with(Vec::len);
        if before.is_some_and(|before| now > before) {
            // Without sound the line alone says it.
            let _ = room.studio().with_sound(Sound::chime);
        }
        now
    });
    view! {
        <div role="status" class="cards-held">
            {move || held.get().into_iter().map(|(who, name, card)| view! {
                <section class="waiting-now">
                    <p><strong>{name} " " {words::card(card)}</strong></p>
                    <Button icon="check" on_press=move || room.act(Act::CardSeen { who })>"Seen"</Button>
                </section>
            }).collect_view()}
        </div>
    }
}
