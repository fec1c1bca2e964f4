//! Patient and guardian: when is the next visit, is it requested or confirmed, can I join now (S3).

use super::model::{Upcoming, been, upcoming};
use crate::{
    api::{
        self,
        view::{AgendaRow, CalendarPage},
    },
    ui::{
        calendar::{my_page, room},
        parts::{Relative, Standing, TherapistLine, ZoneLine, loaded, use_wake},
        words::Reader,
    },
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

/// Past visits shown on the home page.
const PAST_SHOWN: u8 = 3;

#[component]
pub fn PatientHome() -> impl IntoView {
    let planned = Resource::new(|| (), |()| api::my_calendar(false, None, String::new()));
    let past = Resource::new(|| (), |()| api::my_calendar(true, None, String::new()));
    view! {
        <Title text="Home"/>
        <PageHeader title="Home"/>
        <div class="split">
            <div class="stack" data-gap="large">
                {loaded(planned, SkeletonKind::Cards, 1, move |page| view! { <Planned page planned/> }.into_any())}
            </div>
            <div class="stack" data-gap="large">
                {loaded(past, SkeletonKind::Rows, PAST_SHOWN.into(), |page: CalendarPage| view! { <Past rows=been(page.rows).take(PAST_SHOWN.into()).collect()/> }.into_any())}
            </div>
        </div>
    }
}

#[component]
fn Planned(page: CalendarPage, planned: Resource<Result<CalendarPage, ApiError>>) -> impl IntoView {
    let Upcoming { next, requests, later } = upcoming(page.rows);
    if next.is_empty() {
        return view! {
            <EmptyState icon="calendar" text="No visit planned.">
                <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find a therapist"</LinkButton>
            </EmptyState>
            <div class="actions"><TestDevice kind=ButtonKind::Quiet/></div>
        }
        .into_any();
    }
    let tested_above = next
        .first()
        .is_some_and(|row| room(row.about).is_some() && !row.room_open);
    let cards = next
        .into_iter()
        .enumerate()
        .map(|(place, row)| {
            if !row.room_open && room(row.about).is_some() {
                use_wake(planned, row.room_opens.starts);
            }
            view! { <NextCard row first=place == 0/> }
        })
        .collect_view();
    view! {
        {cards}
        <Lines title="Asked for" rows=requests/>
        <Lines title="After this" rows=later/>
        {(!tested_above).then(|| view! { <div class="actions"><TestDevice kind=ButtonKind::Quiet/></div> })}
    }
    .into_any()
}

/// The next thing of one person. Its accent action changes with time; only the first card has one.
#[component]
fn NextCard(row: AgendaRow, first: bool) -> impl IntoView {
    let page = my_page(row.about);
    let is_visit = room(row.about).is_some();
    let joins = is_visit && row.room_open;
    let kind = if first { ButtonKind::Primary } else { ButtonKind::Plain };
    let act = match room(row.about) {
        Some(room) if row.room_open => view! {
            <LinkButton href=room external=true kind size=ButtonSize::Large icon="video">"Join"</LinkButton>
        }
        .into_any(),
        // Once the device is known to work, the day of the visit has no surprises.
        Some(_) if first => view! {
            <TestDevice kind size=ButtonSize::Large/>
            <LinkButton href=page.clone() size=ButtonSize::Large>"See the visit"</LinkButton>
        }
        .into_any(),
        Some(_) => {
            view! { <LinkButton href=page.clone() kind size=ButtonSize::Large>"See the visit"</LinkButton> }.into_any()
        }
        None => view! { <LinkButton href=page.clone() kind size=ButtonSize::Large>"See the request"</LinkButton> }
            .into_any(),
    };
    let title = match (is_visit, row.person.me) {
        (true, true) => "Your next visit".to_owned(),
        (false, true) => "Your request".to_owned(),
        (true, false) => format!("Next visit of {}", row.person.name),
        (false, false) => format!("Request for {}", row.person.name),
    };
    let note = if !is_visit {
        "Not confirmed yet: our team answers.".to_owned()
    } else if joins {
        "The room is open.".to_owned()
    } else {
        format!("The room opens at {}.", row.room_opens.from)
    };
    let label = format!("Details of {}, {}", row.when.day, row.when.from);
    let starts = row.when.starts;
    view! {
        <Card title strong=first>
            <div class="next-visit stack">
                <div>
                    <p class="when">
                        <span>{row.when.day.clone()}</span>
                        <span class="when-clock">{row.when.from.clone()} " to " {row.when.until.clone()}</span>
                        <span class="when-relative"><Relative at=starts/></span>
                    </p>
                    <Standing standing=row.standing reader=Reader::Patient/>
                </div>
                <TherapistLine therapist=row.therapist.clone() service=Some(row.service.clone())/>
                <div class="actions">
                    {act}
                    {joins.then(|| view! { <LinkButton href=page label>"Details"</LinkButton> })}
                </div>
                <div>
                    <p class="muted">{note}</p>
                    <ZoneLine zone=row.when.zone/>
                </div>
            </div>
        </Card>
    }
}

/// A full page load: only the room's documents may use camera and microphone.
#[component]
fn TestDevice(kind: ButtonKind, #[prop(default = ButtonSize::Normal)] size: ButtonSize) -> impl IntoView {
    view! { <LinkButton href="/room/test" external=true kind size icon="video">"Test this device"</LinkButton> }
}

/// Further rows, one line each; nothing when there are none.
#[component]
fn Lines(title: &'static str, rows: Vec<AgendaRow>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| view! { <li><Line row/></li> })
        .collect_view();
    view! { <Section title><ul class="lines">{rows}</ul></Section> }.into_any()
}

#[component]
fn Line(row: AgendaRow) -> impl IntoView {
    let whom = (!row.person.me).then(|| format!(" for {}", row.person.name));
    view! {
        <a class="line" href=my_page(row.about)>
            <span class="line-main"><span class="whole strong number">{row.when.day} ", " {row.when.from}</span> " " <span class="whole muted">{row.therapist.name} {whom}</span></span>
            <Standing standing=row.standing reader=Reader::Patient/>
        </a>
    }
}

#[component]
fn Past(rows: Vec<AgendaRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <Section title="Past visits"><p class="muted">"Your visits will be listed here, with their summaries."</p></Section>
        }
        .into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| view! { <li><Line row/></li> })
        .collect_view();
    view! {
        <Section title="Past visits" beside=|| view! { <a href="/my/calendar?show=past">"All"</a> }>
            <ul class="lines">{rows}</ul>
        </Section>
    }
    .into_any()
}
