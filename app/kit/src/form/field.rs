//! One line of typed text: the most used control of the house.

use leptos::prelude::*;

use super::notes::{Ids, Notes};
use crate::hook::use_hydrated;

/// A labelled input with hint and error.
///
/// ```ignore
/// <Field name="email" label="E-mail" input_type="email" autocomplete="username" required=true
///        error=move || error_at("email")/>
/// <Field name="password" label="Password" input_type="password" autocomplete="current-password"/>
/// <Field name="notice" label="Minimum notice" input_type="number" unit="min" value="180" min="0"/>
/// ```
#[expect(
    clippy::fn_params_excessive_bools,
    reason = "each is an HTML attribute of the same name"
)]
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// text, email, tel, number, password, date, time, search, url, file. A password gets a *Show* button.
    #[prop(default = "text")]
    input_type: &'static str,
    /// What the field holds at first. Later changes do not overwrite what somebody typed.
    #[prop(optional, into)]
    value: String,
    /// The error as shown text; `None` while the field is fine.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] inputmode: Option<String>,
    #[prop(optional, into)] pattern: Option<String>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
    #[prop(optional, into)] step: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    /// For `file`: the allowed kinds, and whether several may be chosen.
    #[prop(optional, into)]
    accept: Option<String>,
    #[prop(optional)] multiple: bool,
    /// A unit after the input: "min", "%".
    #[prop(optional, into)]
    unit: Option<String>,
    /// The id of a form elsewhere on the page.
    #[prop(optional, into)]
    form: Option<String>,
    /// Needed only when two controls of one page share a name.
    #[prop(optional, into)]
    id: Option<String>,
    /// The label is spoken but not shown (a search field with its icon).
    #[prop(optional)]
    label_hidden: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let ids = Ids::new(id, &name);
    let described = {
        let (ids, has_hint) = (ids.clone(), hint.is_some());
        move || ids.described_by(has_hint, error.with(Option::is_some))
    };
    let shown = RwSignal::new(false);
    let is_password = input_type == "password";
    let now_type = move || if is_password && shown.get() { "text" } else { input_type };
    view! {
        <div class="field" data-required=required>
            <label class="field-label" class:visually-hidden=label_hidden for=ids.control.clone()>{label}</label>
            <div class="field-box">
                <input
                    id=ids.control.clone()
                    class="input"
                    form=form
                    name=name
                    type=now_type
                    value=value
                    required=required
                    disabled=move || disabled.get()
                    autofocus=autofocus
                    autocomplete=autocomplete
                    inputmode=inputmode
                    pattern=pattern
                    min=min
                    max=max
                    step=step
                    maxlength=maxlength.map(|length| length.to_string())
                    accept=accept
                    multiple=multiple
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    on:input=move |event| {
                        if let Some(on_input) = on_input {
                            on_input.run(event_target_value(&event));
                        }
                    }
                />
                {unit.map(|unit| view! { <span class="field-unit">{unit}</span> })}
                {is_password.then(|| view! { <ShowPassword shown/> })}
            </div>
            <Notes ids hint error/>
        </div>
    }
}

/// Shows what was typed. Needs script, so it appears only where it works; its place is kept.
#[component]
fn ShowPassword(shown: RwSignal<bool>) -> impl IntoView {
    let hydrated = use_hydrated();
    view! {
        <button
            class="field-show"
            type="button"
            aria-pressed=move || shown.get().to_string()
            disabled=move || !hydrated.get()
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {move || if shown.get() { "Hide" } else { "Show" }}
        </button>
    }
}
