//! All visits as a table (S21): filters in the address, pages by key.

use crate::{
    api::{
        self,
        view::{DeskVisitRow, DeskVisitsPage as VisitsPage},
    },
    model::VisitState,
    ui::{
        parts::{At, Standing, loaded, with_query},
        words::{self, Reader},
    },
};
use kernel::TherapistId;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Form, hooks::use_query_map, params::ParamsMap};

/// The filters, from the address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Filter {
    from: String,
    to: String,
    state: String,
    therapist: Option<TherapistId>,
    after: String,
}

impl Filter {
    fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        Self {
            from: text("from"),
            to: text("to"),
            state: text("state"),
            therapist: query.get_str("therapist").and_then(|id| id.parse().ok()),
            after: text("after"),
        }
    }

    fn page(&self, after: &str) -> String {
        with_query(
            "/desk/visits",
            &[
                ("from", self.from.clone()),
                ("to", self.to.clone()),
                ("state", self.state.clone()),
                ("therapist", self.therapist.map(|id| id.to_string()).unwrap_or_default()),
                ("after", after.to_owned()),
            ],
        )
    }

    /// What to offer to drop when nothing fits: the narrowest first.
    fn dropped(&self) -> Option<(&'static str, Self)> {
        let rest = Self {
            after: String::new(),
            ..self.clone()
        };
        if !self.state.is_empty() {
            Some((
                "the state",
                Self {
                    state: String::new(),
                    ..rest
                },
            ))
        } else if self.therapist.is_some() {
            Some((
                "the therapist",
                Self {
                    therapist: None,
                    ..rest
                },
            ))
        } else if !self.to.is_empty() {
            Some((
                "the last day",
                Self {
                    to: String::new(),
                    ..rest
                },
            ))
        } else {
            None
        }
    }
}

#[component]
pub fn DeskVisitsPage() -> impl IntoView {
    let address = use_query_map();
    let filter = Memo::new(move |_| address.with(Filter::read));
    let page = Resource::new(
        move || filter.get(),
        |filter| api::desk_visits(filter.from, filter.to, filter.state, filter.therapist, filter.after),
    );
    view! {
        <Title text="Visits"/>
        <PageHeader title="Visits" subtitle="From today on, unless you choose another first day"/>
        {loaded(page, SkeletonKind::Rows, 12, move |page| {
            view! { <Filters filter=filter.get_untracked() page=page.clone()/><Visits page filter=filter.get_untracked()/> }.into_any()
        })}
    }
}

#[component]
fn Filters(filter: Filter, page: VisitsPage) -> impl IntoView {
    let states = std::iter::once((String::new(), "All".to_owned()))
        .chain(VisitState::ALL.iter().map(|state| {
            (
                state.as_str().to_owned(),
                words::visit_word(*state, Reader::Staff).to_owned(),
            )
        }))
        .collect();
    let therapists = std::iter::once((String::new(), "All".to_owned()))
        .chain(
            page.therapists
                .into_iter()
                .map(|face| (face.therapist.to_string(), face.name)),
        )
        .collect();
    let therapist = filter.therapist.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <Form method="get" action="/desk/visits" attr:class="filters" attr:aria-label="Filters">
            <FormRow>
                <Field name="from" label="First day" input_type="date" value=filter.from/>
                <Field name="to" label="Last day" input_type="date" value=filter.to/>
                <Select name="state" label="State" options=states value=filter.state/>
                <Select name="therapist" label="Therapist" options=therapists value=therapist/>
                <Button button_type=ButtonType::Submit icon="filter">"Show"</Button>
            </FormRow>
        </Form>
    }
}

#[component]
fn Visits(page: VisitsPage, filter: Filter) -> impl IntoView {
    if page.rows.is_empty() {
        let drop = filter.dropped().map(|(name, rest)| {
            view! { <LinkButton href=rest.page("")>{format!("Without {name}")}</LinkButton> }
        });
        return view! { <EmptyState icon="calendar" text="No visit fits these filters.">{drop}</EmptyState> }
            .into_any();
    }
    let older = page.next.as_deref().map(|next| filter.page(next));
    let newer = (!filter.after.is_empty()).then(|| filter.page(""));
    let columns = ["Time", "Patient", "Therapist", "Kind of visit", "State"]
        .map(Column::new)
        .to_vec();
    let rows = page
        .rows
        .into_iter()
        .map(|row| view! { <VisitRow row/> })
        .collect_view();
    view! {
        <DataTable caption="Visits" columns>{rows}</DataTable>
        <Pager newer older/>
    }
    .into_any()
}

#[component]
fn VisitRow(row: DeskVisitRow) -> impl IntoView {
    let DeskVisitRow { row, therapist_when } = row;
    let elsewhere = (therapist_when.zone.offset_minutes != row.when.zone.offset_minutes)
        .then(|| view! { <span class="fine">" (" {therapist_when.from} " there)"</span> });
    view! {
        <Row>
            <Cell label="Time" head=true><At when=row.when/></Cell>
            <Cell label="Patient">{row.person.name}</Cell>
            <Cell label="Therapist">{row.therapist.name}{elsewhere}</Cell>
            <Cell label="Kind of visit">{words::service(&row.service)}</Cell>
            <Cell label="State"><Standing standing=row.standing reader=Reader::Staff/></Cell>
        </Row>
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, VisitsProps};
    use crate::{
        api::view::{DeskVisitRow, DeskVisitsPage},
        ui::testing::{agenda_row, render, when},
    };
    use leptos::prelude::*;

    fn table(rows: Vec<DeskVisitRow>, filter: Filter) -> String {
        render(|| {
            let page = DeskVisitsPage {
                rows,
                next: Some("cursor-2".to_owned()),
                therapists: Vec::new(),
            };
            super::Visits(VisitsProps { page, filter }).into_any()
        })
    }

    fn filter() -> Filter {
        Filter {
            state: "ended".to_owned(),
            to: "2026-11-30".to_owned(),
            ..Filter::default()
        }
    }

    #[test]
    fn pages_keep_the_filters() {
        let row = DeskVisitRow {
            row: agenda_row("2026-11-24T16:00:00Z"),
            therapist_when: when("2026-11-24T16:00:00Z"),
        };
        let html = table(vec![row], filter());
        assert!(
            html.contains("/desk/visits?to=2026-11-30&amp;state=ended&amp;after=cursor-2"),
            "{html}"
        );
        assert_eq!(html.matches("scope=\"col\"").count(), 5);
        assert_eq!(html.matches("scope=\"row\"").count(), 1);
    }

    #[test]
    fn an_empty_table_offers_to_drop_the_narrowest_filter() {
        let html = table(Vec::new(), filter());
        assert!(html.contains("Without the state") && html.contains("/desk/visits?to=2026-11-30\""));
        assert!(!table(Vec::new(), Filter::default()).contains("Without"));
    }
}
