//! The days on which anybody who fits has times, and who is free on one of them: "first available", as a month (S4).

use super::query::{FindQuery, wish_words};
use crate::{
    api::{
        self, TakeHold,
        view::{AnyHit, AnyTimesView, DayFree},
    },
    ui::{
        parts::{ActFailed, Booking, Month, TakeTimes, ZoneLine, dates, failure, loaded, month_grid},
        words,
    },
};
use chrono::NaiveDate;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn AnyTimesPage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| {
        address.with(|address| {
            let at = |name| address.get_str(name).unwrap_or_default().to_owned();
            let on = at("on");
            // A day names its month.
            let month = if on.is_empty() { at("month") } else { on.clone() };
            (FindQuery::read(address), month, on)
        })
    });
    let take = ServerAction::<TakeHold>::new();
    let failed = failure(take);
    // A refused time means that the shown ones are old.
    let tries = Memo::new(move |_| failed.with(Option::is_some).then(|| take.version().get()));
    let days = Resource::new(
        move || (query.get(), tries.get()),
        |((wish, month, on), _)| {
            api::any_times(
                wish.person,
                wish.service,
                wish.specialty,
                wish.language,
                wish.more,
                month,
                on,
            )
        },
    );
    view! {
        <Title text="Days with times"/>
        <ActFailed failure=failed/>
        {loaded(days, SkeletonKind::Rows, 8, move |view| {
            let (query, ..) = query.get_untracked();
            view! { <AnyTimes view query take/> }.into_any()
        })}
    }
}

#[component]
fn AnyTimes(view: AnyTimesView, query: FindQuery, take: ServerAction<TakeHold>) -> impl IntoView {
    let query = FindQuery {
        person: Some(view.person.patient),
        service: Some(view.service.service),
        ..query
    };
    let subtitle = format!(
        "{} for {}, with anyone{}",
        words::service(&view.service),
        if view.person.me { "you" } else { &view.person.name },
        wish_words(&query)
    );
    let back_href = query.address();
    let to_month =
        |month: Option<NaiveDate>| month.map(|month| (month, query.any(Some(("month", dates::month_key(month))))));
    let (previous, next, month) = (to_month(view.previous_month), to_month(view.next_month), view.month);
    let chosen = view.open.as_ref().map(|open| open.date);
    let grid = month_grid(view.month, view.today, chosen, |date| times(&view.days, date));
    let to_day = query.clone();
    let href = Callback::new(move |date: NaiveDate| to_day.any(Some(("on", date.to_string()))));
    let (person, service) = (view.person.patient, view.service.service);
    let day = if let Some(open) = view.open {
        let rows = open
            .hits
            .into_iter()
            .map(|hit| {
                let booking = Booking {
                    therapist: hit.face.therapist,
                    service,
                    person,
                };
                view! { <Who hit booking take/> }
            })
            .collect_view();
        view! {
            <Section title=format!("Available times, {}", open.day)><ul class="stack">{rows}</ul></Section>
        }
        .into_any()
    } else {
        let name = dates::month(view.month);
        match view.next_available {
                Some(slot) => view! {
                    <EmptyState icon="calendar" text=format!("No available times in {name}. The next is {}.", slot.day)>
                        <LinkButton href=query.any(Some(("on", slot.date.to_string()))) kind=ButtonKind::Primary>"Go there"</LinkButton>
                    </EmptyState>
                }
                .into_any(),
                None => view! {
                    <EmptyState icon="calendar" text="Nobody who fits has times in the next weeks. With fewer wishes there may be some.">
                        <LinkButton href="/my/find" kind=ButtonKind::Primary>"Change the wishes"</LinkButton>
                    </EmptyState>
                }
                .into_any(),
            }
    };
    view! {
        <PageHeader title="Days with times" subtitle back="Find" back_href/>
        <div class="stack" data-gap="large">
            <ZoneLine zone=view.zone/>
            <Month month previous next grid href/>
            {day}
        </div>
    }
}

fn times(days: &[DayFree], date: NaiveDate) -> usize {
    let day = days.iter().find(|day| day.date == date);
    day.map_or(0, |day| usize::try_from(day.times).unwrap_or(usize::MAX))
}

/// One therapist and the times of that day.
#[component]
fn Who(hit: AnyHit, booking: Booking, take: ServerAction<TakeHold>) -> impl IntoView {
    let AnyHit { face, slots } = hit;
    let href = format!(
        "/my/find/{}?for={}&service={}",
        face.therapist, booking.person, booking.service
    );
    view! {
        <li class="card stack" data-gap="small">
            <h3><a href=href>{face.name}</a> ", " {face.title}</h3>
            <TakeTimes action=take booking slots/>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::{AnyTimesProps, FindQuery};
    use crate::{
        api::view::{AnyDay, AnyHit, AnyTimesView, DayFree},
        ui::testing::{face, person, render, service, slot, zone},
    };
    use leptos::prelude::*;

    fn view() -> AnyTimesView {
        let date = |text: &str| text.parse().unwrap();
        AnyTimesView {
            person: person(),
            service: service(),
            month: date("2026-11-01"),
            previous_month: None,
            next_month: Some(date("2026-12-01")),
            today: date("2026-11-22"),
            days: vec![
                DayFree {
                    date: date("2026-11-24"),
                    times: 3,
                },
                DayFree {
                    date: date("2026-11-26"),
                    times: 1,
                },
            ],
            open: Some(AnyDay {
                date: date("2026-11-24"),
                day: "Tue 24 Nov".to_owned(),
                hits: vec![AnyHit {
                    face: face(),
                    slots: vec![slot("2026-11-24T16:00:00Z")],
                }],
            }),
            next_available: Some(slot("2026-11-24T16:00:00Z")),
            zone: zone(),
        }
    }

    fn page(view: AnyTimesView) -> String {
        let query = FindQuery {
            language: "es".to_owned(),
            ..FindQuery::default()
        };
        render(|| {
            super::AnyTimes(AnyTimesProps {
                view,
                query,
                take: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn days_with_times_are_links_that_keep_the_wishes_and_the_zone_is_said() {
        let html = page(view());
        assert!(
            html.contains("24 November, 3 times") && html.contains("26 November, 1 time\""),
            "{html}"
        );
        assert!(html.contains("language=es&amp;on=2026-11-26"), "{html}");
        assert!(html.contains("language=es&amp;month=2026-12"), "{html}");
        assert!(
            html.contains("Chicago (Central)") && html.contains("25 November, no times"),
            "{html}"
        );
        assert!(html.contains("who speaks Spanish"), "{html}");
    }

    #[test]
    fn each_time_of_the_day_is_taken_by_a_plain_form_with_its_therapist() {
        let html = page(view());
        assert!(
            html.contains("scheduling/take_hold") && html.contains("Tess Test"),
            "{html}"
        );
        assert!(
            html.contains("name=\"therapist\" value=\"00000000-0000-0000-0000-000000000001\""),
            "{html}"
        );
    }

    #[test]
    fn a_month_without_times_leads_to_the_next_one_that_has_some() {
        let mut view = view();
        view.open = None;
        view.days.clear();
        let html = page(view.clone());
        assert!(
            html.contains("No available times in November. The next is Tue 24 Nov."),
            "{html}"
        );
        view.next_available = None;
        assert!(page(view).contains("Change the wishes"));
    }
}
