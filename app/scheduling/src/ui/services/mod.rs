//! What can be booked, for the desk (R28): every service with its terms, and the way to each therapist's schedule.

mod terms;

use super::parts::{ActFailed, done, failure, failure_at, loaded};
use crate::{
    api::{
        self, SaveService, TermsForm,
        view::{Face, ServiceRow, ServicesView},
    },
    model::{Line, ServiceId},
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
pub use terms::TermsFields;

#[component]
pub fn ServicesPage() -> impl IntoView {
    let save = ServerAction::<SaveService>::new();
    let saved = done(save);
    let services = Resource::new(move || saved.get(), |_| api::list_services());
    view! {
        <Title text="Services"/>
        <PageHeader title="Services" subtitle="What can be booked, and whose schedule is whose">
            <LinkButton href="/desk/closures" kind=ButtonKind::Quiet>"Closures"</LinkButton>
            <LinkButton href="/desk/questions" kind=ButtonKind::Quiet>"Questions before a visit"</LinkButton>
        </PageHeader>
        <p role="status" class="fine">{move || (saved.get() > 0).then_some("Saved. Searches go by it now.")}</p>
        <ActFailed failure=failure(save)/>
        {loaded(services, SkeletonKind::Rows, 6, move |view| view! { <Services view save/> }.into_any())}
    }
}

#[component]
fn Services(view: ServicesView, save: ServerAction<SaveService>) -> impl IntoView {
    let rows = view
        .services
        .into_iter()
        .map(|row| {
            let (name, facts) = (row.name.clone(), facts(&row));
            view! {
                <li>
                    <details class="card">
                        <summary><strong>{name}</strong> " " <span class="muted">{facts}</span></summary>
                        <ServiceForm row=Some(row) save/>
                    </details>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stack" data-gap="large">
            <Section title="Services">
                <ul class="stack">{rows}</ul>
                <details class="card">
                    <summary>"Add a service"</summary>
                    <ServiceForm row=None save/>
                </details>
            </Section>
            <Schedules therapists=view.therapists/>
        </div>
    }
}

/// "45 min, $86, offered by 4"
fn facts(row: &ServiceRow) -> String {
    let mut facts = format!(
        "{} min, ${}, offered by {}",
        row.form.minutes, row.form.price, row.offered_by
    );
    if row.retired {
        facts.push_str(", retired");
    }
    facts
}

#[component]
fn Schedules(therapists: Vec<Face>) -> impl IntoView {
    let rows = therapists
        .into_iter()
        .map(|face| {
            view! {
                <li>
                    <a class="line" href=format!("/desk/therapists/{}", face.therapist)>
                        {face.name} <span class="muted">" " {face.title}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <Section title="Schedules"><ul class="lines">{rows}</ul></Section> }
}

#[component]
fn ServiceForm(
    /// `None`: a new one.
    row: Option<ServiceRow>,
    save: ServerAction<SaveService>,
) -> impl IntoView {
    let failed = failure(save);
    let service: Option<ServiceId> = row.as_ref().map(|row| row.service);
    let id = service.map_or_else(|| "new".to_owned(), |service| service.to_string());
    let (name, line, retired, form) = match row {
        Some(row) => (row.name, row.line, row.retired, row.form),
        None => (String::new(), Line::MentalHealth, false, plain()),
    };
    let lines = [(Line::MentalHealth, "Adults"), (Line::ChildTherapy, "Children")]
        .map(|(line, label)| (line.as_str().to_owned(), label.to_owned()));
    let [name_id, line_id, retired_id] = ["name", "line", "retired"].map(|field| format!("{id}-{field}"));
    view! {
        <ActionForm action=save attr:class="form stack">
            {service.map(|service| view! { <input type="hidden" name="service" value=service.to_string()/> })}
            <FormRow>
                <Field name="name" id=name_id label="Name" maxlength=80 value=name required=true error=failure_at(failed, "name")/>
                <Select name="line" id=line_id label="For" value=line.as_str().to_owned() options=lines.to_vec()/>
            </FormRow>
            <TermsFields form id required=true failed/>
            {service.map(|_| view! { <Checkbox name="retired" id=retired_id label="Retired: nobody can book it any more" checked=retired/> })}
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=save.pending() busy_text="Saving">"Save the service"</Button>
            </div>
        </ActionForm>
    }
}

/// What a new service begins with.
fn plain() -> TermsForm {
    let text = str::to_owned;
    TermsForm {
        minutes: text("45"),
        step: text("60"),
        offset: text("0"),
        before: text("0"),
        after: text("10"),
        mode: text("video"),
        booker: text("everybody"),
        age_from: text("0"),
        age_until: text("150"),
        ..TermsForm::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{ServicesProps, facts, plain};
    use crate::{
        api::{
            SaveService, TermsForm,
            view::{ServiceRow, ServicesView},
        },
        model::{Line, ServiceId},
        ui::testing::{face, render},
    };
    use leptos::prelude::*;
    use std::collections::HashSet;
    use uuid::Uuid;

    fn row(number: u128) -> ServiceRow {
        ServiceRow {
            service: ServiceId::new(Uuid::from_u128(number)),
            name: format!("Therapy {number}"),
            line: Line::MentalHealth,
            retired: number == 2,
            offered_by: 4,
            form: TermsForm {
                price: "86".to_owned(),
                ..plain()
            },
        }
    }

    #[test]
    fn every_service_is_a_plain_form_and_no_two_fields_share_an_id() {
        let view = ServicesView {
            services: vec![row(1), row(2)],
            therapists: vec![face()],
        };
        let html = render(|| {
            super::Services(ServicesProps {
                view,
                save: ServerAction::<SaveService>::new(),
            })
            .into_any()
        });
        assert_eq!(html.matches("scheduling/save_service").count(), 3);
        assert!(html.contains("name=\"form[minutes]\"") && html.contains("/desk/therapists/"));
        let ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let unique: HashSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{ids:?}");
    }

    #[test]
    fn a_retired_service_says_so() {
        assert_eq!(facts(&row(2)), "45 min, $86, offered by 4, retired");
    }
}
