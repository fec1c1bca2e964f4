//! The filter form: a plain form of the address, with script or without.

use super::query::Filter;
use crate::api::view::VisitsPage;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::components::Form;
use scheduling::{
    model::VisitState,
    ui::words::{self, Reader},
};

#[component]
pub fn Filters(filter: Filter, page: VisitsPage) -> impl IntoView {
    let all = || std::iter::once((String::new(), "All".to_owned()));
    let states = all()
        .chain(VisitState::ALL.iter().map(|state| {
            let word = words::visit_word(*state, Reader::Staff).to_owned();
            (state.as_str().to_owned(), word)
        }))
        .collect();
    let therapists = all()
        .chain(
            page.therapists
                .into_iter()
                .map(|face| (face.therapist.to_string(), face.name)),
        )
        .collect();
    let services = all()
        .chain(
            page.services
                .iter()
                .map(|one| (one.service.to_string(), words::service(one))),
        )
        .collect();
    let [.., therapist, service, find] = filter.pairs().map(|(_, value)| value);
    let from = if filter.from.is_empty() { page.from } else { filter.from };
    let find = (!find.is_empty()).then(|| view! { <input type="hidden" name="find" value=find/> });
    view! {
        <Form method="get" action="/desk/visits" attr:class="filters" attr:aria-label="Filters">
            <FormRow>
                <Field name="from" label="First day" input_type="date" value=from/>
                <Field name="to" label="Last day" input_type="date" value=filter.to/>
                <Select name="state" label="State" options=states value=filter.state/>
                <Select name="therapist" label="Therapist" options=therapists value=therapist/>
                <Select name="service" label="Kind of visit" options=services value=service/>
                {find}
                <Button button_type=ButtonType::Submit icon="filter">"Show"</Button>
            </FormRow>
        </Form>
    }
}
