//! What became of a visit: took place, no-show, did not take place, with a short sealed summary (S13, R18).

use super::{super::visit::use_visit, presence::together, summary::Summary};
use crate::{
    api::{CompleteVisit, view::VisitView},
    model::{Outcome, VisitState},
    ui::{
        parts::{ActFailed, VisitChip, failure, failure_at, loaded},
        words::{self, Reader},
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn AfterPage() -> impl IntoView {
    let complete = ServerAction::<CompleteVisit>::new();
    let visit = use_visit(|| 0);
    view! {
        <Title text="After the visit"/>
        {loaded(visit, SkeletonKind::Text, 8, move |view| view! { <After view complete/> }.into_any())}
    }
}

#[component]
fn After(view: VisitView, complete: ServerAction<CompleteVisit>) -> impl IntoView {
    let page = format!("/care/visits/{}", view.visit);
    let title = format!("{}, {}, {}", view.when.day, view.when.from, view.person.name);
    let may = view.acts.confirm || view.acts.correct;
    let visit = page.clone();
    let body = if may {
        view! { <OutcomeForm view=view.clone() complete/> }.into_any()
    } else {
        let text = match view.state {
            VisitState::Scheduled | VisitState::Waiting | VisitState::InProgress => {
                format!("The visit is not over yet. Confirm it after {}.", view.when.until)
            }
            VisitState::Cancelled => "The visit was cancelled; there is nothing to confirm.".to_owned(),
            _ => "The time to correct this is over. Please write to our team.".to_owned(),
        };
        view! {
            <EmptyState icon="clock" text>
                <LinkButton href=visit kind=ButtonKind::Primary>"To the visit"</LinkButton>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <PageHeader title back="The visit" back_href=page.clone()><VisitChip state=view.state reader=Reader::Staff/></PageHeader>
        {body}
    }
}

#[component]
fn OutcomeForm(view: VisitView, complete: ServerAction<CompleteVisit>) -> impl IntoView {
    let failed = failure(complete);
    let met = together(&view.presence);
    let measured = match &met {
        Some(met) => format!("Measured: {} to {}, {} min together.", met.from, met.until, met.minutes),
        None => "Measured: you and the patient were not in the room together.".to_owned(),
    };
    // Nobody's word is put in their mouth: without a measured meeting the therapist chooses.
    let chosen = match view.state {
        VisitState::Completed => Some(Outcome::Completed),
        VisitState::NoShow => Some(Outcome::NoShow),
        VisitState::NotHeld => Some(Outcome::NotHeld),
        _ => met.is_some().then_some(Outcome::Completed),
    };
    let chosen = chosen.map(Outcome::as_str).unwrap_or_default();
    let options = Outcome::ALL
        .iter()
        .map(|one| {
            let hint = match one {
                Outcome::Completed => measured.clone(),
                other => words::outcome_help(*other).to_owned(),
            };
            Choice::new(one.as_str(), words::outcome(*one)).hint(hint)
        })
        .collect();
    let again = view.correct_until.clone().map(|until| {
        view! { <p class="muted">"Confirmed before. Correctable until " {until.day} ", " {until.from} "."</p> }
    });
    let correctable = (!view.state.is_confirmed()).then(|| {
        let words = match view.correction_hours {
            0 => "Once confirmed, only our team can change it.".to_owned(),
            hours => format!("You can correct it for {hours} hours afterwards."),
        };
        view! { <p class="muted">{words}</p> }
    });
    let confirm = if view.state.is_confirmed() {
        "Save the correction"
    } else {
        "Confirm visit"
    };
    view! {
        <ActionForm action=complete attr:class="form">
            <ActFailed failure=failed/>
            {again}
            <input type="hidden" name="visit" value=view.visit.to_string()/>
            <input type="hidden" name="key" value=view.key.to_string()/>
            <RadioGroup name="outcome" legend="What happened?" options value=chosen required=true
                error=failure_at(failed, "outcome")/>
            <Summary view=view.clone() failed/>
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=complete.pending() busy_text="Confirming">{confirm}</Button>
                {correctable}
            </div>
        </ActionForm>
    }
}

#[cfg(test)]
mod tests {
    use super::AfterProps;
    use crate::{
        api::view::{PresenceRow, VisitView},
        model::VisitState,
        ui::testing::{render, visit_view, when},
    };
    use leptos::prelude::*;

    fn page(view: VisitView) -> String {
        render(|| {
            super::After(AfterProps {
                view,
                complete: ServerAction::new(),
            })
            .into_any()
        })
    }

    fn ended() -> VisitView {
        let mut view = visit_view(VisitState::Ended);
        view.acts.confirm = true;
        view
    }

    #[test]
    fn a_measured_meeting_is_offered_as_took_place() {
        let mut view = ended();
        for seat in ["host", "patient"] {
            view.presence.push(PresenceRow {
                seat: seat.to_owned(),
                when: when("2026-11-24T16:00:00Z"),
                still_in: false,
            });
        }
        let html = page(view);
        assert!(html.contains("10:00 to 10:45, 45 min together"), "{html}");
        assert_eq!(html.matches(" checked").count(), 1);
    }

    #[test]
    fn without_a_meeting_the_therapist_chooses() {
        let html = page(ended());
        assert!(html.contains("not in the room together"));
        assert_eq!(html.matches(" checked").count(), 0);
    }

    #[test]
    fn the_rule_says_how_long_it_can_be_corrected_and_no_charge_is_promised() {
        let html = page(ended());
        assert!(html.contains("You can correct it for 36 hours afterwards."), "{html}");
        assert!(!html.contains("charged next"), "{html}");
    }

    #[test]
    fn a_visit_that_is_not_over_has_no_form() {
        let html = page(visit_view(VisitState::Scheduled));
        assert!(html.contains("not over yet") && !html.contains("scheduling/complete_visit"));
    }
}
