//! A button with a word.

use leptos::prelude::*;

use super::{ButtonKind, ButtonSize, ButtonType};
use crate::show::Icon;

/// A button with a word, and perhaps an icon before it.
///
/// ```ignore
/// <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=action.pending() busy_text="Sending">"Send request"</Button>
/// <Button icon="trash" kind=ButtonKind::Danger on_press=move || remove.set(true)>"Delete"</Button>
/// <Button kind=ButtonKind::Time button_type=ButtonType::Submit name="starts" value="2026-11-24T16:00:00Z">"10:00"</Button>
/// ```
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] button_type: ButtonType,
    /// A name of the sprite (`kit::show::ICONS`).
    #[prop(optional)]
    icon: Option<&'static str>,
    /// While true the button keeps its focus and its width, shows that work goes on, and ignores presses.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Says what goes on while busy ("Sending"). Without it the label stays.
    #[prop(optional, into)]
    busy_text: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Makes it a toggle: its state is told by `aria-pressed`.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// What a form learns when this button sends it.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// The id of a form elsewhere on the page.
    #[prop(optional, into)]
    form: Option<String>,
    /// The id of the element that says why the button is off, or what it will do.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// The spoken name where the visible word is not enough ("10:00, Tue 24 Nov").
    #[prop(optional, into)]
    label: Option<String>,
    /// First focus in a dialog: the safe answer.
    #[prop(optional)]
    autofocus: bool,
    /// Fills the width.
    #[prop(optional)]
    wide: bool,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class="button"
            type=button_type.name()
            data-kind=kind.name()
            data-size=size.name()
            data-wide=wide
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            aria-pressed=pressed.map(|pressed| move || pressed.get().to_string())
            aria-describedby=described_by
            aria-label=label
            name=name
            value=value
            form=form
            autofocus=autofocus
            on:click=press
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span class="button-word">{children()}</span>
            {busy_text.map(|text| view! { <span class="button-busy">{text}</span> })}
        </button>
    }
}
