//! One visit for the patient's side: state, join, change, details, history (S7); cancelling it (S8); after it (S13).

mod after;
mod cancel;
mod model;

pub use after::MyAfterPage;
pub use cancel::CancelPage;

use super::{
    Answers, SeriesLine, Unanswered,
    parts::{Expected, History, Proposal, Span, TherapistLine, VisitChip, ZoneLine, loaded, use_wake},
    waitlist::sooner_than,
};
use crate::{
    api::{self, view::VisitView},
    model::VisitState,
    ui::words::{self, Reader},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The visit of this address, loaded again whenever `after` changes.
pub fn use_visit(after: impl Fn() -> u32 + Send + Sync + 'static) -> Resource<Result<VisitView, ApiError>> {
    let params = use_params_map();
    Resource::new(
        move || (params.with(|params| params.get("visit")), after()),
        |(visit, _)| async move { api::get_visit(visit.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?).await },
    )
}

#[component]
pub fn MyVisitPage() -> impl IntoView {
    let visit = use_visit(|| 0);
    view! {
        <Title text="Your visit"/>
        {loaded(visit, SkeletonKind::Text, 8, move |view: VisitView| {
            if view.state.is_open() && !view.acts.join {
                use_wake(visit, view.room_opens.starts);
            }
            view! { <Visit view/> }.into_any()
        })}
    }
}

#[component]
fn Visit(view: VisitView) -> impl IntoView {
    let title = format!("{}, {} to {}", view.when.day, view.when.from, view.when.until);
    let summary = view.summary.clone().map(|text| {
        view! { <Section title=format!("Summary by {}", view.therapist.name)><p class="quote">{text}</p></Section> }
    });
    let reason = Some(view.reason.clone())
        .filter(|reason| !reason.is_empty())
        .map(|reason| {
            view! { <Definition term="Why"><p class="quote">{reason}</p></Definition> }
        });
    let service = view.service.clone();
    let message = (!view.message.is_empty())
        .then(|| view.message.clone())
        .map(|text| view! { <Definition term="Message"><p class="quote">{text}</p></Definition> });
    let proposal = view
        .proposal
        .clone()
        .map(|proposal| view! { <Proposal proposal declining="The visit stays as it is."/> });
    let expected = view.state.is_open().then(|| {
        view! {
            <Definition term="Expected"><Expected service/></Definition>
        }
    });
    let answers = view
        .answers
        .clone()
        .map(|answers| view! { <Answers answers title="Your answers"/> });
    let unanswered = view
        .request
        .filter(|_| view.unanswered)
        .map(|request| view! { <Unanswered request/> });
    let cancelled = view! { <Cancelled view=view.clone()/> };
    let service = Some(view.service.clone());
    let (when, relative, whom) = (view.when.clone(), view.state.is_open(), words::whom(&view.person));
    let history = view.history.clone();
    let comes = if view.person.me {
        format!("You, {}", view.therapist.name)
    } else {
        format!("You with {}, {}", view.person.name, view.therapist.name)
    };
    let other = view
        .other_when
        .clone()
        .map(|other| format!("For {} it is {}, {}.", view.therapist.name, other.day, other.from));
    view! {
        <PageHeader title back="Calendar" back_href="/my/calendar"><VisitChip state=view.state reader=Reader::Patient/></PageHeader>
        <div class="stack" data-gap="large">
        <div class="visit-lead">
            <p>{model::sentence(&view)}</p>
            <Join view=view.clone()/>
        </div>
        {proposal}
        <div class="split">
            <div class="stack" data-gap="large">
                {summary}
                <div class="stack">
                <TherapistLine therapist=view.therapist.clone() service/>
                <DefinitionList>
                    <Definition term="When"><Span when relative/></Definition>
                    <Definition term="For">{whom}</Definition>
                    <Definition term="Who comes">{comes}</Definition>
                    {reason}
                    {message}
                    {cancelled}
                    {expected}
                </DefinitionList>
                <ZoneLine zone=view.when.zone.clone() other/>
                <SeriesLine series=view.series area="/my" visit=view.visit/>
                <Ways view=view.clone()/>
                </div>
                {answers}
                {unanswered}
            </div>
            <History rows=history reader=Reader::Patient/>
        </div>
        </div>
    }
}

/// The way into the room, or from when there is one. The room is a page of its own.
#[component]
fn Join(view: VisitView) -> impl IntoView {
    if !view.state.is_open() {
        return ().into_any();
    }
    let room = format!("/room/{}", view.visit);
    if view.acts.join {
        return view! {
            <div class="cluster">
                <LinkButton href=room external=true kind=ButtonKind::Primary size=ButtonSize::Large icon="video">"Join"</LinkButton>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="cluster">
            <LinkButton href=room external=true kind=ButtonKind::Primary size=ButtonSize::Large icon="door">"Go to the room"</LinkButton>
            <p class="muted">"The room opens at " {view.room_opens.from} ". You can go there now and wait."</p>
        </div>
    }
    .into_any()
}

/// What can be done besides joining.
#[component]
fn Ways(view: VisitView) -> impl IntoView {
    let moving = view.acts.reschedule.then(|| {
        view! { <LinkButton href=format!("/my/visits/{}/move", view.visit)>"Move"</LinkButton> }
    });
    let cancel = view.acts.cancel.then(|| {
        view! { <LinkButton href=format!("/my/visits/{}/cancel", view.visit) kind=ButtonKind::Quiet>"Cancel"</LinkButton> }
    });
    let sooner = view.acts.reschedule.then(|| {
        view! { <LinkButton href=sooner_than(view.visit) kind=ButtonKind::Quiet>"Tell me if something sooner opens"</LinkButton> }
    });
    let next = model::leads_to_next(view.state).then(|| {
        let href = format!("/my/find/{}?for={}", view.therapist.therapist, view.person.patient);
        view! { <LinkButton href kind=ButtonKind::Primary>"Book the next visit"</LinkButton> }
    });
    view! { <div class="cluster">{next}{moving}{cancel}{sooner}</div> }
}

/// Who cancelled, why, and whether it was late.
#[component]
fn Cancelled(view: VisitView) -> impl IntoView {
    let Some(cancel) = view.cancel.filter(|_| view.state == VisitState::Cancelled) else {
        return ().into_any();
    };
    let late = if cancel.late { ", less than 24 hours before" } else { "" };
    view! {
        <Definition term="Cancelled">
            {words::by(&cancel.by)} {late} ": " {words::cancel_reason(cancel.reason)}
            {(!cancel.words.is_empty()).then(|| view! { <p class="quote">{cancel.words}</p> })}
        </Definition>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::VisitProps;
    use crate::{
        model::VisitState,
        ui::testing::{render, visit_view},
    };
    use leptos::prelude::*;

    fn page(view: crate::api::view::VisitView) -> String {
        render(|| super::Visit(VisitProps { view }).into_any())
    }

    #[test]
    fn before_the_room_opens_it_says_when() {
        let html = page(visit_view(VisitState::Scheduled));
        assert!(html.contains("The room opens at 09:45"), "{html}");
        assert!(!html.contains(">Join<"));
        assert!(html.contains("/cancel"));
    }

    #[test]
    fn an_open_room_is_joined_by_a_full_page_load() {
        let mut view = visit_view(VisitState::Scheduled);
        view.acts.join = true;
        let html = page(view);
        assert!(html.contains("href=\"/room/00000000-0000-0000-0000-000000000004\""));
        assert!(html.contains("rel=\"external\"") && html.contains("Join"));
    }

    #[test]
    fn every_state_has_one_accent_action_and_one_heading() {
        for state in VisitState::ALL {
            for join in [false, true] {
                let mut view = visit_view(*state);
                view.acts.join = join && state.is_open();
                let html = page(view);
                assert_eq!(html.matches("data-kind=\"primary\"").count(), 1, "{state}");
                assert_eq!(html.matches("<h1").count(), 1, "{state}");
            }
        }
    }

    #[test]
    fn a_shared_summary_is_shown_escaped() {
        let mut view = visit_view(VisitState::Completed);
        view.summary = Some("</p><script>x</script>".to_owned());
        let html = page(view);
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"));
    }
}
