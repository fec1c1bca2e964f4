//! A button that shows only an icon: for the few signs everybody knows (close, more, previous, next, mute).

use leptos::prelude::*;

use super::{ButtonKind, ButtonSize, ButtonType};
use crate::show::Icon;

/// An icon with a spoken name. Prefer `Button` with a word.
///
/// ```ignore
/// <IconButton icon="x" label="Close" on_press=move || open.set(false)/>
/// <IconButton icon="mic" label="Microphone" pressed=muted on_press=toggle/>
/// ```
#[component]
pub fn IconButton(
    icon: &'static str,
    /// The spoken name and the tooltip.
    #[prop(into)]
    label: Signal<String>,
    #[prop(default = ButtonKind::Quiet)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] button_type: ButtonType,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] pressed: Option<Signal<bool>>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <button
            class="button"
            data-icon-only
            type=button_type.name()
            data-kind=kind.name()
            data-size=size.name()
            disabled=move || disabled.get()
            aria-pressed=pressed.map(|pressed| move || pressed.get().to_string())
            aria-label=move || label.get()
            title=move || label.get()
            name=name
            value=value
            on:click=move |_| {
                if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            <Icon name=icon/>
        </button>
    }
}
