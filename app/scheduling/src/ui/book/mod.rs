//! Request a visit: a kept time becomes a request with a reason (S6). Nothing typed is ever lost: it is saved while it is
//! typed, stays on the page when something is refused, and comes back when the time is over.

mod bar;
mod ended;
mod form;
mod questions;
mod reason;

use super::parts::{ActFailed, done, failure, loaded};
use crate::{
    api::{self, ExtendHold, ReleaseHold, RequestVisit, RetakeHold, TakeHold, view::HoldView},
    model::{HoldState, prescreen::Typed},
};
use bar::KeptBar;
use ended::{Ended, Expired, ExpiredNotice};
use form::{RequestForm, Summary};
use kernel::{ApiError, PatientId};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use questions::Asked;
use reason::Draft;

/// What can be done with a kept time.
#[derive(Clone, Copy)]
struct Acts {
    request: ServerAction<RequestVisit>,
    extend: ServerAction<ExtendHold>,
    release: ServerAction<ReleaseHold>,
    retake: ServerAction<RetakeHold>,
    take: ServerAction<TakeHold>,
}

#[component]
pub fn BookPage() -> impl IntoView {
    let params = use_params_map();
    let address = use_query_map();
    let acts = Acts {
        request: ServerAction::new(),
        extend: ServerAction::new(),
        release: ServerAction::new(),
        retake: ServerAction::new(),
        take: ServerAction::new(),
    };
    let prolonged = done(acts.extend);
    let failed = Signal::derive(move || {
        failure(acts.request)
            .get()
            .or_else(|| failure(acts.extend).get())
            .or_else(|| failure(acts.retake).get())
            .or_else(|| failure(acts.take).get())
    });
    // A refusal may mean that the time is over or gone: the page then shows how things stand now.
    let refused = Memo::new(move |_| failed.with(|failed| matches!(failed, Some(ApiError::Refused(_)))));
    let hold = Resource::new(
        move || {
            (
                params.with(|params| params.get("hold")),
                // Where a form without script was led back to.
                address.with(|address| address.get("for")),
                prolonged.get(),
                refused.get(),
            )
        },
        |(hold, for_patient, ..)| async move {
            let hold = hold.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?;
            api::get_hold(hold, for_patient.and_then(|id| id.parse().ok())).await
        },
    );
    // What was typed belongs to the page, not to one load of it.
    let typed = RwSignal::new(None::<String>);
    let answered = RwSignal::new(None::<Typed>);
    let whom = RwSignal::new(None::<PatientId>);
    view! {
        <Title text="Request a visit"/>
        {loaded(hold, SkeletonKind::Text, 8, move |view| {
            view! { <Book view acts failed typed answered whom on_end=Callback::new(move |()| hold.refetch())/> }.into_any()
        })}
    }
}

#[component]
fn Book(
    view: HoldView,
    acts: Acts,
    failed: Signal<Option<ApiError>>,
    typed: RwSignal<Option<String>>,
    answered: RwSignal<Option<Typed>>,
    whom: RwSignal<Option<PatientId>>,
    /// The countdown is over.
    on_end: Callback<()>,
) -> impl IntoView {
    let draft = Draft::of(&view, failed, typed);
    let asked = Asked::of(&view, failed, answered, whom);
    // The notice of a time that is over says so already, and how to go on.
    let said = match view.state {
        HoldState::Expired => Signal::derive(move || failed.get().filter(|error| !is_time_over(error))),
        _ => failed,
    };
    let (top, form) = match view.state {
        HoldState::Active => (
            view! { <KeptBar view=view.clone() acts on_end/> }.into_any(),
            view! { <RequestForm view=view.clone() action=acts.request draft asked whom/> }.into_any(),
        ),
        HoldState::Expired => (
            view! { <ExpiredNotice view=view.clone()/> }.into_any(),
            view! { <Expired view=view.clone() acts draft/> }.into_any(),
        ),
        // Sent or let go: there is nothing left to fill in.
        HoldState::Converted | HoldState::Released => {
            return view! {
                <PageHeader title="Request a visit"/>
                <div class="stack">
                    <Ended view/>
                    <ActFailed failure=failed/>
                </div>
            }
            .into_any();
        }
    };
    view! {
        <PageHeader title="Request a visit"/>
        <div class="stack">
            {top}
            <ActFailed failure=said/>
            <div class="split">
                {form}
                <Summary view/>
            </div>
        </div>
    }
    .into_any()
}

fn is_time_over(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused(code) if ["hold_expired", "slot_taken"].contains(&code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Acts, BookProps};
    use crate::{
        api::view::HoldView,
        model::HoldState,
        ui::{
            testing::{asked, hold, render, slot},
            words,
        },
    };
    use kernel::ApiError;
    use leptos::prelude::*;

    fn page(view: HoldView) -> String {
        refused(view, None)
    }

    fn refused(view: HoldView, error: Option<ApiError>) -> String {
        render(|| {
            let acts = Acts {
                request: ServerAction::new(),
                extend: ServerAction::new(),
                release: ServerAction::new(),
                retake: ServerAction::new(),
                take: ServerAction::new(),
            };
            super::Book(BookProps {
                view,
                acts,
                failed: Signal::stored(error),
                typed: RwSignal::new(None),
                answered: RwSignal::new(None),
                whom: RwSignal::new(None),
                on_end: Callback::new(|()| {}),
            })
            .into_any()
        })
    }

    #[test]
    fn a_kept_time_can_be_requested_prolonged_and_let_go_by_plain_forms() {
        let html = page(hold(HoldState::Active));
        for path in ["request_visit", "extend_hold", "release_hold"] {
            assert!(html.contains(&format!("scheduling/{path}")), "{path} in {html}");
        }
        assert!(
            html.contains("<strong>10:00</strong> on Tue 24 Nov is kept for you"),
            "{html}"
        );
        assert!(html.contains("Our team answers by Mon 23 Nov, 17:00"));
        assert_eq!(html.matches("<h1").count(), 1);
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn what_was_typed_is_shown_escaped_also_after_the_time_is_over() {
        for state in [HoldState::Active, HoldState::Expired] {
            let html = page(hold(state));
            assert!(html.contains("Sleep is &lt;bad&gt; &amp; short"), "{html}");
        }
    }

    #[test]
    fn a_time_that_is_over_is_said_once_and_another_refusal_too() {
        let html = refused(hold(HoldState::Expired), Some(ApiError::refused("hold_expired")));
        assert_eq!(html.matches("no longer kept for you").count(), 1, "{html}");
        let other = ApiError::refused("too_many_requests");
        let html = refused(hold(HoldState::Expired), Some(other.clone()));
        assert!(html.contains(words::error(&other)), "{html}");
    }

    #[test]
    fn an_expired_time_that_is_free_is_offered_again() {
        let html = page(hold(HoldState::Expired));
        assert!(html.contains("10:00 is no longer kept for you. Your answers are saved."));
        assert!(html.contains("scheduling/retake_hold") && html.contains("Take 10:00 again"));
        assert!(!html.contains("Send request"));
    }

    #[test]
    fn an_expired_time_that_is_gone_leads_to_the_nearest() {
        let mut view = hold(HoldState::Expired);
        view.still_free = false;
        view.nearest = vec![slot("2026-11-24T17:30:00Z")];
        let html = page(view);
        assert!(!html.contains("scheduling/retake_hold"));
        assert!(html.contains("scheduling/take_hold") && html.contains("Tue 24 Nov, 11:30"));
        assert!(html.contains("was taken. These times are free now."));
    }

    #[test]
    fn without_script_the_text_travels_with_whatever_is_pressed() {
        let mut gone = hold(HoldState::Expired);
        gone.still_free = false;
        gone.nearest = vec![slot("2026-11-24T17:30:00Z")];
        for view in [hold(HoldState::Active), hold(HoldState::Expired), gone] {
            let html = page(view);
            assert_eq!(html.matches("<textarea").count(), 1, "{html}");
            let text = html.find("<textarea").unwrap();
            let form = html[..text].rfind("<form").unwrap();
            let end = text + html[text..].find("</form>").unwrap();
            let form = &html[form..end];
            assert!(form.contains("method=\"post\""), "not in the address: {form}");
            assert!(form.contains("type=\"submit\""), "{form}");
        }
    }

    #[test]
    fn our_questions_are_fields_of_the_request_and_keep_what_was_answered() {
        let mut view = hold(HoldState::Active);
        view.asked = Some(asked());
        let html = page(view.clone());
        let form = &html[html.find("scheduling/request_visit").unwrap()..];
        let form = &form[..form.find("</form>").unwrap()];
        for part in [
            "name=\"answers[q1]\"",
            "name=\"answers[q2]\"",
            "type=\"date\"",
            "What brings you &lt;here&gt;?",
        ] {
            assert!(form.contains(part), "{part} in {form}");
        }
        assert!(form.contains("Sleep &amp; work"), "{form}");
        assert!(form.contains("You may leave these empty."), "{form}");
        let said = refused(view, Some(ApiError::field("answers[q1]", "required")));
        assert!(said.contains("Fill this in."), "{said}");
        assert!(!page(hold(HoldState::Active)).contains("answers["), "nothing is asked");
    }

    #[test]
    fn a_needed_consent_says_so_before_anything_is_sent() {
        let mut view = hold(HoldState::Active);
        let mut asked = asked();
        asked.questions.iter_mut().for_each(|question| question.required = true);
        view.asked = Some(asked);
        let html = page(view);
        assert!(
            html.contains("What you agree to must be ticked; the rest you may leave empty."),
            "{html}"
        );
        assert_eq!(
            html.matches(" required").count(),
            1,
            "only the consent is the browser's to insist on: {html}"
        );
    }

    #[test]
    fn a_sent_request_is_linked_and_not_sent_again() {
        let mut view = hold(HoldState::Converted);
        view.request = Some(kernel::RequestId::new(uuid::Uuid::from_u128(8)));
        let html = page(view);
        assert!(html.contains("/my/requests/00000000-0000-0000-0000-000000000008"));
        assert!(!html.contains("scheduling/request_visit"));
    }
}
