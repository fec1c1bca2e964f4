//! Yes or no.

use leptos::prelude::*;

use super::notes::{Ids, Notes};

/// A tick with its words; the whole line is the target.
///
/// ```ignore
/// <Checkbox name="consent" label="I agree to treatment by video" checked=draft.consent/>
/// ```
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    /// What a form sends when ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let ids = Ids::new(id, &name);
    let described = {
        let (ids, has_hint) = (ids.clone(), hint.is_some());
        move || ids.described_by(has_hint, error.with(Option::is_some))
    };
    view! {
        <div class="field" data-tick>
            <label class="choice">
                <input
                    id=ids.control.clone()
                    type="checkbox"
                    name=name
                    value=value
                    checked=checked
                    required=required
                    disabled=move || disabled.get()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    on:change=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event_target_checked(&event));
                        }
                    }
                />
                <span class="choice-word">{label}</span>
            </label>
            <Notes ids hint error/>
        </div>
    }
}
