//! For whom, why, and what will happen: the form of a request and its summary.

use super::super::parts::{Expected, Span, TherapistLine, ZoneLine, failure_at, use_draft};
use crate::{
    api::{
        self, RequestVisit,
        view::{HoldView, OpenRequestView},
    },
    model::HoldState,
    ui::words,
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn RequestForm(
    view: HoldView,
    action: ServerAction<RequestVisit>,
    failed: Signal<Option<ApiError>>,
    typed: RwSignal<Option<String>>,
) -> impl IntoView {
    let hold = view.hold;
    let active = view.state == HoldState::Active;
    let text = RwSignal::new(typed.get_untracked().unwrap_or_else(|| view.reason.clone()));
    let saving = use_draft(view.reason.clone(), text, move |reason| api::save_reason(hold, reason));
    let keep = Callback::new(move |reason: String| {
        typed.set(Some(reason.clone()));
        text.set(reason);
    });
    let limit_reached = view.open_requests.len() >= view.open_limit as usize;
    let send = match (active, limit_reached) {
        (true, false) => Some(
            view! {
                <div class="cluster">
                    <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit
                        busy=action.pending() busy_text="Sending">"Send request"</Button>
                    <p class="muted">"Not confirmed yet: our team answers first."</p>
                </div>
            }
            .into_any(),
        ),
        (true, true) => Some(view! { <LimitReached open=view.open_requests.clone()/> }.into_any()),
        (false, _) => None,
    };
    let summary = view! { <Summary view=view.clone()/> };
    view! {
        <div class="split">
            <ActionForm action attr:class="form">
                <input type="hidden" name="hold" value=hold.to_string()/>
                <input type="hidden" name="key" value=view.key.to_string()/>
                <ForWhom view=view.clone()/>
                <TextArea
                    name="reason"
                    label="Why do you want this visit? (optional)"
                    hint="Your therapist reads it before the visit. In danger: call 911, or call or text 988."
                    value=text.get_untracked()
                    rows=5
                    maxlength=view.reason_limit
                    error=failure_at(failed, "reason")
                    on_input=keep
                />
                <p class="saving fine" role="status">{move || saving.get().words()}</p>
                {send}
            </ActionForm>
            {summary}
        </div>
    }
}

/// A choice only where there is one; the form always says for whom.
#[component]
fn ForWhom(view: HoldView) -> impl IntoView {
    let chosen = view.person.patient.to_string();
    let mut people = vec![view.person.clone()];
    people.extend(view.people.into_iter().filter(|one| one.patient != view.person.patient));
    if people.len() < 2 {
        return view! { <input type="hidden" name="for_patient" value=chosen/> }.into_any();
    }
    let options = people
        .iter()
        .map(|one| Choice::new(one.patient.to_string(), words::whom(one)))
        .collect();
    view! { <RadioGroup name="for_patient" legend="For" options value=chosen layout=ChoiceLayout::Line/> }.into_any()
}

#[component]
fn Summary(view: HoldView) -> impl IntoView {
    let HoldView {
        therapist,
        service,
        when,
        answer_by,
        person,
        ..
    } = view;
    let zone = when.zone.clone();
    let whom = words::whom(&person);
    view! {
        <section class="summary card" aria-label="Your request">
            <h2 class="card-title">"Your request"</h2>
            <TherapistLine therapist service=Some(service.clone())/>
            <DefinitionList>
                <Definition term="When"><Span when/></Definition>
                <Definition term="For">{whom}</Definition>
                <Definition term="Expected"><Expected service/></Definition>
            </DefinitionList>
            <ZoneLine zone/>
            <p>"Our team answers by " {answer_by.day} ", " {answer_by.from} "."</p>
        </section>
    }
}

/// Too many open requests (G5): which ones, instead of a button that would refuse.
#[component]
fn LimitReached(open: Vec<OpenRequestView>) -> impl IntoView {
    let rows = open
        .into_iter()
        .map(|one| {
            let words = format!("{}, {} with {}", one.when.day, one.when.from, one.therapist.name);
            view! { <li><a class="line" href=format!("/my/requests/{}", one.request)>{words}</a></li> }
        })
        .collect_view();
    view! {
        <div class="stack">
            <p>"There are already these open requests. Withdraw one, or wait for an answer. What you wrote is saved."</p>
            <ul class="lines">{rows}</ul>
        </div>
    }
}
