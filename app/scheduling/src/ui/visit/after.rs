//! After the visit, for the patient's side: what was shared, what is charged and when, what comes next (S13).

use super::{model, use_visit};
use crate::{
    api::view::VisitView,
    model::VisitState,
    ui::{
        parts::{TherapistLine, VisitChip, loaded},
        words::{self, Reader},
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn MyAfterPage() -> impl IntoView {
    let visit = use_visit(|| 0);
    view! {
        <Title text="After the visit"/>
        {loaded(visit, SkeletonKind::Text, 6, |view| view! { <After view/> }.into_any())}
    }
}

#[component]
fn After(view: VisitView) -> impl IntoView {
    let title = match view.state {
        VisitState::NoShow => "We did not meet",
        VisitState::NotHeld => "The visit did not take place",
        VisitState::Cancelled => "The visit was cancelled",
        VisitState::Scheduled | VisitState::Waiting | VisitState::InProgress => "The visit is not over yet",
        VisitState::Ended | VisitState::Completed => "The visit has ended",
    };
    let summary = match &view.summary {
        Some(text) => view! { <p class="quote">{text.clone()}</p> }.into_any(),
        None => view! { <p class="muted">{view.therapist.name.clone()} " has not shared one yet."</p> }.into_any(),
    };
    let charge = match view.state {
        VisitState::Ended => Some(format!(
            "Nothing is charged now. {} confirms the visit, and then we charge {}.",
            view.therapist.name,
            words::estimate(&view.service).to_lowercase()
        )),
        VisitState::Completed => Some(format!("{} is charged for this visit.", words::estimate(&view.service))),
        VisitState::NotHeld => Some("Nothing is charged.".to_owned()),
        _ => None,
    };
    let back_in = view.state.is_open().then(|| {
        view! { <LinkButton href=format!("/room/{}", view.visit) external=true kind=ButtonKind::Primary icon="video">"Back to the room"</LinkButton> }
    });
    let next = model::leads_to_next(view.state).then(|| {
        let href = format!("/my/find/{}?for={}", view.therapist.therapist, view.person.patient);
        view! { <LinkButton href kind=ButtonKind::Primary>"Book the next visit"</LinkButton> }
    });
    view! {
        <PageHeader title><VisitChip state=view.state reader=Reader::Patient/></PageHeader>
        <div class="stack" data-gap="large">
        <TherapistLine therapist=view.therapist.clone() service=Some(view.service.clone())/>
        <p>{model::sentence(&view)}</p>
        <Section title="Summary">{summary}</Section>
        {charge.map(|text| view! { <Section title="Charge"><p>{text}</p></Section> })}
        <div class="cluster">
            {back_in}
            {next}
            <LinkButton href=format!("/my/visits/{}", view.visit)>"Details"</LinkButton>
            <LinkButton href="/my" kind=ButtonKind::Quiet>"Home"</LinkButton>
        </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::AfterProps;
    use crate::{
        model::VisitState,
        ui::testing::{render, visit_view},
    };
    use leptos::prelude::*;

    #[test]
    fn every_state_has_one_heading_and_one_way_on() {
        for state in VisitState::ALL {
            let view = visit_view(*state);
            let html = render(|| super::After(AfterProps { view }).into_any());
            assert_eq!(html.matches("<h1").count(), 1, "{state}");
            assert_eq!(html.matches("data-kind=\"primary\"").count(), 1, "{state}");
        }
    }
}
