//! All forms, and a new one.

use super::words;
use crate::{
    api::{
        self, AddPrescreen,
        view::{PrescreenRow, PrescreensView},
    },
    ui::parts::{ActFailed, failure, failure_at, loaded},
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn DeskPrescreensPage() -> impl IntoView {
    view! { <Page area="/desk"/> }
}

#[component]
pub fn AdminPrescreensPage() -> impl IntoView {
    view! { <Page area="/admin"/> }
}

#[component]
fn Page(area: &'static str) -> impl IntoView {
    let add = ServerAction::<AddPrescreen>::new();
    let forms = Resource::new(|| (), |()| api::list_prescreens());
    view! {
        <Title text="Questions before a visit"/>
        <PageHeader title="Questions before a visit" subtitle="Asked when somebody requests a visit; the therapist reads the answers before it"/>
        {loaded(forms, SkeletonKind::Rows, 4, move |view| view! { <Forms view area add/> }.into_any())}
    }
}

#[component]
fn Forms(view: PrescreensView, area: &'static str, add: ServerAction<AddPrescreen>) -> impl IntoView {
    let list = if view.forms.is_empty() {
        view! { <EmptyState icon="help" text="Nothing is asked yet. Begin a form below, for one service or for all."/> }
            .into_any()
    } else {
        let rows = view.forms.iter().map(|row| line(row, area)).collect_view();
        view! { <Section title="Forms"><ul class="lines">{rows}</ul></Section> }.into_any()
    };
    view! {
        <div class="stack" data-gap="large">
            {list}
            <Section title="A new form"><Add view add/></Section>
        </div>
    }
}

fn line(row: &PrescreenRow, area: &'static str) -> AnyView {
    let href = format!("{area}/questions/{}", row.form);
    let facts = format!(
        "{}, {}, {}",
        words::asks(row.service.as_deref()),
        if row.questions == 1 {
            "1 question".to_owned()
        } else {
            format!("{} questions", row.questions)
        },
        words::standing(row.version, row.changed, row.retired)
    );
    view! {
        <li><a class="line" href=href><span class="strong">{row.name.clone()}</span><span class="muted">{facts}</span></a></li>
    }
    .into_any()
}

/// One form for each service, and one for all that have none.
#[component]
fn Add(view: PrescreensView, add: ServerAction<AddPrescreen>) -> impl IntoView {
    let failed = failure(add);
    let general = (!view.has_general).then(|| (String::new(), "Every service without a form of its own".to_owned()));
    let options: Vec<(String, String)> = general
        .into_iter()
        .chain(
            view.services
                .iter()
                .map(|service| (service.service.to_string(), service.name.clone())),
        )
        .collect();
    if options.is_empty() {
        return view! { <p class="muted">"Every service has a form. Change one, or stop asking it first."</p> }
            .into_any();
    }
    view! {
        <ActionForm action=add attr:class="form">
            <ActFailed failure=failed/>
            <Field name="name" label="Name" hint="Patients do not see it." maxlength=60 required=true error=failure_at(failed, "name")/>
            <Select name="service" label="For" options error=failure_at(failed, "service")/>
            <div><Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=add.pending() busy_text="Adding">"Begin the form"</Button></div>
        </ActionForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::FormsProps;
    use crate::{
        api::view::{PrescreenRow, PrescreensView},
        model::PrescreenId,
        ui::testing::{render, service},
    };
    use leptos::prelude::*;
    use uuid::Uuid;

    fn page(view: PrescreensView) -> String {
        render(|| {
            super::Forms(FormsProps {
                view,
                area: "/desk",
                add: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn what_has_a_form_is_listed_and_what_has_none_is_offered() {
        let mut view = PrescreensView {
            forms: Vec::new(),
            services: vec![service()],
            has_general: false,
        };
        let html = page(view.clone());
        assert!(
            html.contains("Nothing is asked yet.") && html.contains("Every service without"),
            "{html}"
        );
        view.forms.push(PrescreenRow {
            form: PrescreenId::new(Uuid::from_u128(1)),
            name: "First talk".to_owned(),
            service: None,
            questions: 1,
            version: Some(2),
            changed: true,
            retired: false,
        });
        view.has_general = true;
        let html = page(view.clone());
        assert!(
            html.contains("/desk/questions/00000000-0000-0000-0000-000000000001"),
            "{html}"
        );
        assert!(html.contains("1 question, version 2, changes not published"), "{html}");
        assert_eq!(html.matches("<option").count(), 1);
        view.services.clear();
        assert!(
            !page(view).contains("scheduling/add_prescreen"),
            "nothing is left to ask for"
        );
    }
}
