//! The therapist's calendar (S15): day, week, month.

use super::{
    bar::{CalendarBar, ViewTabs},
    blocks,
    month::Month,
    mover::{MoveProblem, MoveReasonChoice, Mover, Wish},
    place::{Place, View},
    preview::previews,
};
use crate::{
    api::{
        self,
        view::{AgendaRow, CareDaysView, MonthView},
    },
    ui::{
        parts::{ZoneLine, loaded},
        words::Reader,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

const BASE: &str = "/care/calendar";
const VIEWS: [View; 3] = [View::Day, View::Week, View::Month];

#[derive(Debug, Clone, Serialize, Deserialize)]
enum Shown {
    Days(CareDaysView),
    Month(MonthView),
}

#[component]
pub fn CareCalendarPage() -> impl IntoView {
    let address = use_query_map();
    let place = Memo::new(move |_| address.with(|query| Place::read(BASE, View::Week, &[], query)));
    let mover = Mover::new();
    let page = Resource::new(
        move || (place.get(), mover.version.get()),
        |(place, _)| async move {
            match place.view {
                View::Month => api::month_counts(place.on_text(), None).await.map(Shown::Month),
                View::Day => api::care_calendar(place.on_text(), 1).await.map(Shown::Days),
                View::Week | View::Agenda => {
                    let monday = place.on.map(super::place::monday).map(|on| on.to_string());
                    api::care_calendar(monday.unwrap_or_default(), 7).await.map(Shown::Days)
                }
            }
        },
    );
    view! {
        <Title text="Calendar"/>
        <PageHeader title="Calendar">
            <LinkButton href="/care/account/feed" kind=ButtonKind::Quiet icon="download">"Feed"</LinkButton>
            <LinkButton href="/care/visits/new" icon="plus">"Plan a visit"</LinkButton>
            <LinkButton href="/care/availability" icon="clock">"My hours"</LinkButton>
        </PageHeader>
        <div class="stack">
            <ViewTabs place views=&VIEWS/>
            <MoveProblem mover/>
            {loaded(page, SkeletonKind::Rows, 10, move |shown| {
                let place = place.get_untracked();
                match shown {
                    Shown::Days(calendar) => view! { <CareDays calendar place mover/> }.into_any(),
                    Shown::Month(counts) => view! { <Month counts place kept="kept" leads_to=View::Day/> }.into_any(),
                }
            })}
        </div>
    }
}

#[component]
fn CareDays(calendar: CareDaysView, place: Place, mover: Mover) -> impl IntoView {
    Effect::new(move |_| mover.settled());
    let CareDaysView { clock, days, cut_off } = calendar;
    let Some((first, last)) = days.first().zip(days.last()) else {
        return ().into_any();
    };
    let shown = first.date;
    let name = if days.len() == 1 {
        first.day.clone()
    } else {
        format!("{} to {}", first.day, last.day)
    };
    let nothing = days.iter().all(|day| day.blocks.is_empty() && day.open.is_empty());
    let rows: Vec<AgendaRow> = days
        .iter()
        .flat_map(|day| &day.blocks)
        .filter_map(|block| block.visit.clone())
        .collect();
    let columns = days
        .into_iter()
        .enumerate()
        .map(|(at, day)| GridColumn {
            key: day.date.to_string(),
            title: day.day,
            note: String::new(),
            href: Some(place.with(View::Day, Some(day.date)).address()),
            today: day.date == clock.today,
            open: day.open,
            blocks: day
                .blocks
                .iter()
                .enumerate()
                .map(|(number, block)| blocks::of_staff(block, "/care", at * 1_000 + number))
                .collect(),
            empty: "Nothing planned.".to_owned(),
        })
        .collect();
    let hrefs = rows
        .iter()
        .map(|row| (row.clone(), format!("/care/visits/{}", blocks::id(row))))
        .collect();
    let known = StoredValue::new(rows);
    let on_move = Callback::new(move |to: GridMove| {
        let row = known.with_value(|rows| rows.iter().find(|row| blocks::id(row) == to.id).cloned());
        if let Some((row, visit)) = row.and_then(|row| to.id.parse().ok().map(|visit| (row, visit))) {
            let wish = Wish {
                visit,
                starts: String::new(),
                date: to.column.clone(),
                clock: format!("{:02}:{:02}", to.minute / 60, to.minute % 60),
                therapist: None,
                key: row.key,
                who: row.person.name,
            };
            mover.ask(Some(to), wish);
        }
    });
    view! {
        <div class="stack">
            <div class="calendar-tools">
                <CalendarBar place name=name.clone() shown/>
                <MoveReasonChoice mover/>
            </div>
            {nothing.then(|| view! {
                <EmptyState icon="calendar" text="No hours and no visits here. Write down when you work.">
                    <LinkButton href="/care/availability" kind=ButtonKind::Primary>"My hours"</LinkButton>
                </EmptyState>
            })}
            {cut_off.then(|| view! {
                <Banner tone=Tone::Info text="There are more visits than a page shows. Open a day to see its visits."/>
            })}
            <TimeGrid label=name columns now=Some(clock.minute) on_move=Some(on_move)
                on_undo=Some(Callback::new(move |()| mover.undo())) asking=mover.asking refused=mover.refused focus=mover.focus
                preview=previews(hrefs, Reader::Staff)/>
            <ZoneLine zone=clock.zone/>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{CareDaysProps, Mover, Place, View};
    use crate::{
        api::view::{CareBlock, CareBlockKind, CareDay, CareDaysView, PageClock},
        ui::testing::{agenda_row, render, when, zone},
    };
    use leptos::prelude::*;
    use leptos_router::params::ParamsMap;

    fn html(blocks: Vec<CareBlock>) -> String {
        let calendar = CareDaysView {
            clock: PageClock {
                today: "2026-11-24".parse().unwrap(),
                minute: 610,
                zone: zone(),
            },
            days: vec![CareDay {
                date: "2026-11-24".parse().unwrap(),
                day: "Tue 24 Nov".to_owned(),
                open: Vec::new(),
                blocks,
            }],
            cut_off: false,
        };
        render(|| {
            kit::prelude::provide_toasts();
            let place = Place::read(super::BASE, View::Week, &[], &ParamsMap::new());
            super::CareDays(CareDaysProps {
                calendar,
                place,
                mover: Mover::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn a_kept_time_has_no_name_and_a_visit_leads_to_its_page() {
        let block = |kind, visit| CareBlock {
            kind,
            when: when("2026-11-24T16:00:00Z"),
            from_minute: 600,
            until_minute: 645,
            visit,
            movable: false,
        };
        let html = html(vec![
            block(CareBlockKind::Kept, None),
            block(CareBlockKind::Visit, Some(agenda_row("2026-11-24T16:00:00Z"))),
        ]);
        assert_eq!(html.matches("Ana Example").count(), 1, "{html}");
        assert!(html.contains("Kept") && html.contains("/care/visits/00000000"));
        assert!(
            html.contains("on=2026-11-17") && html.contains("on=2026-12-01"),
            "{html}"
        );
    }

    #[test]
    fn a_therapist_without_hours_is_led_to_them() {
        assert!(html(Vec::new()).contains("/care/availability"));
    }
}
