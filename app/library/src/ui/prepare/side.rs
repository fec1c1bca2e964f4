//! The waiting room: which video plays there, and a message.

use super::{desk::KitDesk, model::Change};
use crate::model::ItemKind;
use kit::prelude::*;
use leptos::prelude::*;
use std::time::Duration;

/// A pause in typing after which the message is saved.
const TYPED: Duration = Duration::from_millis(800);

#[component]
pub fn SideView(desk: KitDesk) -> impl IntoView {
    let hydrated = use_hydrated();
    let off = Signal::derive(move || !hydrated.get() || !desk.is_open());
    let videos = desk.shelf.with_value(|items| {
        items
            .iter()
            .filter(|item| item.kind == ItemKind::Video)
            .map(|item| (item.id.to_string(), item.name.clone()))
            .collect::<Vec<_>>()
    });
    let options = std::iter::once((String::new(), "No video".to_owned()))
        .chain(videos)
        .collect::<Vec<_>>();
    let (chosen, message) = desk.kit.with_untracked(|kit| {
        (
            kit.waiting.map(|item| item.to_string()).unwrap_or_default(),
            kit.message.clone(),
        )
    });
    let film = move || {
        desk.kit
            .with(|kit| kit.waiting)
            .map(|item| format!("/media/{item}/film"))
    };
    view! {
        <Section title="Waiting room">
            <div class="stack">
                <Select name="waiting" label="Video while waiting" options value=chosen disabled=off
                    on_change=move |value: String| desk.change(Change::Waiting(value.parse().ok()))/>
                {move || film().map(|source| view! {
                    <video class="look" src=source controls preload="metadata" playsinline></video>
                })}
                <TextArea name="message" label="Message in the waiting room" rows=3 maxlength=300 counted=true value=message
                    disabled=off on_input=move |text: String| type_message(desk, text)/>
            </div>
        </Section>
    }
    .into_any()
}

/// Saves once the typing rests: a later letter makes this timer's text an old one.
fn type_message(desk: KitDesk, text: String) {
    desk.kit.update_untracked(|kit| kit.message.clone_from(&text));
    set_timeout(
        move || {
            if desk.kit.with_untracked(|kit| kit.message == text) {
                desk.change(Change::Message(text));
            }
        },
        TYPED,
    );
}
