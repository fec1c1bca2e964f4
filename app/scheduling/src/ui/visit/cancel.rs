//! Cancel a visit with the cost known beforehand (S8, M18, M19). Keeping it is the first and the accent answer.

use super::{model, use_visit};
use crate::{
    api::{CancelVisit, view::VisitView},
    ui::{
        SeriesLine,
        parts::{ActFailed, Span, TherapistLine, failure, failure_at, loaded},
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;

#[component]
pub fn CancelPage() -> impl IntoView {
    let cancel = ServerAction::<CancelVisit>::new();
    let visit = use_visit(|| 0);
    view! {
        <Title text="Cancel a visit"/>
        {loaded(visit, SkeletonKind::Text, 6, move |view| view! { <Cancel view cancel/> }.into_any())}
    }
}

#[component]
fn Cancel(view: VisitView, cancel: ServerAction<CancelVisit>) -> impl IntoView {
    let page = format!("/my/visits/{}", view.visit);
    let cost = model::cancel_cost(&view);
    let tone = if view.late_now || !view.acts.cancel {
        Tone::Warn
    } else {
        Tone::Info
    };
    let form = view
        .acts
        .cancel
        .then(|| view! { <CancelForm view=view.clone() cancel/> });
    let whom = (!view.person.me).then(|| view! { <p>{format!("For {}", view.person.name)}</p> });
    view! {
        <PageHeader title="Cancel this visit?" back="The visit" back_href=page.clone()/>
        <div class="stack" data-gap="large">
            <div class="stack" data-gap="small">
                <TherapistLine therapist=view.therapist.clone() service=Some(view.service.clone())/>
                <p><Span when=view.when relative=true zone=true/></p>
                {whom}
            </div>
        <Banner tone text=cost/>
        <SeriesLine series=view.series area="/my" visit=view.visit/>
        <div class="cluster">
            <LinkButton href=page.clone() kind=ButtonKind::Primary>"Keep the visit"</LinkButton>
        </div>
        {form}
        </div>
        <EscapeKeeps page/>
    }
}

#[component]
fn CancelForm(view: VisitView, cancel: ServerAction<CancelVisit>) -> impl IntoView {
    let failed = failure(cancel);
    let mut reasons = vec![(String::new(), "Please choose".to_owned())];
    reasons.extend(
        words::PATIENT_CANCELS
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::cancel_reason(*reason).to_owned())),
    );
    view! {
        <ActionForm action=cancel attr:class="form">
            <ActFailed failure=failed/>
            <input type="hidden" name="visit" value=view.visit.to_string()/>
            <input type="hidden" name="key" value=view.key.to_string()/>
            <Select name="reason" label="Reason" options=reasons required=true error=failure_at(failed, "reason")/>
            <TextArea name="words" label="Anything to add (optional)" rows=3 maxlength=view.text_limit
                error=failure_at(failed, "words")/>
            <div class="cluster">
                <Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=cancel.pending() busy_text="Cancelling">"Cancel the visit"</Button>
            </div>
        </ActionForm>
    }
}

/// `Esc` is the safe answer here as in a dialog.
#[component]
fn EscapeKeeps(page: String) -> impl IntoView {
    Effect::new(move |_| {
        let navigate = use_navigate();
        let page = page.clone();
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" {
                navigate(&page, leptos_router::NavigateOptions::default());
            }
        });
        on_cleanup(move || listener.remove());
    });
}

#[cfg(test)]
mod tests {
    use super::CancelProps;
    use crate::{
        model::VisitState,
        ui::testing::{render, visit_view},
    };
    use leptos::prelude::*;

    fn page(view: crate::api::view::VisitView) -> String {
        render(|| {
            super::Cancel(CancelProps {
                view,
                cancel: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn the_cost_stands_before_the_button_and_keeping_is_the_accent() {
        let html = page(visit_view(VisitState::Scheduled));
        let cost = html.find("without a fee until Mon 23 Nov, 10:00").unwrap();
        let button = html.find("Cancel the visit<").unwrap();
        assert!(cost < button);
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
        assert!(html.contains("Keep the visit"));
    }

    #[test]
    fn who_acts_for_a_child_sees_whose_visit_it_is() {
        let own = page(visit_view(VisitState::Scheduled));
        let mut view = visit_view(VisitState::Scheduled);
        view.person.me = false;
        let named = format!("For {}", view.person.name);
        assert!(page(view).contains(&named) && !own.contains(&named));
    }

    #[test]
    fn when_it_is_too_late_there_is_no_dead_button() {
        let mut view = visit_view(VisitState::InProgress);
        view.acts.cancel = false;
        let html = page(view);
        assert!(html.contains("call or write to our team") && !html.contains("scheduling/cancel_visit"));
    }
}
