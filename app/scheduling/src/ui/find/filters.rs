//! The wishes as a form that is sent by GET: results have an address, and it works without script.

use super::query::FindQuery;
use crate::{api::view::FindView, ui::words};
use kit::prelude::*;
use leptos::{html, prelude::*};
use leptos_router::components::Form;
use people::model::{CONCERNS, GENDERS, INSURERS};

#[component]
pub fn Filters(view: FindView, query: FindQuery) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    // A choice is a wish: with script it counts at once, without it "Show" sends the form.
    let send = Callback::new(move |_: String| {
        if let Some(form) = place
            .get_untracked()
            .and_then(|place| place.closest("form").ok().flatten())
        {
            submit(form);
        }
    });
    let people = view
        .people
        .iter()
        .map(|person| (person.patient.to_string(), words::whom(person)))
        .collect::<Vec<_>>();
    let services = view
        .services
        .iter()
        .map(|service| (service.service.to_string(), words::service(service)))
        .collect::<Vec<_>>();
    let person = view.person.map(|person| person.patient.to_string()).unwrap_or_default();
    let service = view
        .service
        .map(|service| service.service.to_string())
        .unwrap_or_default();
    let licensed = (!view.state_code.is_empty()).then(|| {
        format!(
            "Only therapists with a licence in {} are listed.",
            words::state(&view.state_code)
        )
    });
    let more = view! { <More specialties=view.specialties.clone() query=query.clone() send/> };
    // On a telephone the answers come first and the wishes are a sheet to open; where there is room they always stand open.
    let sheet = match view.fitting {
        0 => "Nobody fits. Change wishes".to_owned(),
        1 => "1 therapist fits. Change wishes".to_owned(),
        count => format!("{count} therapists fit. Change wishes"),
    };
    view! {
        <details class="wishes">
            <summary>{sheet}</summary>
            <Form method="get" action="/my/find" attr:class="filters" attr:aria-label="Wishes">
                <div class="form-row" node_ref=place>
                    <Select name="for" label="Visit for" options=people value=person on_change=send/>
                    <Select name="service" label="Kind of visit" options=services value=service on_change=send/>
                    <Select
                        name="specialty"
                        label="Need"
                        options=any_of(&view.specialties, words::specialty)
                        value=query.specialty
                        on_change=send
                    />
                    <Select
                        name="language"
                        label="Language"
                        options=any_of(&view.languages, words::language)
                        value=query.language
                        on_change=send
                    />
                    <Button button_type=ButtonType::Submit>"Show"</Button>
                </div>
                {more}
                {licensed.map(|text| view! { <p class="fine">{text}</p> })}
            </Form>
        </details>
    }
}

/// What few ask for, folded away until somebody does.
#[component]
fn More(specialties: Vec<String>, query: FindQuery, send: Callback<String>) -> impl IntoView {
    // Only what somebody licensed here helps with.
    let concerns: Vec<(&str, &str)> = CONCERNS
        .iter()
        .filter(|(_, _, helps)| specialties.iter().any(|one| helps.contains(&one.as_str())))
        .map(|(code, words, _)| (*code, *words))
        .collect();
    let open = query.asks_more();
    view! {
        <details class="unfold" open=open>
            <summary>"More wishes"</summary>
            <div class="form-row">
                <Select name="concern" label="What brings you" options=listed(&concerns) value=query.more.concern on_change=send/>
                <Select name="insurer" label="Insurance" options=listed(INSURERS) value=query.more.insurer on_change=send/>
                <Select name="gender" label="Therapist is a" options=listed(GENDERS) value=query.more.gender on_change=send/>
            </div>
        </details>
    }
}

fn listed(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Any".to_owned()))
        .chain(
            codes
                .iter()
                .map(|(code, words)| ((*code).to_owned(), (*words).to_owned())),
        )
        .collect()
}

fn any_of<'a>(codes: &'a [String], name: fn(&'a str) -> &'a str) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Any".to_owned()))
        .chain(codes.iter().map(|code| (code.clone(), name(code).to_owned())))
        .collect()
}

/// As if "Show" had been pressed.
fn submit(form: leptos::web_sys::Element) {
    use leptos::wasm_bindgen::JsCast;
    if let Ok(form) = form.dyn_into::<leptos::web_sys::HtmlFormElement>() {
        // A form that is not valid stays as it is and shows why.
        let _ = form.request_submit();
    }
}
