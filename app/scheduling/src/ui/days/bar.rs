//! Back, today, on: plain links, so that a calendar is leafed through without script.

use super::place::{Place, View};
use chrono::NaiveDate;
use kit::prelude::*;
use leptos::prelude::*;

/// `name` is what is shown ("November 2026"), `shown` a date of it.
#[component]
pub fn CalendarBar(place: Place, name: String, shown: NaiveDate) -> impl IntoView {
    let (before, after) = place.neighbours(shown);
    let stretch = place.view.word().to_lowercase();
    let today = place.with(place.view, None).address();
    view! {
        <nav class="calendar-bar" aria-label="Dates">
            <h2>{name}</h2>
            <Leaf to=before icon="chevron-left" label=format!("The {stretch} before")/>
            <LinkButton href=today kind=ButtonKind::Quiet>"Today"</LinkButton>
            <Leaf to=after icon="chevron-right" label=format!("The {stretch} after")/>
        </nav>
    }
}

#[component]
fn Leaf(to: Option<Place>, icon: &'static str, label: String) -> impl IntoView {
    to.map(|place| {
        let href = place.address();
        view! { <a class="button" data-kind="quiet" data-icon-only href=href aria-label=label><Icon name=icon/></a> }
    })
}

/// The views of a calendar, each with its own address for the same date.
#[component]
pub fn ViewTabs(#[prop(into)] place: Signal<Place>, views: &'static [View]) -> impl IntoView {
    move || {
        let place = place.get();
        let items = views
            .iter()
            .map(|view| TabLink::new(place.with(*view, place.on).address(), view.word()))
            .collect();
        let current = place.with(place.view, place.on).address();
        view! { <Tabs label="View" items current/> }
    }
}
