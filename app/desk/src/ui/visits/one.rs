//! One visit as the desk sees it: who, when, what became of it, and the way to cancel it. What happened in it is not the desk's.

use crate::ui::parts::{Failed, failure_at, hidden};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use letters::ui::Deliveries;
use scheduling::{
    api::{self, CancelVisit, view::VisitView},
    model::CancelReason,
    ui::{
        SeriesLine,
        parts::{At, History, Span, VisitChip, done, failure, loaded},
        words::{self, Reader},
    },
};

#[component]
pub fn VisitPage() -> impl IntoView {
    let params = use_params_map();
    let cancel = ServerAction::<CancelVisit>::new();
    let cancelled = done(cancel);
    let visit = Resource::new(
        move || (params.with(|params| params.get("visit")), cancelled.get()),
        |(visit, _)| async move {
            let visit = visit.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?;
            api::get_visit(visit).await
        },
    );
    view! {
        <Title text="Visit"/>
        {loaded(visit, SkeletonKind::Text, 8, move |view| view! { <Visit view cancel/> }.into_any())}
    }
}

#[component]
fn Visit(view: VisitView, cancel: ServerAction<CancelVisit>) -> impl IntoView {
    let title = format!("{} with {}", view.person.name, view.therapist.name);
    let state = view.state;
    let cancelled = view.cancel.clone().map(|how| {
        let words = (!how.words.is_empty()).then(|| view! { <p class="quote">{how.words}</p> });
        view! { <Definition term="Cancelled"><p>{words::cancel_reason(how.reason)} ", " {words::by(&how.by)}</p>{words}</Definition> }
    });
    let presence = view
        .presence
        .iter()
        .map(|one| {
            let text = format!("{}, {} to {}", words::seat(&one.seat), one.when.from, one.when.until);
            view! { <li>{text}</li> }
        })
        .collect_view();
    let presence =
        (!view.presence.is_empty()).then(|| view! { <Definition term="In the room"><ul>{presence}</ul></Definition> });
    let request = view
        .request
        .map(|request| view! { <Definition term="Request"><a href=format!("/desk/queue/{request}")>"The request it came from"</a></Definition> });
    let moving = view.acts.reschedule.then(|| {
        view! { <LinkButton href=format!("/desk/visits/{}/move", view.visit) kind=ButtonKind::Primary>"Move"</LinkButton> }
    });
    let next = format!("/desk/visits/new?patient={}", view.person.patient);
    let cancelling = view.acts.cancel.then(|| view! { <Cancel view=view.clone() cancel/> });
    view! {
        <PageHeader title back="Visits" back_href="/desk/visits"><VisitChip state reader=Reader::Staff/></PageHeader>
        <div class="split">
            <div class="stack">
                <DefinitionList>
                    <Definition term="When"><Span when=view.when.clone() zone=true/></Definition>
                    {view.other_when.map(|when| view! { <Definition term="There"><At when/></Definition> })}
                    <Definition term="Kind of visit">{words::service(&view.service)}</Definition>
                    <Definition term="Therapist">{view.therapist.name} ", " {view.therapist.title}</Definition>
                    {presence}
                    {cancelled}
                    {request}
                </DefinitionList>
                <SeriesLine series=view.series area="/desk" visit=view.visit/>
                <div class="cluster">{moving}<LinkButton href=next>"Plan the next visit"</LinkButton></div>
                {cancelling}
            </div>
            <div class="stack">
                <History rows=view.history reader=Reader::Staff/>
                <Deliveries visit=view.visit/>
            </div>
        </div>
    }
}

/// A visit that the desk cancels never costs the patient (G12).
#[component]
fn Cancel(view: VisitView, cancel: ServerAction<CancelVisit>) -> impl IntoView {
    let refused = failure(cancel);
    let mut reasons = vec![(String::new(), "Please choose".to_owned())];
    reasons.extend(
        CancelReason::ALL
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::cancel_reason(*reason).to_owned())),
    );
    let fields = hidden(&[("visit", &view.visit.to_string()), ("key", &view.key.to_string())]);
    view! {
        <details class="unfold" open=refused.with_untracked(Option::is_some)>
            <summary>"Cancel the visit"</summary>
            <ActionForm action=cancel attr:class="form">
                <Failed failure=refused/>
                {fields}
                <p class="fine">"A visit that we cancel costs the patient nothing."</p>
                <Select name="reason" label="Reason" options=reasons required=true error=failure_at(refused, "reason")/>
                <TextArea name="words" label="Words to the patient" rows=3 maxlength=view.text_limit error=failure_at(refused, "words")/>
                <div><Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=cancel.pending() busy_text="Cancelling">"Cancel the visit"</Button></div>
            </ActionForm>
        </details>
    }
}
