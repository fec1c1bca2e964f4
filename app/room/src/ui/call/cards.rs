//! The bar of a child: four cards, always at the same place, one tap each, and a calm sign that the card was taken.

use crate::{
    client::room::Room,
    model::{Act, Card},
    ui::waiting::ForAdults,
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn ChildBar() -> impl IntoView {
    view! {
        <div class="child-bar" role="group" aria-label="Cards">
            {Card::ALL.map(|card| view! { <CardButton card/> })}
            <ForAdults/>
        </div>
    }
}

#[component]
fn CardButton(card: Card) -> impl IntoView {
    let room = expect_context::<Room>();
    let up = move || held(room) == Some(card);
    let (icon, word) = face(card);
    let press = move |_| {
        // A second tap takes the card back; another card takes its place.
        let card = (untrack(|| held(room)) != Some(card)).then_some(card);
        room.act(Act::Card { card });
    };
    view! {
        <button type="button" class="child-button" aria-pressed=move || up().to_string() on:click=press>
            <Icon name=icon/>
            {word}
        </button>
    }
}

fn held(room: Room) -> Option<Card> {
    room.me.with(|me| me.as_ref().and_then(|me| me.card))
}

const fn face(card: Card) -> (&'static str, &'static str) {
    match card {
        Card::Break => ("pause-break", "Break"),
        Card::Help => ("help", "Help"),
        Card::Louder => ("volume", "Louder"),
        Card::Stop => ("hand", "Stop"),
    }
}
