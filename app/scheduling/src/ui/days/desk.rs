//! Many therapists side by side on one date (S21). A visit may be dragged to another time or another therapist.

use super::{
    bar::CalendarBar,
    blocks,
    mover::{MoveProblem, MoveReasonChoice, Mover, Wish},
    place::{Place, View},
    preview::previews,
};
use crate::{
    api::{
        self,
        view::{AgendaRow, DeskColumn, DeskDayView, Face, ServiceView},
    },
    model::VisitState,
    ui::{
        parts::{ZoneLine, loaded},
        words::{self, Reader},
    },
};
use chrono::{Duration, SecondsFormat};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Form, hooks::use_query_map};

const BASE: &str = "/desk/calendar";
const FILTERS: [&str; 4] = ["service", "state", "therapist", "after"];

#[component]
pub fn DeskCalendarPage() -> impl IntoView {
    let address = use_query_map();
    let place = Memo::new(move |_| address.with(|query| Place::read(BASE, View::Day, &FILTERS, query)));
    let mover = Mover::new();
    let page = Resource::new(
        move || (place.get(), mover.version.get()),
        |(place, _)| {
            api::desk_day(
                place.on_text(),
                place.filter("service").parse().ok(),
                place.filter("state").to_owned(),
                place.filter("therapist").parse().ok(),
                place.filter("after").to_owned(),
            )
        },
    );
    view! {
        <Title text="Calendar"/>
        <PageHeader title="Calendar" subtitle="One date, by therapist">
            <LinkButton href="/desk/visits" kind=ButtonKind::Quiet>"All visits"</LinkButton>
        </PageHeader>
        <div class="stack">
            <MoveProblem mover/>
            {loaded(page, SkeletonKind::Rows, 12, move |day| {
                view! { <Day day place=place.get_untracked() mover/> }.into_any()
            })}
        </div>
    }
}

#[component]
fn Day(day: DeskDayView, place: Place, mover: Mover) -> impl IntoView {
    Effect::new(move |_| mover.settled());
    let DeskDayView {
        clock,
        date,
        day: name,
        columns,
        therapists,
        services,
        next,
        cut_off,
    } = day;
    let is_today = date == clock.today;
    let filters = view! { <Filters place=place.clone() on=date.to_string() therapists services/> };
    let page = |after: &str| {
        let mut there = place.with(View::Day, place.on);
        there.filters.push(("after", after.to_owned()));
        there.address()
    };
    let older = next.as_deref().map(page);
    let newer = (!place.filter("after").is_empty()).then(|| place.with(View::Day, place.on).address());
    let rows: Vec<(AgendaRow, u16)> = columns
        .iter()
        .flat_map(|column| &column.blocks)
        .filter_map(|block| Some((block.visit.clone()?, block.from_minute)))
        .collect();
    let hrefs = rows
        .iter()
        .map(|(row, _)| (row.clone(), format!("/desk/visits/{}", blocks::id(row))))
        .collect();
    let known = StoredValue::new(rows);
    let on_move = Callback::new(move |to: GridMove| {
        let found = known.with_value(|rows| rows.iter().find(|(row, _)| blocks::id(row) == to.id).cloned());
        if let Some(wish) = found.and_then(|(row, from)| wish(&to, row, from)) {
            mover.ask(Some(to), wish);
        }
    });
    let grid = if columns.is_empty() {
        view! {
            <EmptyState icon="calendar" text="No therapist here.">
                <LinkButton href=BASE>"Show all therapists"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        let columns = columns
            .into_iter()
            .enumerate()
            .map(|(at, column)| grid_column(column, at, is_today))
            .collect();
        view! {
            <TimeGrid label=name.clone() columns now=Some(clock.minute) on_move=Some(on_move)
                on_undo=Some(Callback::new(move |()| mover.undo())) asking=mover.asking refused=mover.refused focus=mover.focus
                preview=previews(hrefs, Reader::Staff)/>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            {filters}
            <div class="calendar-tools">
                <CalendarBar place=place.clone() name shown=date/>
                <MoveReasonChoice mover/>
            </div>
            {cut_off.then(|| view! {
                <Banner tone=Tone::Info text="There are more visits than a page shows. Choose a therapist to see the rest."/>
            })}
            {grid}
            <Pager newer older label="Therapists"/>
            <ZoneLine zone=clock.zone/>
        </div>
    }
    .into_any()
}

/// What a drag asks for: as many minutes later or earlier as it was moved, with whose column it was put in.
fn wish(to: &GridMove, row: AgendaRow, from: u16) -> Option<Wish> {
    let starts = row.when.starts + Duration::minutes(i64::from(to.minute) - i64::from(from));
    Some(Wish {
        visit: to.id.parse().ok()?,
        starts: starts.to_rfc3339_opts(SecondsFormat::Secs, true),
        date: String::new(),
        clock: String::new(),
        therapist: Some(to.column.parse().ok()?),
        key: row.key,
        who: row.person.name,
    })
}

fn grid_column(column: DeskColumn, at: usize, today: bool) -> GridColumn {
    let note = match column.ahead_minutes {
        0 => column.face.title,
        ahead if ahead % 60 == 0 => format!("{}, clock {:+} h", column.face.title, ahead / 60),
        ahead => format!("{}, clock {ahead:+} min", column.face.title),
    };
    GridColumn {
        key: column.face.therapist.to_string(),
        title: column.face.name,
        note,
        href: None,
        today,
        open: column.open,
        blocks: column
            .blocks
            .iter()
            .enumerate()
            .map(|(number, block)| blocks::of_staff(block, "/desk", at * 1_000 + number))
            .collect(),
        empty: "Nothing planned.".to_owned(),
    }
}

#[component]
fn Filters(place: Place, on: String, therapists: Vec<Face>, services: Vec<ServiceView>) -> impl IntoView {
    let all = || (String::new(), "All".to_owned());
    let states = std::iter::once(all())
        .chain(VisitState::ALL.iter().map(|state| {
            let word = words::visit_word(*state, Reader::Staff);
            (state.as_str().to_owned(), word.to_owned())
        }))
        .collect();
    let therapists = std::iter::once(all())
        .chain(
            therapists
                .into_iter()
                .map(|face| (face.therapist.to_string(), face.name)),
        )
        .collect();
    let services = std::iter::once(all())
        .chain(
            services
                .iter()
                .map(|one| (one.service.to_string(), words::service(one))),
        )
        .collect();
    let chosen = |name: &str| place.filter(name).to_owned();
    let (therapist, service, state) = (chosen("therapist"), chosen("service"), chosen("state"));
    view! {
        <Form method="get" action=BASE attr:class="filters" attr:aria-label="Filters">
            <FormRow>
                <Field name="on" label="Date" input_type="date" value=on/>
                <Select name="therapist" label="Therapist" options=therapists value=therapist/>
                <Select name="service" label="Kind of visit" options=services value=service/>
                <Select name="state" label="State" options=states value=state/>
                <Button button_type=ButtonType::Submit icon="filter">"Show"</Button>
            </FormRow>
        </Form>
    }
}

#[cfg(test)]
mod tests {
    use super::{grid_column, wish};
    use crate::{
        api::view::DeskColumn,
        ui::testing::{agenda_row, face},
    };
    use kit::prelude::GridMove;

    #[test]
    fn a_drag_asks_for_the_same_distance_on_the_server() {
        let row = agenda_row("2026-11-24T16:00:00Z");
        let to = GridMove {
            id: super::blocks::id(&row),
            column: face().therapist.to_string(),
            minute: 630,
        };
        let wish = wish(&to, row, 600).unwrap();
        assert_eq!(wish.starts, "2026-11-24T16:30:00Z");
        assert_eq!(wish.therapist, Some(face().therapist));
    }

    #[test]
    fn another_clock_is_said_above_the_column() {
        let column = |ahead_minutes| DeskColumn {
            face: face(),
            ahead_minutes,
            open: Vec::new(),
            blocks: Vec::new(),
        };
        assert_eq!(grid_column(column(0), 0, true).note, "LCSW");
        assert_eq!(grid_column(column(-120), 0, true).note, "LCSW, clock -2 h");
        assert_eq!(grid_column(column(330), 0, true).note, "LCSW, clock +330 min");
    }
}
