//! One of a list, with the browser's own control.

use leptos::prelude::*;

use super::notes::{Ids, Notes};

/// A labelled native list to choose from.
///
/// ```ignore
/// <Select name="language" label="Language" value="es" options=vec![("".into(), "Any".into()), ("es".into(), "Spanish".into())]/>
/// ```
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// Pairs of value and label, in the order shown.
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// The id of a form elsewhere on the page.
    #[prop(optional, into)]
    form: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] label_hidden: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let ids = Ids::new(id, &name);
    let described = {
        let (ids, has_hint) = (ids.clone(), hint.is_some());
        move || ids.described_by(has_hint, error.with(Option::is_some))
    };
    let options = options
        .into_iter()
        .map(|(key, word)| view! { <option selected=key == value value=key>{word}</option> })
        .collect_view();
    view! {
        <div class="field" data-required=required>
            <label class="field-label" class:visually-hidden=label_hidden for=ids.control.clone()>{label}</label>
            <div class="field-box">
                <select
                    id=ids.control.clone()
                    class="input"
                    form=form
                    name=name
                    required=required
                    disabled=move || disabled.get()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    on:change=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event_target_value(&event));
                        }
                    }
                >
                    {options}
                </select>
            </div>
            <Notes ids hint error/>
        </div>
    }
}
