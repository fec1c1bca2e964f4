//! Days on which nobody is seen: entered and taken back by the desk or an administrator. Plain forms, so that it works without
//! script.

use super::{
    availability::{ZONES, days_of},
    parts::{ActFailed, done, failure, failure_at, loaded},
};
use crate::api::{
    self, AddClosure, RemoveClosure,
    view::{ClosureRow, ClosuresView},
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn ClosuresPage() -> impl IntoView {
    let (add, remove) = (ServerAction::<AddClosure>::new(), ServerAction::<RemoveClosure>::new());
    let (added, removed) = (done(add), done(remove));
    let found = Resource::new(move || (added.get(), removed.get()), |_| api::closures());
    view! {
        <Title text="Closures"/>
        <PageHeader title="Closures" subtitle="Days on which nobody is seen"/>
        {loaded(found, SkeletonKind::Rows, 4, move |view| {
            let fresh = added.get_untracked().to_string();
            view! { <Closures view add remove fresh/> }.into_any()
        })}
    }
}

#[component]
fn Closures(
    view: ClosuresView,
    add: ServerAction<AddClosure>,
    remove: ServerAction<RemoveClosure>,
    /// Another one each time a closure was entered: the form begins anew.
    fresh: String,
) -> impl IntoView {
    let failed = failure(add);
    let zones = ZONES.map(|(name, label)| (name.to_owned(), label.to_owned())).to_vec();
    let today = view.today.to_string();
    let form = view! {
        <ActionForm action=add attr:class="form">
            <ActFailed failure=failed/>
            <FormRow>
                <Field name="first" label="First day" input_type="date" min=today.clone() required=true error=failure_at(failed, "first")/>
                <Field name="last" label="Last day" input_type="date" min=today error=failure_at(failed, "last")/>
                <Select name="zone" label="Days of" options=zones value=view.zone.name error=failure_at(failed, "zone")/>
                <Field name="reason" label="Reason" hint="Staff read it." maxlength=200 required=true error=failure_at(failed, "reason")/>
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=add.pending() busy_text="Closing">"Close these days"</Button>
            </FormRow>
        </ActionForm>
    };
    let rows = view
        .rows
        .into_iter()
        .map(|row| view! { <li class="line apart"><Closure row remove/></li> })
        .collect::<Vec<_>>();
    let rows = if rows.is_empty() {
        view! { <EmptyState icon="calendar" text="No closure is planned."/> }.into_any()
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    view! {
        <div class="stack" data-gap="large">
            <Section title="Planned">
                <ActFailed failure=failure(remove)/>
                {rows}
            </Section>
            <Section title="Close the clinic">
                <p>"Nobody can book on these days. Visits that are agreed already stay until somebody decides: they wait at the desk, each with a way out."</p>
                {anew(fresh, form.into_any())}
            </Section>
        </div>
    }
}

#[component]
fn Closure(row: ClosureRow, remove: ServerAction<RemoveClosure>) -> impl IntoView {
    let days = days_of(&row);
    let label = format!("Open again on {days}");
    view! {
        <div>
            <span class="number">{days}</span>
            <span class="muted">", " {row.reason}</span>
        </div>
        <ActionForm action=remove>
            <input type="hidden" name="id" value=row.id.to_string()/>
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small button_type=ButtonType::Submit label busy=remove.pending()>"Open again"</Button>
        </ActionForm>
    }
}

#[cfg(test)]
mod tests {
    use super::ClosuresProps;
    use crate::{
        api::view::{ClosureRow, ClosuresView},
        model::TimeOffId,
        ui::testing::{render, when, zone},
    };
    use leptos::prelude::*;
    use uuid::Uuid;

    fn page(rows: Vec<ClosureRow>) -> String {
        let view = ClosuresView {
            rows,
            zone: zone(),
            today: "2026-11-22".parse().unwrap(),
        };
        render(|| {
            super::Closures(ClosuresProps {
                view,
                add: ServerAction::new(),
                remove: ServerAction::new(),
                fresh: String::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn each_closure_can_be_taken_back_by_name() {
        let row = ClosureRow {
            id: TimeOffId::new(Uuid::from_u128(7)),
            when: when("2026-11-24T06:00:00Z"),
            last_day: "Fri 27 Nov".to_owned(),
            reason: "Staff <day>".to_owned(),
        };
        let html = page(vec![row]);
        assert!(html.contains("Open again on Tue 24 Nov to Fri 27 Nov") && html.contains("Staff &lt;day&gt;"));
        assert!(html.contains("scheduling/remove_closure"));
    }

    #[test]
    fn without_a_closure_the_page_says_so_and_offers_the_form() {
        let html = page(Vec::new());
        assert!(html.contains("No closure is planned") && html.contains("scheduling/add_closure"));
        assert!(html.contains("wait at the desk"));
    }
}
