//! The tabs of the therapist's half: arrows move between them.

use crate::{
    client::room::Room,
    model::{Presence, Seat},
};
use kit::prelude::*;
use leptos::{ev::KeyboardEvent, prelude::*};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Show,
    Board,
    Stream,
    People,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Show, Self::Board, Self::Stream, Self::People];

    pub const fn id(self) -> &'static str {
        match self {
            Self::Show => "tab-show",
            Self::Board => "tab-board",
            Self::Stream => "tab-stream",
            Self::People => "tab-people",
        }
    }

    const fn word(self) -> (&'static str, &'static str) {
        match self {
            Self::Show => ("image", "Show"),
            Self::Board => ("board", "Board"),
            Self::Stream => ("video", "Stream"),
            Self::People => ("users", "People"),
        }
    }

    fn beside(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        Self::ALL[(at + by) % Self::ALL.len()]
    }
}

#[component]
pub fn TabBar(tab: RwSignal<Tab>) -> impl IntoView {
    let room = expect_context::<Room>();
    let waiting = Signal::derive(move || {
        let waits = |person: &&crate::model::Person| {
            person.seat != Seat::Host
                && !person.admitted
                && matches!(person.presence, Presence::Checking | Presence::Ready)
        };
        u32::try_from(room.people.with(|people| people.iter().filter(waits).count())).unwrap_or(u32::MAX)
    });
    let go = move |event: KeyboardEvent| {
        let next = match event.key().as_str() {
            "ArrowRight" => tab.get_untracked().beside(1),
            "ArrowLeft" => tab.get_untracked().beside(Tab::ALL.len() - 1),
            _ => return,
        };
        event.prevent_default();
        tab.set(next);
        if let Some(button) = document().get_element_by_id(next.id()) {
            use wasm_bindgen::JsCast;
            // A tab that cannot take the focus is still chosen.
            let _ = button.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Steer the visit" on:keydown=go>
            <ul role="presentation">
                {Tab::ALL
                    .map(|own| {
                        let (icon, word) = own.word();
                        let here = move || tab.get() == own;
                        view! {
                            <li role="presentation">
                                <button
                                    type="button"
                                    class="tab"
                                    role="tab"
                                    id=own.id()
                                    aria-controls="dashboard-tab"
                                    aria-selected=move || here().to_string()
                                    tabindex=move || if here() { "0" } else { "-1" }
                                    on:click=move |_| tab.set(own)
                                >
                                    <Icon name=icon/>
                                    <span>{word}</span>
                                    {(own == Tab::People).then(|| view! { <Badge count=waiting label="waiting"/> })}
                                </button>
                            </li>
                        }
                    })}
            </ul>
        </div>
    }
}
