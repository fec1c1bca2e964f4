//! Tell me if something sooner opens: which days and parts of the day fit, and for how long.

use super::{
    address::JoinQuery,
    model::{name, part_choice},
};
use crate::{
    api::{self, JoinWaitlist, view::JoinView},
    model::{PartOfDay, Weekday, waitlist::WEEKS},
    ui::{
        availability::model::day_name,
        parts::{ActFailed, ZoneLine, failure, failure_at, loaded},
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn JoinWaitlistPage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| address.with(JoinQuery::read));
    let join = ServerAction::<JoinWaitlist>::new();
    let form = Resource::new(
        move || query.get(),
        |query| api::waitlist_form(query.person, query.service, query.therapist, query.visit, query.request),
    );
    view! {
        <Title text="Waiting list"/>
        {loaded(form, SkeletonKind::Text, 8, move |view| {
            view! { <Join view query=query.get_untracked() join/> }.into_any()
        })}
    }
}

#[component]
fn Join(view: JoinView, query: JoinQuery, join: ServerAction<JoinWaitlist>) -> impl IntoView {
    let what = view
        .service
        .as_ref()
        .map(|service| format!("{}, with {}", words::service(service), name(view.therapist.as_ref())));
    let sooner = view.sooner_than.as_ref().map(|when| {
        let text = format!("Sooner than your visit on {}, {}.", when.day, when.from);
        view! { <p>{text}</p> }
    });
    let whom = (!view.person.me).then(|| view! { <p>{format!("For {}", view.person.name)}</p> });
    let over = view.visit.is_some() && view.sooner_than.is_none();
    let body = if view.waits.is_some() {
        view! {
            <Banner text="You are on the waiting list for this already.">
                <LinkButton href="/my/waitlist" kind=ButtonKind::Primary>"See the waiting list"</LinkButton>
            </Banner>
        }
        .into_any()
    } else if view.service.is_none() || over {
        view! {
            <EmptyState icon="calendar" text="There is nothing to wait for here. Choose a therapist and a kind of visit first.">
                <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find a therapist"</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <Fields view=view.clone() query join/> }.into_any()
    };
    view! {
        <PageHeader title="Tell me if something sooner opens" back="Waiting list" back_href="/my/waitlist"/>
        <div class="stack" data-gap="large">
            <div class="stack" data-gap="small">
                <p>{what}</p>
                {sooner}
                {whom}
            </div>
            {body}
        </div>
    }
}

#[component]
fn Fields(view: JoinView, query: JoinQuery, join: ServerAction<JoinWaitlist>) -> impl IntoView {
    let failed = failure(join);
    let sooner = view.visit.is_some();
    let bound = sooner || view.request.is_some();
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value/> })
    };
    let about = (
        hidden("visit", view.visit.map(|id| id.to_string())),
        hidden("request", view.request.map(|id| id.to_string())),
        hidden("patient", (!bound).then(|| view.person.patient.to_string())),
        hidden(
            "therapist",
            view.therapist
                .as_ref()
                .filter(|_| !bound)
                .map(|face| face.therapist.to_string()),
        ),
    );
    let service = (!bound).then(|| {
        let chosen = view.service.as_ref().map(|one| one.service.to_string()).unwrap_or_default();
        let options = view
            .services
            .iter()
            .map(|one| (one.service.to_string(), words::service(one)))
            .collect();
        view! { <Select name="service" label="Kind of visit" options value=chosen error=failure_at(failed, "service")/> }
    });
    let days = Weekday::ALL
        .iter()
        .enumerate()
        .map(|(place, day)| {
            let checked = query.days.contains(day);
            view! { <Checkbox name=format!("days[{place}]") label=day_name(*day) value=day.as_str() checked/> }
        })
        .collect_view();
    let parts = PartOfDay::ALL
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let checked = query.parts.contains(part);
            view! { <Checkbox name=format!("parts[{place}]") label=part_choice(*part) value=part.as_str() checked/> }
        })
        .collect_view();
    let weeks = (!sooner).then(|| {
        let options = WEEKS
            .iter()
            .map(|weeks| (weeks.to_string(), format!("{weeks} weeks")))
            .collect();
        let value = if query.weeks.is_empty() {
            WEEKS[1].to_string()
        } else {
            query.weeks.clone()
        };
        view! { <Select name="weeks" label="For how long" options value error=failure_at(failed, "weeks")/> }
    });
    let reason = (!bound).then(|| {
        view! {
            <TextArea name="reason" label="Why do you want the visit? (optional)" rows=3 maxlength=view.text_limit value=view.reason.clone()
                error=failure_at(failed, "reason")/>
        }
    });
    view! {
        <ActionForm action=join attr:class="form">
            <ActFailed failure=failed/>
            {about}
            <input type="hidden" name="key" value=view.key.to_string()/>
            {service}
            <FieldGroup legend="Days that fit (none chosen: all)"><div class="cluster">{days}</div></FieldGroup>
            <FieldGroup legend="Parts of the day that fit (none chosen: all)"><div class="cluster">{parts}</div></FieldGroup>
            <ZoneLine zone=view.zone.clone()/>
            {weeks}
            {reason}
            <p class="fine">"When a time is free, we write to you and keep it for you for some hours. You take it, or let it pass."</p>
            <div><Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=join.pending() busy_text="Sending">"Tell me"</Button></div>
        </ActionForm>
    }
}

#[cfg(test)]
mod tests {
    use super::{JoinProps, JoinQuery};
    use crate::{
        api::view::JoinView,
        model::{Weekday, WishId},
        ui::testing::{face, person, render, service, when, zone},
    };
    use kernel::{IdempotencyKey, VisitId};
    use leptos::prelude::*;
    use uuid::Uuid;

    fn view() -> JoinView {
        JoinView {
            people: vec![person()],
            person: person(),
            therapist: Some(face()),
            service: Some(service()),
            services: vec![service()],
            visit: None,
            sooner_than: None,
            request: None,
            zone: zone(),
            waits: None,
            reason: "Sleep <badly>".to_owned(),
            text_limit: 4_000,
            key: IdempotencyKey::new(Uuid::from_u128(5)),
        }
    }

    fn page(view: JoinView, query: JoinQuery) -> String {
        render(|| {
            super::Join(JoinProps {
                view,
                query,
                join: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn what_was_chosen_before_a_refusal_is_chosen_again() {
        let query = JoinQuery {
            days: vec![Weekday::Friday],
            weeks: "8".to_owned(),
            ..JoinQuery::default()
        };
        let html = page(view(), query);
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
        assert!(html.contains("name=\"days[4]\"") && html.contains("name=\"parts[0]\""));
        assert!(html.contains("Sleep &lt;badly&gt;"), "{html}");
        assert!(html.contains("name=\"reason\"") && html.contains("Times in Chicago"));
    }

    #[test]
    fn for_a_visit_its_start_is_the_end_and_nothing_else_is_asked() {
        let mut sooner = view();
        sooner.visit = Some(VisitId::new(Uuid::from_u128(4)));
        sooner.sooner_than = Some(when("2026-11-27T20:15:00Z"));
        let html = page(sooner.clone(), JoinQuery::default());
        assert!(html.contains("Sooner than your visit on Fri 27 Nov, 14:15."));
        assert!(html.contains("name=\"visit\"") && !html.contains("name=\"weeks\"") && !html.contains("<textarea"));
        assert!(!html.contains("name=\"patient\"") && !html.contains("name=\"service\""));
        sooner.sooner_than = None;
        assert!(
            !page(sooner, JoinQuery::default()).contains("scheduling/join_waitlist"),
            "it is over"
        );
    }

    #[test]
    fn who_waits_already_is_led_to_the_list() {
        let mut waiting = view();
        waiting.waits = Some(WishId::new(Uuid::from_u128(30)));
        let html = page(waiting, JoinQuery::default());
        assert!(html.contains("already") && !html.contains("scheduling/join_waitlist"));
    }
}
