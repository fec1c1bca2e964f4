//! A family's weeks and months (S7), calm: nothing moves here.

use super::{
    bar::{CalendarBar, ViewTabs},
    blocks,
    month::Month,
    place::{Place, View},
    preview::previews,
};
use crate::{
    api::{
        self,
        view::{FamilyDays, MonthView},
    },
    ui::{
        calendar::my_page,
        parts::{ZoneLine, loaded},
        words::{self, Reader},
    },
};
use kernel::PatientId;
use kit::prelude::*;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const VIEWS: [View; 3] = [View::Agenda, View::Week, View::Month];

/// Agenda, week, month, as links.
#[component]
pub fn MyViews(#[prop(into)] place: Signal<Place>) -> impl IntoView {
    view! { <ViewTabs place views=&VIEWS/> }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
enum Shown {
    Days(FamilyDays),
    Month(MonthView),
}

/// The week or the month that the address names.
#[component]
pub fn MyDaysView(#[prop(into)] place: Signal<Place>) -> impl IntoView {
    let page = Resource::new(
        move || place.get(),
        |place| async move {
            let person: Option<PatientId> = place.filter("for").parse().ok();
            match place.view {
                View::Month => api::month_counts(place.on_text(), person).await.map(Shown::Month),
                _ => api::my_days(place.on_text(), person).await.map(Shown::Days),
            }
        },
    );
    loaded(page, SkeletonKind::Rows, 6, move |shown| {
        let place = place.get_untracked();
        match shown {
            Shown::Days(days) => view! { <Week days place/> }.into_any(),
            Shown::Month(counts) => view! { <Month counts place kept="requested" leads_to=View::Week/> }.into_any(),
        }
    })
}

#[component]
fn Week(days: FamilyDays, place: Place) -> impl IntoView {
    let FamilyDays { clock, people, days } = days;
    let Some((first, last)) = days.first().zip(days.last()) else {
        return ().into_any();
    };
    let name = format!("{} to {}", first.day, last.day);
    let shown = first.date;
    let whose = (people.len() > 1).then(|| {
        let mut items = vec![TabLink::new(place.only(None).address(), "Everybody")];
        items.extend(people.iter().map(|person| {
            let one = place.only(Some(("for", person.patient.to_string())));
            TabLink::new(one.address(), words::whom(person))
        }));
        view! { <Tabs label="For whom" items current=place.address()/> }
    });
    let nothing = days.iter().all(|day| day.blocks.is_empty());
    let rows = days
        .iter()
        .flat_map(|day| &day.blocks)
        .map(|block| (block.row.clone(), my_page(block.row.about)))
        .collect();
    let columns = days
        .iter()
        .map(|day| GridColumn {
            key: day.date.to_string(),
            title: day.day.clone(),
            today: day.date == clock.today,
            open: vec![(480, 1_080)],
            blocks: day
                .blocks
                .iter()
                .map(|block| blocks::of_family(block, my_page(block.row.about)))
                .collect(),
            empty: "Nothing planned.".to_owned(),
            ..GridColumn::default()
        })
        .collect();
    let content = if nothing {
        view! {
            <EmptyState icon="calendar" text="Nothing planned in this week.">
                <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find a therapist"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <TimeGrid label=name.clone() columns now=Some(clock.minute) preview=previews(rows, Reader::Patient)/>
            <ZoneLine zone=clock.zone/>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            {whose}
            <CalendarBar place name shown/>
            {content}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Place, View, WeekProps};
    use crate::{
        api::view::{FamilyDays, MyBlock, MyDay, PageClock},
        ui::testing::{agenda_row, render, zone},
    };
    use leptos::prelude::*;
    use leptos_router::params::ParamsMap;

    fn week(blocks: Vec<MyBlock>) -> String {
        let days = FamilyDays {
            clock: PageClock {
                today: "2026-11-24".parse().unwrap(),
                minute: 600,
                zone: zone(),
            },
            people: Vec::new(),
            days: vec![MyDay {
                date: "2026-11-23".parse().unwrap(),
                day: "Mon 23 Nov".to_owned(),
                blocks,
            }],
        };
        let place = Place::read("/my/calendar", View::Week, &[], &ParamsMap::new());
        render(|| super::Week(WeekProps { days, place }).into_any())
    }

    #[test]
    fn an_empty_week_is_friendly_and_leads_on() {
        let html = week(Vec::new());
        assert!(html.contains("Nothing planned in this week.") && html.contains("/my/find"));
        assert!(html.contains("on=2026-11-16") && html.contains("on=2026-11-30"));
    }

    #[test]
    fn a_visit_leads_to_its_page_and_nothing_moves() {
        let html = week(vec![MyBlock {
            from_minute: 600,
            until_minute: 645,
            row: agenda_row("2026-11-23T16:00:00Z"),
        }]);
        assert!(
            html.contains("/my/visits/00000000") && html.contains("Tess Test"),
            "{html}"
        );
        assert!(!html.contains("data-movable") && !html.contains("Drag"), "{html}");
    }
}
