//! Longer text. The only place in the house that may render a `<textarea>`: see `escape`.

use leptos::prelude::*;

use super::escape::inside_textarea;
use super::notes::{Ids, Notes};

/// A labelled text of several lines that grows with its content.
///
/// ```ignore
/// <TextArea name="reason" label="Why do you want this visit? (optional)" rows=3 maxlength=500 value=draft counted=true/>
/// ```
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// What it holds at first. Later changes do not overwrite what somebody typed.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] maxlength: Option<u32>,
    /// Shows how much room is left. Needs `maxlength`.
    #[prop(optional)]
    counted: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let ids = Ids::new(id, &name);
    let described = {
        let (ids, has_hint) = (ids.clone(), hint.is_some());
        move || ids.described_by(has_hint, error.with(Option::is_some))
    };
    let used = RwSignal::new(length(&value));
    let room_used = maxlength.filter(|_| counted).map(|limit| {
        view! { <p class="field-count">{move || format!("{} of {limit}", used.get())}</p> }
    });
    view! {
        <div class="field" data-required=required>
            <label class="field-label" for=ids.control.clone()>{label}</label>
            <textarea
                id=ids.control.clone()
                class="input"
                name=name
                rows=rows.to_string()
                maxlength=maxlength.map(|length| length.to_string())
                required=required
                disabled=move || disabled.get()
                autofocus=autofocus
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:input=move |event| {
                    let text = event_target_value(&event);
                    used.set(length(&text));
                    if let Some(on_input) = on_input {
                        on_input.run(text);
                    }
                }
            >
                {inside_textarea(value)}
            </textarea>
            {room_used}
            <Notes ids hint error/>
        </div>
    }
}

/// Counted as `maxlength` counts: in UTF-16 units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
