//! The therapist's week as an agenda: visits, kept times without a name (R14), absences (S15).

use crate::{
    api::{
        self,
        view::{AgendaRow, Bookable, CareBlock, CareBlockKind, CareDay},
    },
    ui::{
        parts::{Standing, loaded, with_query},
        words::Reader,
    },
};
use chrono::{Days, NaiveDate};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

const WEEK: u16 = 7;

#[component]
pub fn CareCalendarPage() -> impl IntoView {
    let address = use_query_map();
    let from = Memo::new(move |_| address.with(|query| query.get("from").unwrap_or_default()));
    let days = Resource::new(move || from.get(), |from| api::care_calendar(from, WEEK));
    view! {
        <Title text="Calendar"/>
        <PageHeader title="Calendar">
            <LinkButton href="/care/availability" icon="clock">"My hours"</LinkButton>
        </PageHeader>
        {loaded(days, SkeletonKind::Rows, 10, |days| view! { <Week days/> }.into_any())}
    }
}

#[component]
fn Week(days: Vec<CareDay>) -> impl IntoView {
    let first = days.first().map(|day| day.date);
    let name = match (days.first(), days.last()) {
        (Some(first), Some(last)) => format!("{} to {}", first.day, last.day),
        _ => String::new(),
    };
    let before = first.and_then(|day| day.checked_sub_days(Days::new(WEEK.into())));
    let after = first.and_then(|day| day.checked_add_days(Days::new(WEEK.into())));
    let rows = days.into_iter().map(|day| view! { <Day day/> }).collect_view();
    view! {
        <div class="stack" data-gap="large">
        <nav class="month-head" aria-label="Weeks">
            <WeekLink to=before icon="chevron-left" label="The week before"/>
            <h2>{name}</h2>
            <WeekLink to=after icon="chevron-right" label="The week after"/>
            <LinkButton href="/care/calendar" kind=ButtonKind::Quiet>"This week"</LinkButton>
        </nav>
        <div class="agenda">{rows}</div>
        </div>
    }
}

#[component]
fn WeekLink(to: Option<NaiveDate>, icon: &'static str, label: &'static str) -> impl IntoView {
    to.map(|day| {
        let href = with_query("/care/calendar", &[("from", day.to_string())]);
        view! { <a class="button" data-kind="quiet" data-icon-only href=href aria-label=label><Icon name=icon/></a> }
    })
}

#[component]
fn Day(day: CareDay) -> impl IntoView {
    if day.blocks.is_empty() {
        return view! { <section class="cluster"><h3>{day.day}</h3><p class="muted">"Nothing planned."</p></section> }
            .into_any();
    }
    let rows = day
        .blocks
        .into_iter()
        .map(|block| view! { <li><Block block/></li> })
        .collect_view();
    view! { <section class="agenda-group"><h3>{day.day}</h3><ul class="day-rows">{rows}</ul></section> }.into_any()
}

#[component]
fn Block(block: CareBlock) -> impl IntoView {
    match (block.kind, block.visit) {
        (CareBlockKind::Visit, Some(row)) => view! { <CareRow row/> }.into_any(),
        (kind, _) => view! {
            <div class="day-row" data-free="true">
                <time datetime=block.when.starts.to_rfc3339()>{block.when.from}</time>
                <span>{block_words(kind)} ", until " {block.when.until}</span>
            </div>
        }
        .into_any(),
    }
}

/// A visit in the therapist's lists, perhaps with the next thing to do at its end.
#[component]
pub fn CareRow(row: AgendaRow, #[prop(optional)] acts: Option<AnyView>) -> impl IntoView {
    let Bookable::Visit(visit) = row.about else {
        return ().into_any();
    };
    view! {
        <div class="day-row">
            <time datetime=row.when.starts.to_rfc3339()>{row.when.from}</time>
            <span>
                <a class="strong" href=format!("/care/visits/{visit}")>{row.person.name}</a>
                <span class="muted">", " {row.service.name} ", until " {row.when.until}</span>
            </span>
            <Standing standing=row.standing reader=Reader::Staff/>
            {acts}
        </div>
    }
    .into_any()
}

const fn block_words(kind: CareBlockKind) -> &'static str {
    match kind {
        CareBlockKind::Visit => "Visit",
        CareBlockKind::Kept => "Kept",
        CareBlockKind::TimeOff => "Time off",
        CareBlockKind::Closure => "Closed",
    }
}

#[cfg(test)]
mod tests {
    use super::WeekProps;
    use crate::{
        api::view::{CareBlock, CareBlockKind, CareDay},
        ui::testing::{agenda_row, render, when},
    };
    use leptos::prelude::*;

    #[test]
    fn a_kept_time_has_no_name_and_a_visit_leads_to_its_page() {
        let block = |kind, visit| CareBlock {
            kind,
            when: when("2026-11-24T16:00:00Z"),
            from_minute: 600,
            until_minute: 645,
            visit,
        };
        let days = vec![CareDay {
            date: "2026-11-24".parse().unwrap(),
            day: "Tue 24 Nov".to_owned(),
            blocks: vec![
                block(CareBlockKind::Kept, None),
                block(CareBlockKind::Visit, Some(agenda_row("2026-11-24T16:00:00Z"))),
            ],
        }];
        let html = render(|| super::Week(WeekProps { days }).into_any());
        assert_eq!(html.matches("Ana Example").count(), 1);
        assert!(html.contains("Kept") && html.contains("/care/visits/00000000"));
        assert!(html.contains("from=2026-11-17") && html.contains("from=2026-12-01"));
    }
}
