//! Whom, what, when, how often: a form that is sent by GET, so that the list below has an address and works without script.
//! With script a changed field counts at once.

use super::fields::SeriesFields;
use crate::{
    api::view::PlanView,
    model::{Every, series::MOST},
    ui::{
        parts::failure_at,
        planning::{people_of, services_of, therapists_of},
        words,
    },
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::{html, prelude::*};
use leptos_router::components::Form;

#[component]
pub fn Wishes(
    view: PlanView,
    area: &'static str,
    fields: SeriesFields,
    refused: Signal<Option<ApiError>>,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let send = move || {
        if let Some(form) = place
            .get_untracked()
            .and_then(|place| place.closest("form").ok().flatten())
        {
            submit(form);
        }
    };
    let chosen = Callback::new(move |_: String| send());
    let at = move |name: &'static str| failure_at(refused, name);
    let who = view.desk.then(|| {
        let options = therapists_of(&view);
        view! { <Select name="therapist" label="Therapist" options value=fields.therapist.clone() error=at("therapist") on_change=chosen/> }
    });
    let zone = (!view.desk)
        .then(|| view.therapists.first().map(|one| one.zone.clone()))
        .flatten()
        .map(|zone| view! { <p class="zone"><Icon name="globe"/><span>"Times in " {zone.label} "."</span></p> });
    let every = Every::ALL
        .iter()
        .map(|every| (every.as_str().to_owned(), words::every(*every).to_owned()))
        .collect::<Vec<_>>();
    let action = format!("{area}/visits/new/series");
    let (people, services) = (people_of(&view), services_of(&view));
    view! {
        <Form method="get" action attr:class="form" attr:aria-label="Which visits">
            // What bubbles from dates and numbers when they are left.
            <div class="stack" node_ref=place on:change=move |event| {
                if is_input(&event) {
                    send();
                }
            }>
                <Select name="patient" label="Patient" options=people value=fields.patient error=at("patient")/>
                {who}
                <Select name="service" label="Kind of visit" options=services value=fields.service error=at("service") on_change=chosen/>
                <FormRow>
                    <Field name="date" label="First date" input_type="date" value=fields.date required=true error=at("date")/>
                    <Field name="clock" label="Time" input_type="time" value=fields.clock required=true error=at("clock")/>
                    <Field name="minutes" label="Length (optional)" input_type="number" unit="min" min="5" max="480"
                        value=fields.minutes error=at("minutes")/>
                </FormRow>
                {zone}
                <FormRow>
                    <Select name="every" label="Repeats" options=every value=fields.every error=at("every") on_change=chosen/>
                    <Field name="times" label="Number of visits" input_type="number" min="2" max=MOST.to_string()
                        value=fields.times error=at("times")/>
                    <Field name="until" label="Or until" input_type="date" value=fields.until error=at("until")/>
                </FormRow>
            </div>
            <div class="cluster"><Button button_type=ButtonType::Submit>"Show the visits"</Button></div>
        </Form>
    }
}

/// A list has its own callback; what is typed says so only here.
fn is_input(event: &leptos::ev::Event) -> bool {
    use leptos::wasm_bindgen::JsCast;
    event
        .target()
        .is_some_and(|target| target.dyn_ref::<leptos::web_sys::HtmlInputElement>().is_some())
}

/// As if "Show the visits" had been pressed.
fn submit(form: leptos::web_sys::Element) {
    use leptos::wasm_bindgen::JsCast;
    if let Ok(form) = form.dyn_into::<leptos::web_sys::HtmlFormElement>()
        && form.check_validity()
    {
        let _ = form.request_submit();
    }
}
