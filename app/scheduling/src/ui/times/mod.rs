//! A therapist and their available times: decide for this person and take a time (S5).

mod model;
mod month;
mod profile;
mod query;
mod running;

use super::parts::{ActFailed, TakeTimes, ZoneLine, failure, loaded};
use crate::api::{self, ReleaseHold, TakeHold, view::TimesView};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use month::{DayStrip, Month};
use profile::Profile;
use query::TimesQuery;
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
    let therapist = view.face.therapist;
    let person = view.person.patient;
    let links = query.links(&view);
    let chosen = model::chosen_day(&view, query.on).cloned();
    let chosen_date = chosen.as_ref().map(|day| day.date);
    let running = view.running.clone().map(|hold| view! { <RunningHold hold release/> });
    let nearest = (lost && !view.nearest.is_empty())
        .then(|| view.nearest.clone())
        .zip(view.service.clone())
        .map(|(slots, service)| {
            view! {
                <section class="stack" aria-label="Free now, nearest to the time you chose">
                    <TakeTimes action=take therapist service=service.service person slots with_day=true/>
                </section>
            }
        });
    let day = chosen.zip(view.service.clone()).map(|(day, service)| {
        view! {
            <Section title=format!("Available times, {}", day.day)>
                <TakeTimes action=take therapist service=service.service person slots=day.slots/>
            </Section>
        }
    });
    let clocks = model::clocks(&view.face.name, &view.therapist_zone.label, view.ahead_minutes);
    let grid = model::month_grid(&view, chosen_date);
    let strip = model::strip(&view, chosen_date).to_vec();
    let title = format!("{}, {}", view.face.name, view.face.title);
    view! {
        <PageHeader title back="Find" back_href=links.find()/>
        {running}
        <ActFailed failure=failed/>
        {nearest}
        <div class="split" data-even=true>
            <Profile view=view.clone() take/>
            <div class="stack" data-gap="large">
                <ZoneLine zone=view.zone.clone() other=clocks/>
                {match &view.closed {
                    Some(_) => view! { <Closed/> }.into_any(),
                    None => view! {
                        <Month view=view.clone() links=links.clone() grid/>
                        <DayStrip days=strip links=links.clone() chosen=chosen_date/>
                        {day}
                        <NoTimes view=view.clone() links/>
                    }.into_any(),
                }}
            </div>
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
fn NoTimes(view: TimesView, links: query::Links) -> impl IntoView {
    if !view.days.is_empty() {
        return ().into_any();
    }
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
