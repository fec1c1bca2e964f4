//! A therapist and their available times: decide for this person and take a time (S5).

mod model;
mod profile;
mod query;
mod running;

use super::{
    parts::{ActFailed, Booking, Month, TakeOne, TakeTimes, ZoneLine, failure, loaded, month_grid},
    waitlist::tell_me,
};
use crate::api::{self, ReleaseHold, TakeHold, view::TimesView};
use chrono::NaiveDate;
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use profile::Profile;
use query::{Links, TimesQuery};
use running::RunningHold;

#[component]
pub fn TherapistPage() -> impl IntoView {
    let (params, address) = (use_params_map(), use_query_map());
    let query = Memo::new(move |_| address.with(TimesQuery::read));
    let take = ServerAction::<TakeHold>::new();
    let release = ServerAction::<ReleaseHold>::new();
    let failed = failure(take);
    let tried = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(input) = take.input().get() {
            tried.set(input.starts);
        }
    });
    // A refused time: the nearest free ones are shown instead of it. Without script the address knows only the day.
    let lost = Memo::new(move |_| {
        let refused = failed.with(|failed| failed.as_ref().is_some_and(|error| error.code() == "slot_taken"));
        refused.then(|| {
            let tried = tried.get_untracked();
            let around = if tried.is_empty() {
                query.with_untracked(TimesQuery::noon)
            } else {
                tried
            };
            (take.version().get(), around)
        })
    });
    let let_go = super::parts::done(release);
    let times = Resource::new(
        move || {
            (
                params.with(|params| params.get("therapist")),
                query.get(),
                lost.get(),
                let_go.get(),
            )
        },
        |(therapist, query, lost, _)| async move {
            let therapist = therapist.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?;
            let around = lost.map(|(_, around)| around).unwrap_or_default();
            api::therapist_times(therapist, query.person, query.service, query.month, around).await
        },
    );
    view! {
        <Title text="Available times"/>
        {loaded(times, SkeletonKind::Rows, 8, move |view| {
            let lost = lost.get_untracked().is_some();
            view! { <Times view query=query.get_untracked() take release failed lost/> }.into_any()
        })}
    }
}

#[component]
fn Times(
    view: TimesView,
    query: TimesQuery,
    take: ServerAction<TakeHold>,
    release: ServerAction<ReleaseHold>,
    failed: Signal<Option<ApiError>>,
    /// The chosen time was taken by somebody else.
    lost: bool,
) -> impl IntoView {
    let links = Links::of(&view);
    let booking = view
        .service
        .as_ref()
        .filter(|_| view.closed.is_none())
        .map(|service| Booking {
            therapist: view.face.therapist,
            service: service.service,
            person: view.person.patient,
        });
    let earliest = booking.zip(view.next_available.clone()).map(|(booking, slot)| {
        view! { <TakeOne action=take booking time=slot words="Take the earliest:"/> }
    });
    let nearest = booking.filter(|_| lost && !view.nearest.is_empty()).map(|booking| {
        view! {
            <section class="stack" aria-label="Free now, nearest to the time you chose">
                <TakeTimes action=take booking slots=view.nearest.clone() with_day=true/>
            </section>
        }
    });
    let running = view.running.clone().map(|hold| view! { <RunningHold hold release/> });
    let tell = (booking.is_some()).then(|| {
        let href = tell_me(
            view.person.patient,
            view.service.as_ref().map(|service| service.service),
            Some(view.face.therapist),
        );
        view! { <TellMe href/> }
    });
    let other = model::clocks(&view.face.name, &view.therapist_zone.label, view.ahead_minutes);
    let title = format!("{}, {}", view.face.name, view.face.title);
    let times = match booking {
        Some(booking) => {
            view! { <Calendar view=view.clone() asked=query.on links=links.clone() booking take/> }.into_any()
        }
        None => view! { <Closed/> }.into_any(),
    };
    view! {
        <PageHeader title back="Find" back_href=links.find()/>
        <div class="stack">
            {running}
            <ActFailed failure=failed/>
            {nearest}
        </div>
        <div class="split">
            <div class="stack" data-gap="large">
                <div class="cluster apart">
                    {earliest}
                    <ZoneLine zone=view.zone.clone() other/>
                </div>
                {times}
                {tell}
            </div>
            <Profile view/>
        </div>
    }
}

/// The month, and the times of the day that is open.
#[component]
fn Calendar(
    view: TimesView,
    asked: Option<NaiveDate>,
    links: Links,
    booking: Booking,
    take: ServerAction<TakeHold>,
) -> impl IntoView {
    let day = model::chosen_day(&view, asked).cloned();
    let chosen = day.as_ref().map(|day| day.date);
    let times = |date: NaiveDate| {
        let day = view.days.iter().find(|day| day.date == date);
        day.map_or(0, |day| day.slots.len())
    };
    let grid = month_grid(view.month, view.today, chosen, times);
    let beside = |month: Option<NaiveDate>| month.map(|month| (month, links.month(month)));
    let (month, previous, next) = (view.month, beside(view.previous_month), beside(view.next_month));
    let to_day = links.clone();
    let times = match day {
        Some(day) => view! {
            <Section title=format!("Available times, {}", day.day)><TakeTimes action=take booking slots=day.slots/></Section>
        }
        .into_any(),
        None => view! { <NoTimes view links/> }.into_any(),
    };
    view! {
        <Month month previous next grid href=Callback::new(move |date| to_day.day(date))/>
        {times}
    }
}

/// Nothing fits here: the clinic tells when something does.
#[component]
fn TellMe(href: String) -> impl IntoView {
    view! {
        <div class="cluster">
            <p>"No time fits, or it is too late?"</p>
            <LinkButton href>"Tell me if something sooner opens"</LinkButton>
        </div>
    }
}

/// Times are shown to nobody: the reason is said, never a dead button.
#[component]
fn Closed() -> impl IntoView {
    view! {
        <EmptyState icon="calendar" text="This therapist cannot be booked for this person: no licence in the state, or no new patients now.">
            <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find another therapist"</LinkButton>
        </EmptyState>
    }
}

/// "No available times in November. The next is Wed 2 Dec."
#[component]
fn NoTimes(view: TimesView, links: Links) -> impl IntoView {
    let month = super::parts::dates::month(view.month);
    match view.next_available {
        Some(slot) => view! {
            <EmptyState icon="calendar" text=format!("No available times in {month}. The next is {}.", slot.day)>
                <LinkButton href=links.day(slot.date)>"Go there"</LinkButton>
            </EmptyState>
        }
        .into_any(),
        None => view! {
            <EmptyState icon="calendar" text=format!("No available times in {month}, and none in the next weeks.")>
                <LinkButton href=links.find()>"Find another therapist"</LinkButton>
            </EmptyState>
        }
        .into_any(),
    }
}
