//! What patients would see: the engine of the bookings, run here on the week that is being shaped.

use super::{OfWhom, painter::clock};
use crate::{
    api::view::{AffectedView, AvailabilityView},
    model::{
        preview::{Preview, Tried},
        week::WeekShift,
    },
};
use kit::prelude::*;
use leptos::prelude::*;

/// Days listed with their times; the count is of all.
const LISTED: usize = 7;

#[component]
pub fn WouldSee(view: AvailabilityView, week: RwSignal<Vec<WeekShift>>) -> impl IntoView {
    let of = OfWhom::here();
    let preview = StoredValue::new(view.preview);
    let saved = StoredValue::new(view.week);
    let chosen = RwSignal::new(0_usize);
    let names: Vec<String> = preview.with_value(|preview| preview.tried.iter().map(|one| one.name.clone()).collect());
    if names.is_empty() {
        return view! {
            <h2 class="card-title">"Patients would see"</h2>
            <p>"Nothing yet: no service is offered. Our team adds services."</p>
        }
        .into_any();
    }
    let several = (names.len() > 1).then(|| {
        let one = |(place, name): (usize, String)| {
            let pressed = Signal::derive(move || chosen.get() == place);
            view! { <Button size=ButtonSize::Small pressed on_press=move || chosen.set(place)>{name}</Button> }
        };
        view! { <div class="cluster" role="group" aria-label="Service">{names.into_iter().enumerate().map(one).collect_view()}</div> }
    });
    let seen = move || {
        preview.with_value(|preview| {
            let tried = preview.tried.get(chosen.get());
            tried.map(|tried| week.with(|week| saved.with_value(|saved| times(preview, tried, week, saved))))
        })
    };
    let outside = move || preview.with_value(|preview| week.with(|week| outside(of, preview, week)));
    view! {
        <h2 class="card-title">"Patients would see"</h2>
        {several}
        <div aria-live="polite">{seen}</div>
        <div aria-live="polite">{outside}</div>
    }
    .into_any()
}

fn times(preview: &Preview, tried: &Tried, week: &[WeekShift], saved: &[WeekShift]) -> AnyView {
    let starts = preview.starts(week, tried);
    let before = preview.starts(saved, tried).len();
    let count = starts.len();
    let plural = if count == 1 { "time" } else { "times" };
    let days = preview
        .by_day(&starts)
        .into_iter()
        .take(LISTED)
        .map(|day| {
            let clocks: Vec<String> = day.minutes.iter().map(|minutes| clock(*minutes)).collect();
            view! { <li class="line"><strong>{day.day}</strong> " " <span class="number">{clocks.join(", ")}</span></li> }
        })
        .collect_view();
    view! {
        <p>
            <strong class="number">{count.to_string()}</strong> {format!(" {plural} in the next 14 days")}
            {(count != before).then(|| format!(" (was {before})"))}
        </p>
        <p class="fine">{format!("For {}, after visits, limits, buffers and notice.", tried.name)}</p>
        <ul class="lines">{days}</ul>
    }
    .into_any()
}

/// Agreed visits that lie outside the hours, by name.
fn outside(of: OfWhom, preview: &Preview, week: &[WeekShift]) -> AnyView {
    let visits = preview.outside(week);
    if visits.is_empty() {
        return ().into_any();
    }
    let many = if visits.len() == 1 {
        "1 visit lies".to_owned()
    } else {
        format!("{} visits lie", visits.len())
    };
    let rows = visits
        .into_iter()
        .map(|visit| view! { <li>{of.visit(visit.visit, visit.words.clone())}</li> })
        .collect_view();
    view! {
        <h3>{many} " outside these hours"</h3>
        <p>"They stay until somebody moves them."</p>
        <ul class="lines">{rows}</ul>
    }
    .into_any()
}

/// Visits inside an absence, each with a way out.
#[component]
pub fn InAbsences(rows: Vec<AffectedView>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let of = OfWhom::here();
    let rows = rows
        .into_iter()
        .map(|row| {
            let why = if row.closure { "the clinic is shut" } else { "time off" };
            let way_out = match row.way_out {
                Some(way) if way.colleague => {
                    format!("{} is free {}, {}", way.therapist.name, way.when.day, way.when.from)
                }
                Some(way) => format!("Next free time after it: {}, {}", way.when.day, way.when.from),
                None => "No free time within the booking horizon".to_owned(),
            };
            view! {
                <li class="line">
                    {of.visit(row.visit, format!("{}, {}, {}", row.when.day, row.when.from, row.person.name))}
                    <p class="fine">{format!("{}, {why}. {way_out}.", row.service.name)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title="Visits in time off">
            <p>"They stay until somebody moves them. A way out is named for each."</p>
            <ul class="lines">{rows}</ul>
        </Section>
    }
    .into_any()
}
