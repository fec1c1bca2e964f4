//! The therapist's day: who waits now, who is next, what to finish (S14).

use crate::{
    api::{
        self,
        view::{AgendaRow, Bookable, Standing, TodayView},
    },
    model::VisitState,
    ui::{care::CareRow, parts::loaded},
};
use kernel::VisitId;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use std::time::Duration;

/// How often the day is asked for while the page is open: who waits must not be missed.
const EVERY: Duration = Duration::from_secs(30);

#[component]
pub fn TherapistHome(
    /// Readiness of the waiting room, from the slice that knows the room.
    #[prop(optional, into)]
    waiting: Option<ViewFn>,
    /// How far the kit of a visit is, from the slice that knows kits.
    #[prop(optional)]
    kit: Option<Callback<VisitId, AnyView>>,
) -> impl IntoView {
    let today = Resource::new(|| (), |()| api::today());
    Effect::new(move |_| {
        // Each look is in the audit trail: a page that nobody sees does not look.
        let ask = move || {
            if !document().hidden() {
                today.refetch();
            }
        };
        if let Ok(timer) = set_interval_with_handle(ask, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <Title text="Today"/>
        <PageHeader title="Today"><LinkButton href="/care/visits/new">"Plan a visit"</LinkButton></PageHeader>
        {waiting.map(|waiting| waiting.run())}
        {loaded(today, SkeletonKind::Rows, 6, move |view| view! { <Day view kit/> }.into_any())}
    }
}

#[component]
fn Day(view: TodayView, kit: Option<Callback<VisitId, AnyView>>) -> impl IntoView {
    let lead = leading(&view);
    let waits: Vec<Bookable> = view.waiting.iter().map(|row| row.about).collect();
    let waiting = view
        .waiting
        .iter()
        .zip(&view.waiting_since)
        .enumerate()
        .map(|(place, (row, since))| {
            let minutes = (view.server_now - *since).num_minutes().max(0);
            view! { <Waiting row=row.clone() minutes first=place == 0/> }
        })
        .collect_view();
    let count = view.visits.len();
    let title = match count {
        0 => view.day.clone(),
        1 => format!("{}: 1 visit, {}", view.day, duration(view.minutes)),
        _ => format!("{}: {count} visits, {}", view.day, duration(view.minutes)),
    };
    let rows = if view.visits.is_empty() {
        let text = match &view.next {
            Some(next) => format!("No visits today. Next: {}, {}.", next.when.day, next.when.from),
            None => "No visits today, and none planned.".to_owned(),
        };
        view! { <EmptyState icon="calendar" text><LinkButton href="/care/calendar">"Week"</LinkButton></EmptyState> }
            .into_any()
    } else {
        let rows = view
            .visits
            .into_iter()
            .map(|row| {
                let accent = lead == Some(row.about);
                let waits = waits.contains(&row.about);
                view! { <li><TodayRow row accent waits kit/></li> }
            })
            .collect_view();
        view! { <ul class="day-rows">{rows}</ul> }.into_any()
    };
    view! {
        <div role="status">{waiting}</div>
        <div class="split">
            <Section title>{rows}</Section>
            <ToFinish rows=view.to_confirm/>
        </div>
    }
}

/// The visit whose room is the accent action: nobody waits, and this room is open first.
fn leading(view: &TodayView) -> Option<Bookable> {
    if !view.waiting.is_empty() {
        return None;
    }
    view.visits.iter().find(|row| row.room_open).map(|row| row.about)
}

fn room(row: &AgendaRow) -> Option<String> {
    crate::ui::calendar::room(row.about)
}

#[component]
fn Waiting(row: AgendaRow, minutes: i64, first: bool) -> impl IntoView {
    let kind = if first { ButtonKind::Primary } else { ButtonKind::Plain };
    let href = room(&row).unwrap_or_default();
    let since = if minutes == 0 {
        "just came".to_owned()
    } else {
        format!("{minutes} min")
    };
    view! {
        <div class="waiting-now">
            <p>"Waiting now: " <strong>{row.person.name}</strong> ", " {since} ". Visit at " {row.when.from} "."</p>
            <LinkButton href external=true kind icon="door">"Open room"</LinkButton>
        </div>
    }
}

#[component]
fn TodayRow(
    row: AgendaRow,
    accent: bool,
    /// Somebody waits in its room: the way in stands above already.
    waits: bool,
    kit: Option<Callback<VisitId, AnyView>>,
) -> impl IntoView {
    let Bookable::Visit(visit) = row.about else {
        return ().into_any();
    };
    let page = format!("/care/visits/{visit}");
    let (label, to_confirm) = (
        row.person.name.clone(),
        row.standing == Standing::Visit(VisitState::Ended),
    );
    let acts = if waits {
        ().into_any()
    } else if row.room_open {
        let kind = if accent { ButtonKind::Primary } else { ButtonKind::Plain };
        view! { <LinkButton href=format!("/room/{visit}") external=true kind size=ButtonSize::Small label=format!("Open room, {label}")>"Open room"</LinkButton> }
            .into_any()
    } else if to_confirm {
        view! { <LinkButton href=format!("{page}/after") size=ButtonSize::Small label=format!("Confirm, {label}")>"Confirm"</LinkButton> }
            .into_any()
    } else if matches!(row.standing, Standing::Visit(state) if state.is_open()) {
        view! { <LinkButton href=format!("{page}/prepare") size=ButtonSize::Small kind=ButtonKind::Quiet label=format!("Prepare, {label}")>"Prepare"</LinkButton> }
            .into_any()
    } else {
        ().into_any()
    };
    // What is over needs no kit any more.
    let open = matches!(row.standing, Standing::Visit(state) if state.is_open());
    let kit = kit.filter(|_| open).map_or_else(|| ().into_any(), |kit| kit.run(visit));
    view! { <CareRow row acts kit/> }.into_any()
}

/// What still needs the therapist's word.
#[component]
fn ToFinish(rows: Vec<AgendaRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <Section title="To finish"><p class="muted">"Every visit is confirmed."</p></Section> }
            .into_any();
    }
    let count = rows.len();
    let title = if count == 1 {
        "1 visit to confirm".to_owned()
    } else {
        format!("{count} visits to confirm")
    };
    let rows = rows
        .into_iter()
        .filter_map(|row| {
            let Bookable::Visit(visit) = row.about else { return None };
            let label = format!("Confirm {}, {}, {}", row.when.day, row.when.from, row.person.name);
            Some(view! {
                <li class="line">
                    <span class="line-main"><span class="strong">{row.person.name}</span> " " <span class="muted number">{row.when.day} ", " {row.when.from}</span></span>
                    <LinkButton href=format!("/care/visits/{visit}/after") size=ButtonSize::Small label>"Confirm"</LinkButton>
                </li>
            })
        })
        .collect_view();
    view! { <Section title><ul class="lines">{rows}</ul></Section> }.into_any()
}

/// "2 h 45 min"
fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::{DayProps, duration};
    use crate::{
        api::view::{AgendaRow, Standing, TodayView},
        model::VisitState,
        ui::testing::{agenda_row, render, zone},
    };
    use chrono::Duration;
    use leptos::prelude::*;

    fn today(visits: Vec<AgendaRow>, waiting: Vec<AgendaRow>) -> TodayView {
        let server_now = "2026-11-24T15:50:00Z".parse().unwrap();
        TodayView {
            today: "2026-11-24".parse().unwrap(),
            day: "Tue 24 Nov".to_owned(),
            zone: zone(),
            waiting_since: waiting.iter().map(|_| server_now - Duration::minutes(4)).collect(),
            waiting,
            visits,
            minutes: 45,
            to_confirm: Vec::new(),
            next: Some(agenda_row("2026-11-25T15:00:00Z")),
            server_now,
        }
    }

    fn page(view: TodayView) -> String {
        render(|| super::Day(DayProps { view, kit: None }).into_any())
    }

    fn open_row() -> AgendaRow {
        AgendaRow {
            room_open: true,
            ..agenda_row("2026-11-24T16:00:00Z")
        }
    }

    #[test]
    fn whoever_waits_is_told_first_and_has_the_only_accent() {
        let html = page(today(vec![open_row()], vec![open_row()]));
        assert!(html.contains("Waiting now") && html.contains("4 min"));
        assert_eq!(html.matches("Open room").count(), 1, "one way in");
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn without_anybody_waiting_the_open_room_is_the_accent() {
        let html = page(today(vec![open_row(), agenda_row("2026-11-24T18:00:00Z")], Vec::new()));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
        assert!(html.contains("2 visits, 45 min"));
    }

    #[test]
    fn a_coming_visit_says_how_far_its_kit_is_and_one_that_is_over_does_not() {
        let over = AgendaRow {
            standing: Standing::Visit(VisitState::Ended),
            ..agenda_row("2026-11-24T14:00:00Z")
        };
        let html = render(|| {
            let view = today(vec![over, agenda_row("2026-11-24T18:00:00Z")], Vec::new());
            let kit = Some(Callback::new(|_| "Kit: 3 of 5 ready".into_any()));
            super::Day(DayProps { view, kit }).into_any()
        });
        assert_eq!(html.matches("Kit: 3 of 5 ready").count(), 1, "{html}");
    }

    #[test]
    fn a_free_day_names_the_next_visit() {
        assert!(page(today(Vec::new(), Vec::new())).contains("No visits today. Next: Wed 25 Nov, 09:00."));
    }

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(duration(165), "2 h 45 min");
        assert_eq!(duration(60), "1 h");
        assert_eq!(duration(30), "30 min");
    }
}
