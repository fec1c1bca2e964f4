//! The state of a thing in one word, with a shape for those who do not see the colour.

use leptos::prelude::*;

use crate::Tone;
use crate::show::Icon;

/// A state word: {Confirmed}, {Requested}.
///
/// ```ignore
/// <StateChip tone=Tone::Good text="Confirmed"/>
/// <StateChip tone=move || tone_of(state.get()) text=move || word_of(state.get())/>
/// ```
#[component]
pub fn StateChip(#[prop(optional, into)] tone: Signal<Tone>, #[prop(into)] text: Signal<String>) -> impl IntoView {
    let shape = Signal::derive(move || tone.get().shape());
    view! {
        <span class="chip" data-tone=move || tone.get().name()>
            <Icon name=shape/>
            <span>{move || text.get()}</span>
        </span>
    }
}
