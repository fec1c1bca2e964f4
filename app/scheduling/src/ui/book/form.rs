//! For whom, why, and what will happen: the form of a request and its summary.

use super::{
    super::parts::{Expected, Span, TherapistLine, ZoneLine},
    questions::{Asked, Questions},
    reason::{Draft, Reason},
};
use crate::{
    api::{
        RequestVisit,
        view::{HoldView, OpenRequestView},
    },
    ui::words,
};
use kernel::PatientId;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn RequestForm(
    view: HoldView,
    action: ServerAction<RequestVisit>,
    draft: Draft,
    asked: Option<Asked>,
    whom: RwSignal<Option<PatientId>>,
) -> impl IntoView {
    let limit_reached = view.open_requests.len() >= view.open_limit as usize;
    let send = if limit_reached {
        view! { <LimitReached open=view.open_requests.clone()/> }.into_any()
    } else {
        view! {
            <div class="cluster">
                <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit
                    busy=action.pending() busy_text="Sending">"Send request"</Button>
                <p class="muted">"Not confirmed yet: our team answers first."</p>
            </div>
        }
        .into_any()
    };
    view! {
        <ActionForm action attr:class="form">
            <input type="hidden" name="hold" value=view.hold.to_string()/>
            <input type="hidden" name="key" value=view.key.to_string()/>
            <ForWhom view whom/>
            <Reason draft/>
            {asked.map(|asked| view! { <Questions asked/> })}
            {send}
        </ActionForm>
    }
}

/// A choice only where there is one; the form always says for whom.
/// `whom`: what was chosen belongs to the page, not to one load of it.
#[component]
fn ForWhom(view: HoldView, whom: RwSignal<Option<PatientId>>) -> impl IntoView {
    let chosen = whom.get_untracked().unwrap_or(view.chosen).to_string();
    let mut people = vec![view.person.clone()];
    people.extend(view.people.into_iter().filter(|one| one.patient != view.person.patient));
    if people.len() < 2 {
        return view! { <input type="hidden" name="for_patient" value=chosen/> }.into_any();
    }
    let options = people
        .iter()
        .map(|one| Choice::new(one.patient.to_string(), words::whom(one)))
        .collect();
    let choose = Callback::new(move |text: String| whom.set(text.parse().ok()));
    view! { <RadioGroup name="for_patient" legend="For" options value=chosen layout=ChoiceLayout::Line on_change=choose/> }
        .into_any()
}

#[component]
pub fn Summary(view: HoldView) -> impl IntoView {
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
        <section class="summary card your-request" aria-label="Your request">
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
