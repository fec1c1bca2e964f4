//! Who the therapist is and what a visit costs; for whom and what kind of visit.

use crate::{api::view::TimesView, ui::words};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::components::Form;

#[component]
pub fn Profile(view: TimesView) -> impl IntoView {
    let TimesView {
        face,
        about,
        approach,
        licence_states,
        languages,
        specialties,
        service,
        ..
    } = view.clone();
    let languages = languages
        .iter()
        .map(|code| words::language(code))
        .collect::<Vec<_>>()
        .join(", ");
    let licences = licence_states
        .iter()
        .map(|code| words::state(code))
        .collect::<Vec<_>>()
        .join(", ");
    let knows = specialties
        .iter()
        .map(|code| words::specialty(code))
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <div class="stack">
            <div class="cluster"><Avatar name=face.name size=AvatarSize::Large/></div>
            <p>{about}</p>
            {(!approach.is_empty()).then(|| view! { <p>{approach}</p> })}
            <DefinitionList>
                {(!knows.is_empty()).then(|| view! { <Definition term="Works on">{knows}</Definition> })}
                <Definition term="Languages">{languages}</Definition>
                <Definition term="Licensed in">{licences}</Definition>
                {service.map(|service| view! {
                    <Definition term="Expected">{words::estimate(&service)} " (estimate), charged after the visit"</Definition>
                })}
            </DefinitionList>
            <ForWhom view/>
        </div>
    }
}

/// For whom and what kind of visit; only where there is a choice.
#[component]
fn ForWhom(view: TimesView) -> impl IntoView {
    if view.people.len() < 2 && view.services.len() < 2 {
        return ().into_any();
    }
    let people = view
        .people
        .iter()
        .map(|one| (one.patient.to_string(), words::whom(one)))
        .collect();
    let services = view
        .services
        .iter()
        .map(|one| (one.service.to_string(), words::service(one)))
        .collect();
    let service = view
        .service
        .map(|service| service.service.to_string())
        .unwrap_or_default();
    view! {
        <Form method="get" action="" attr:class="filters" attr:aria-label="For whom and what">
            <FormRow>
                <Select name="for" label="Visit for" options=people value=view.person.patient.to_string()/>
                <Select name="service" label="Kind of visit" options=services value=service/>
                <Button button_type=ButtonType::Submit>"Show"</Button>
            </FormRow>
        </Form>
    }
    .into_any()
}
