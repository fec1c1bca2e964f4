//! Staff plan a visit (S16, S21): whom, what, when, how long, a message.

use super::{
    moving::{Overbook, Times},
    parts::{ActFailed, failure_at, loaded},
};
use crate::{
    api::{
        self, PlanVisit,
        view::{PlanAnswer, PlanView},
    },
    model::{Every, series::MOST},
    ui::words,
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn CarePlanPage() -> impl IntoView {
    page("/care")
}

#[component]
pub fn DeskPlanPage() -> impl IntoView {
    page("/desk")
}

/// The form in the area of whoever plans. `?patient=` says for whom.
fn page(area: &'static str) -> AnyView {
    let query = use_query_map();
    let action = ServerAction::<PlanVisit>::new();
    let choices = Resource::new(
        move || query.with(|query| query.get("patient")),
        |patient| async move { api::plan_choices(patient.and_then(|id| id.parse().ok())).await },
    );
    view! {
        <Title text="Plan a visit"/>
        {loaded(choices, SkeletonKind::Text, 8, move |view| view! { <Plan view area action/> }.into_any())}
    }
    .into_any()
}

#[component]
fn Plan(view: PlanView, area: &'static str, action: ServerAction<PlanVisit>) -> impl IntoView {
    let (back, back_href) = if view.desk {
        ("All visits", format!("{area}/visits"))
    } else {
        ("Today", area.to_owned())
    };
    let body = match (view.people.is_empty(), view.therapists.is_empty()) {
        (true, _) if view.desk => view! {
            <EmptyState icon="user" text="A visit is planned from a patient: open one of their visits or requests first.">
                <LinkButton href="/desk/visits">"All visits"</LinkButton>
            </EmptyState>
        }
        .into_any(),
        (true, _) => view! {
            <EmptyState icon="user" text="You have no patients yet. Add one, then plan a visit.">
                <LinkButton href="/care/patients/new">"Add a patient"</LinkButton>
            </EmptyState>
        }
        .into_any(),
        (false, true) => view! {
            <EmptyState icon="user" text="Nobody with a licence in the patient's state offers a visit for them."/>
        }
        .into_any(),
        (false, false) => view! { <PlanForm view action/> }.into_any(),
    };
    view! { <PageHeader title="Plan a visit" back back_href/> {body} }
}

#[component]
fn PlanForm(view: PlanView, action: ServerAction<PlanVisit>) -> impl IntoView {
    let refused = Signal::derive(move || {
        action.value().with(|value| match value {
            Some(Ok(PlanAnswer::Refused { code, .. })) => Some(ApiError::refused(code)),
            Some(Err(error)) => Some(error.clone()),
            _ => None,
        })
    });
    let nearest = move || match action.value().get() {
        Some(Ok(PlanAnswer::Refused { nearest, .. })) => nearest,
        _ => Vec::new(),
    };
    let pending = action.pending();
    let chosen = view.chosen.map(|id| id.to_string()).unwrap_or_default();
    let people = people_of(&view);
    let who = view.desk.then(|| {
        let options = therapists_of(&view);
        view! { <Select name="therapist" label="Therapist" options required=true error=failure_at(refused, "therapist")/> }
    });
    let zone = (!view.desk)
        .then(|| view.therapists.first().map(|one| one.zone.clone()))
        .flatten()
        .map(|zone| view! { <p class="zone"><Icon name="globe"/><span>"Times in " {zone.label} "."</span></p> });
    let (key, limit) = (view.key, view.text_limit);
    let services = services_of(&view);
    view! {
        <ActionForm action attr:class="form">
            <ActFailed failure=refused/>
            <Select name="patient" label="Patient" options=people value=chosen required=true error=failure_at(refused, "patient")/>
            {who}
            <Select name="service" label="Kind of visit" options=services required=true error=failure_at(refused, "service")/>
            <FormRow>
                <Field name="date" label="Date" input_type="date" error=failure_at(refused, "date")/>
                <Field name="clock" label="Time" input_type="time" error=failure_at(refused, "clock")/>
                <Field name="minutes" label="Length (optional)" input_type="number" unit="min" min="5" max="480"
                    error=failure_at(refused, "minutes")/>
            </FormRow>
            {zone}
            <Repeats refused/>
            <TextArea name="message" label="Message to the patient (optional)" rows=3 maxlength=limit
                error=failure_at(refused, "message")/>
            <Overbook refused limit/>
            <input type="hidden" name="key" value=key.to_string()/>
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=pending busy_text="Planning">"Plan the visit"</Button>
            </div>
            {move || {
                let nearest = nearest();
                (!nearest.is_empty()).then(|| view! {
                    <section class="stack" aria-label="Free now, nearest to the time you chose">
                        <Times slots=nearest pending with_day=true/>
                    </section>
                })
            }}
        </ActionForm>
    }
}

/// One visit, or several: then the next page lists each of them before anything is saved.
#[component]
fn Repeats(refused: Signal<Option<ApiError>>) -> impl IntoView {
    let mut every = vec![(String::new(), "Does not repeat".to_owned())];
    every.extend(
        Every::ALL
            .iter()
            .map(|every| (every.as_str().to_owned(), words::every(*every).to_owned())),
    );
    view! {
        <FormRow>
            <Select name="every" label="Repeats" options=every error=failure_at(refused, "every")
                hint="The next page lists every visit before anything is saved."/>
            <Field name="times" label="Number of visits" input_type="number" min="2" max=MOST.to_string()
                error=failure_at(refused, "times")/>
            <Field name="until" label="Or until" input_type="date" error=failure_at(refused, "until")/>
        </FormRow>
    }
}

/// Whom to plan for; a list of one is no question.
pub fn people_of(view: &PlanView) -> Vec<(String, String)> {
    let mut people = Vec::new();
    if view.people.len() > 1 {
        people.push((String::new(), "Please choose".to_owned()));
    }
    people.extend(
        view.people
            .iter()
            .map(|person| (person.patient.to_string(), person.name.clone())),
    );
    people
}

/// Who may meet them, each with the zone in which times are typed.
pub fn therapists_of(view: &PlanView) -> Vec<(String, String)> {
    view.therapists
        .iter()
        .map(|one| {
            let text = format!("{} (times in {})", words::named(&one.face), one.zone.label);
            (one.face.therapist.to_string(), text)
        })
        .collect()
}

/// Every kind of visit that one of the therapists offers, once, the shortest first.
pub fn services_of(view: &PlanView) -> Vec<(String, String)> {
    let mut all: Vec<_> = view.therapists.iter().flat_map(|one| &one.services).collect();
    all.sort_by(|a, b| (a.minutes, &a.name, a.service.uuid()).cmp(&(b.minutes, &b.name, b.service.uuid())));
    all.dedup_by_key(|service| service.service);
    all.into_iter()
        .map(|service| (service.service.to_string(), words::service(service)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::PlanProps;
    use crate::{
        api::view::PlanView,
        ui::testing::{plan_view as choices, render},
    };
    use leptos::prelude::*;

    fn page(view: PlanView) -> String {
        render(|| {
            super::Plan(PlanProps {
                view,
                area: "/care",
                action: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn a_therapist_chooses_patient_kind_and_time_and_says_in_which_zone() {
        let html = page(choices());
        assert!(html.contains("Ana Example") && html.contains("Therapy, 45 min"));
        assert!(html.contains("Does not repeat") && html.contains("name=\"times\""));
        assert!(html.contains("Times in Chicago (Central)") && !html.contains("name=\"therapist\""));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn the_desk_says_who() {
        let html = page(PlanView {
            desk: true,
            ..choices()
        });
        assert!(html.contains("name=\"therapist\"") && html.contains("Tess Test, LCSW"));
    }

    #[test]
    fn nobody_to_plan_for_is_a_friendly_page() {
        let nobody = PlanView {
            people: Vec::new(),
            ..choices()
        };
        assert!(page(nobody.clone()).contains("Add a patient"));
        assert!(page(PlanView { desk: true, ..nobody }).contains("All visits"));
    }
}
