//! The state of a request or visit as a chip: word, shape and tone.

use crate::{
    api::view,
    model::{RequestState, VisitState},
    ui::words::{self, Reader},
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Standing(standing: view::Standing, reader: Reader) -> impl IntoView {
    match standing {
        view::Standing::Request(state) => view! { <RequestChip state/> }.into_any(),
        view::Standing::Visit(state) => view! { <VisitChip state reader/> }.into_any(),
    }
}

#[component]
pub fn RequestChip(state: RequestState) -> impl IntoView {
    view! { <StateChip tone=request_tone(state) text=words::request_word(state)/> }
}

#[component]
pub fn VisitChip(state: VisitState, reader: Reader) -> impl IntoView {
    view! { <StateChip tone=visit_tone(state) text=words::visit_word(state, reader)/> }
}

const fn request_tone(state: RequestState) -> Tone {
    match state {
        RequestState::Approved => Tone::Good,
        RequestState::Pending | RequestState::Proposed | RequestState::Waitlisted => Tone::Info,
        RequestState::Conflicted => Tone::Warn,
        RequestState::Declined => Tone::Bad,
        RequestState::Draft | RequestState::Withdrawn | RequestState::Expired => Tone::Plain,
    }
}

const fn visit_tone(state: VisitState) -> Tone {
    match state {
        VisitState::Scheduled | VisitState::Completed => Tone::Good,
        VisitState::Waiting | VisitState::InProgress => Tone::Info,
        VisitState::Ended => Tone::Warn,
        VisitState::NoShow | VisitState::NotHeld | VisitState::Cancelled => Tone::Plain,
    }
}
