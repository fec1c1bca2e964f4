//! The patient's calendar: what is planned, what was, with a preview in the row; as weeks and months it is in `days` (S7).

mod model;
mod row;

pub use model::{my_page, room};
pub use row::MyRow;

use super::{
    days::{MyDaysView, MyViews, Place, View},
    parts::{ActFailed, done, failure, loaded, with_query},
    words,
};
use crate::api::{self, WithdrawRequest, view::CalendarPage};
use kernel::PatientId;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Which part of the calendar is shown, from the address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct CalendarQuery {
    past: bool,
    person: Option<PatientId>,
    after: String,
}

impl CalendarQuery {
    fn read(query: &leptos_router::params::ParamsMap) -> Self {
        Self {
            past: query.get_str("show") == Some("past"),
            person: query.get_str("for").and_then(|id| id.parse().ok()),
            after: query.get_str("after").unwrap_or_default().to_owned(),
        }
    }

    fn address(&self) -> String {
        let shown = if self.past { "past" } else { "" };
        with_query(
            "/my/calendar",
            &[
                ("show", shown.to_owned()),
                ("for", self.person.map(|id| id.to_string()).unwrap_or_default()),
                ("after", self.after.clone()),
            ],
        )
    }
}

#[component]
pub fn MyCalendarPage() -> impl IntoView {
    let address = use_query_map();
    let place = Memo::new(move |_| address.with(|query| Place::read(UPCOMING, View::Agenda, &["for"], query)));
    let view = Memo::new(move |_| place.with(|place| place.view));
    view! {
        <Title text="Calendar"/>
        <PageHeader title="Calendar">
            <LinkButton href="/my/waitlist" kind=ButtonKind::Quiet>"Waiting list"</LinkButton>
            <LinkButton href="/my/account/feed" kind=ButtonKind::Quiet icon="download">"Feed"</LinkButton>
        </PageHeader>
        <div class="stack">
            <MyViews place/>
            {move || match view.get() {
                View::Agenda => view! { <AgendaView/> }.into_any(),
                _ => view! { <MyDaysView place/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn AgendaView() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| address.with(CalendarQuery::read));
    let withdraw = ServerAction::<WithdrawRequest>::new();
    let withdrawn = done(withdraw);
    let page = Resource::new(
        move || (query.get(), withdrawn.get()),
        |(query, _)| api::my_calendar(query.past, query.person, query.after),
    );
    let tab = Signal::derive(move || if query.with(|query| query.past) { PAST } else { UPCOMING }.to_owned());
    view! {
        <div class="stack">
            <Tabs label="Part of the calendar" current=tab
                items=vec![TabLink::new(UPCOMING, "Upcoming"), TabLink::new(PAST, "Past and withdrawn")]/>
            <ActFailed failure=failure(withdraw)/>
            {loaded(page, SkeletonKind::Rows, 6, move |page| {
                view! { <Agenda page query=query.get_untracked() withdraw/> }.into_any()
            })}
        </div>
    }
}

const UPCOMING: &str = "/my/calendar";
const PAST: &str = "/my/calendar?show=past";

#[component]
fn Agenda(page: CalendarPage, query: CalendarQuery, withdraw: ServerAction<WithdrawRequest>) -> impl IntoView {
    let older = page
        .next
        .map(|after| CalendarQuery { after, ..query.clone() }.address());
    let newer = (!query.after.is_empty()).then(|| {
        CalendarQuery {
            after: String::new(),
            ..query.clone()
        }
        .address()
    });
    let past = query.past;
    let whose = (page.people.len() > 1).then(|| {
        let mut items = vec![TabLink::new(
            CalendarQuery {
                past,
                ..CalendarQuery::default()
            }
            .address(),
            "Everybody",
        )];
        items.extend(page.people.iter().map(|person| {
            let address = CalendarQuery {
                past,
                person: Some(person.patient),
                after: String::new(),
            }
            .address();
            TabLink::new(address, words::whom(person))
        }));
        let current = CalendarQuery {
            after: String::new(),
            ..query.clone()
        }
        .address();
        view! { <Tabs label="For whom" items current/> }
    });
    let empty = page.rows.is_empty().then(|| view! { <NothingThere past=query.past/> });
    let months = model::by_month(page.rows)
        .into_iter()
        .map(|month| {
            let rows = month
                .rows
                .into_iter()
                .map(|row| view! { <li><MyRow row withdraw/></li> })
                .collect_view();
            view! {
                <section class="agenda-group">
                    <h2>{month.name}</h2>
                    <ul class="agenda-rows">{rows}</ul>
                </section>
            }
        })
        .collect_view();
    let find = (!query.past && empty.is_none())
        .then(|| view! { <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find a therapist"</LinkButton> });
    view! {
        <div class="stack" data-gap="large">
            {whose}
            {empty}
            <div class="agenda">{months}</div>
            <Pager newer older/>
            <div>{find}</div>
        </div>
    }
}

#[component]
fn NothingThere(past: bool) -> impl IntoView {
    if past {
        view! { <EmptyState icon="calendar" text="Your visits will be listed here, with their summaries."/> }.into_any()
    } else {
        view! {
            <EmptyState icon="calendar" text="Nothing planned.">
                <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find a therapist"</LinkButton>
            </EmptyState>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::{AgendaProps, CalendarQuery};
    use crate::{
        api::view::{AgendaRow, Bookable, CalendarPage, Standing},
        model::RequestState,
        ui::testing::{agenda_row, render},
    };
    use kernel::RequestId;
    use leptos::prelude::*;
    use leptos_router::params::ParamsMap;

    fn agenda(rows: Vec<AgendaRow>, query: CalendarQuery) -> String {
        render(|| {
            let page = CalendarPage {
                people: Vec::new(),
                rows,
                next: None,
            };
            super::Agenda(AgendaProps {
                page,
                query,
                withdraw: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn an_address_survives_being_read() {
        let mut params = ParamsMap::new();
        params.insert("show", "past".to_owned());
        params.insert("for", "00000000-0000-0000-0000-000000000002".to_owned());
        let read = CalendarQuery::read(&params);
        assert!(read.past && read.person.is_some());
        assert_eq!(
            read.address(),
            "/my/calendar?show=past&for=00000000-0000-0000-0000-000000000002"
        );
    }

    #[test]
    fn an_empty_calendar_says_what_it_is_for() {
        assert!(agenda(Vec::new(), CalendarQuery::default()).contains("Nothing planned."));
        let past = CalendarQuery {
            past: true,
            ..CalendarQuery::default()
        };
        assert!(agenda(Vec::new(), past).contains("with their summaries"));
    }

    #[test]
    fn a_row_previews_in_place_and_a_request_can_be_withdrawn_there() {
        let request = AgendaRow {
            about: Bookable::Request(RequestId::new(uuid::Uuid::from_u128(8))),
            standing: Standing::Request(RequestState::Pending),
            can_withdraw: true,
            can_cancel: false,
            ..agenda_row("2026-11-27T20:15:00Z")
        };
        let html = agenda(
            vec![agenda_row("2026-11-24T16:00:00Z"), request],
            CalendarQuery::default(),
        );
        assert_eq!(html.matches("<details").count(), 2);
        assert!(html.contains("Confirmed") && html.contains("Requested"));
        assert!(html.contains("scheduling/withdraw_request"));
        assert!(html.contains("/my/visits/00000000-0000-0000-0000-000000000004/cancel"));
        assert!(html.contains("November 2026"));
    }
}
