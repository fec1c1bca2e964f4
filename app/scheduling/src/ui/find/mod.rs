//! Find a therapist: from a need to a face and a free time in two steps (S4).

mod any;
mod card;
mod filters;
mod query;

use super::{
    parts::{ActFailed, Booking, TakeOne, ZoneLine, failure, loaded},
    waitlist::tell_me,
};
use crate::api::{self, TakeHold, view::FindView};
pub use any::AnyTimesPage;
use card::TherapistCard;
use filters::Filters;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use query::{FindQuery, wish_name};
use std::iter::zip;

/// How many more therapists one press shows.
const STEP: usize = 20;

#[component]
pub fn FindPage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| address.with(FindQuery::read));
    let take = ServerAction::<TakeHold>::new();
    let failed = failure(take);
    // A refused time means that the shown ones are old.
    let tries = Memo::new(move |_| failed.with(Option::is_some).then(|| take.version().get()));
    let found = Resource::new(
        move || (query.get(), tries.get()),
        |(wish, _)| {
            api::find_therapists(
                wish.person,
                wish.service,
                wish.specialty,
                wish.language,
                wish.more,
                wish.shown,
            )
        },
    );
    view! {
        <Title text="Find a therapist"/>
        <PageHeader title="Find a therapist"/>
        <ActFailed failure=failed/>
        {loaded(found, SkeletonKind::Cards, 4, move |view| {
            view! { <Found view query=query.get_untracked() take/> }.into_any()
        })}
    }
}

#[component]
fn Found(view: FindView, query: FindQuery, take: ServerAction<TakeHold>) -> impl IntoView {
    let filters = view! { <Filters view=view.clone() query=query.clone()/> }.into_any();
    let Some(person) = view.person.clone() else {
        return view! {
            <EmptyState icon="users" text="There is nobody you can book for yet. Our team sets this up."/>
        }
        .into_any();
    };
    let earliest = view
        .earliest
        .clone()
        .zip(view.service.as_ref())
        .map(|((therapist, slot), service)| {
            let booking = Booking {
                therapist,
                service: service.service,
                person: person.patient,
            };
            view! { <TakeOne action=take booking time=slot words="Earliest time with anyone:"/> }
        });
    let wait = tell_me(
        person.patient,
        view.service.as_ref().map(|service| service.service),
        None,
    );
    let by_day = (!view.hits.is_empty()).then(|| {
        let href = query.any(None);
        view! { <LinkButton href icon="calendar">"Days with times"</LinkButton> }
    });
    let results = if view.hits.is_empty() {
        view! { <Nobody dropped=view.drop query=query.clone() wait/> }.into_any()
    } else {
        let query = FindQuery {
            person: Some(person.patient),
            ..query
        };
        let (shown, rest) = (view.hits.len(), view.fitting.saturating_sub(view.hits.len()));
        let more = (rest > 0).then(|| {
            let by = rest.min(STEP);
            let href = query.longer(shown, STEP);
            view! {
                <div class="cluster apart">
                    <LinkButton href>{format!("Show {by} more")}</LinkButton>
                    <p class="fine">{format!("{shown} of {} who fit", view.fitting)}</p>
                </div>
            }
        });
        let cards = zip(1.., view.hits)
            .map(|(number, hit)| {
                view! {
                    <li class="therapist" id=format!("therapist-{number}")>
                        <TherapistCard hit person=person.patient query=query.clone() take/>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="therapists">{cards}</ul> {more} }.into_any()
    };
    view! {
        {filters}
        <div class="stack">
            <div class="cluster apart">
                {earliest}
                {by_day}
                {view.zone.map(|zone| view! { <ZoneLine zone/> })}
            </div>
            <section aria-label="Therapists">{results}</section>
        </div>
    }
    .into_any()
}

/// Names the wish that excludes most and offers to drop it.
#[component]
fn Nobody(dropped: Option<(String, u32)>, query: FindQuery, wait: String) -> impl IntoView {
    match dropped {
        Some((wish, count)) => {
            let are = if count == 1 {
                "there is 1"
            } else {
                &format!("there are {count}")
            };
            let text = format!("Nobody fits all your wishes. Without {} {are}.", wish_name(&wish));
            view! {
                <EmptyState icon="search" text>
                    <LinkButton href=query.without(&wish).address() kind=ButtonKind::Primary>{format!("Show the {count}")}</LinkButton>
                </EmptyState>
            }
            .into_any()
        }
        None => view! {
            <EmptyState icon="search" text="Nobody fits at this moment. Our team can help you to find somebody.">
                <LinkButton href=wait kind=ButtonKind::Primary>"Tell me if something sooner opens"</LinkButton>
            </EmptyState>
        }
        .into_any(),
    }
}
