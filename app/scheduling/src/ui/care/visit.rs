//! A visit for its therapist: open the room, prepare, who it is and why, what happened before (R14).

use super::super::{
    Answers, SeriesLine,
    parts::{ActFailed, History, Span, VisitChip, ZoneLine, failure, failure_at, loaded, use_wake},
    visit::use_visit,
};
use crate::{
    api::{
        CancelVisit,
        view::{PresenceRow, VisitView},
    },
    model::CancelReason,
    ui::words::{self, Reader},
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn CareVisitPage() -> impl IntoView {
    let cancel = ServerAction::<CancelVisit>::new();
    let cancelled = super::super::parts::done(cancel);
    let visit = use_visit(move || cancelled.get());
    view! {
        <Title text="Visit"/>
        {loaded(visit, SkeletonKind::Text, 8, move |view: VisitView| {
            if view.state.is_open() && !view.acts.join {
                use_wake(visit, view.room_opens.starts);
            } else if view.state.is_open() {
                use_wake(visit, view.when.ends);
            }
            view! { <Visit view cancel/> }.into_any()
        })}
    }
}

#[component]
fn Visit(view: VisitView, cancel: ServerAction<CancelVisit>) -> impl IntoView {
    let title = format!("{}, {} to {}", view.when.day, view.when.from, view.when.until);
    let other = view
        .other_when
        .clone()
        .map(|other| format!("For {} it is {}, {}.", view.person.name, other.day, other.from));
    let kind = if view.person.child {
        "Child; a guardian comes along"
    } else {
        "Adult"
    };
    let reason = if view.reason.is_empty() {
        view! { <span class="muted">"No reason given"</span> }.into_any()
    } else {
        view! { <p class="quote">{view.reason.clone()}</p> }.into_any()
    };
    let summary = view.summary.clone().filter(|text| !text.is_empty()).map(|text| {
        view! { <Section title="Summary"><p class="quote">{text}</p></Section> }
    });
    let answers = view
        .answers
        .clone()
        .map(|answers| view! { <Answers answers title="Answers before the visit"/> });
    let unanswered = view.unanswered.then(|| {
        view! { <Section title="Answers before the visit"><p class="muted">"Questions not answered yet"</p></Section> }
    });
    let cancelled = view.cancel.clone().map(|cancel| {
        view! {
            <Definition term="Cancelled">
                {words::by(&cancel.by)} ": " {words::cancel_reason(cancel.reason)} " " {cancel.words}
            </Definition>
        }
    });
    let message = (!view.message.is_empty())
        .then(|| view.message.clone())
        .map(|text| view! { <Definition term="Message"><p class="quote">{text}</p></Definition> });
    let (when, relative) = (view.when.clone(), view.state.is_open());
    let cancelling = view
        .acts
        .cancel
        .then(|| view! { <CancelForm view=view.clone() cancel/> });
    view! {
        <PageHeader title back="Today" back_href="/care"><VisitChip state=view.state reader=Reader::Staff/></PageHeader>
        <div class="stack" data-gap="large">
        <Acts view=view.clone()/>
        <div class="split">
            <div class="stack">
                <div class="person">
                    <Avatar name=view.person.name.clone()/>
                    <div class="person-words">
                        <span class="strong">{view.person.name.clone()}</span>
                        <span class="muted">{words::service(&view.service)}</span>
                    </div>
                </div>
                <DefinitionList>
                    <Definition term="When"><Span when relative/></Definition>
                    <Definition term="Patient">{kind}</Definition>
                    <Definition term="Why">{reason}</Definition>
                    {message}
                    {cancelled}
                </DefinitionList>
                <ZoneLine zone=view.when.zone.clone() other/>
                <SeriesLine series=view.series area="/care" visit=view.visit/>
                {cancelling}
            </div>
            <div class="stack" data-gap="large">
                {summary}
                {answers}
                {unanswered}
                <Presence rows=view.presence.clone()/>
                <History rows=view.history.clone() reader=Reader::Staff/>
            </div>
        </div>
        </div>
    }
}

/// The one thing to do now, and what else there is.
#[component]
fn Acts(view: VisitView) -> impl IntoView {
    let page = format!("/care/visits/{}", view.visit);
    let after = format!("{page}/after");
    let main = if view.acts.join {
        view! { <LinkButton href=format!("/room/{}", view.visit) external=true kind=ButtonKind::Primary icon="video">"Open room"</LinkButton> }
            .into_any()
    } else if view.acts.confirm {
        view! { <LinkButton href=after.clone() kind=ButtonKind::Primary>"Confirm visit"</LinkButton> }.into_any()
    } else if view.state.is_open() {
        view! { <LinkButton href=format!("{page}/prepare") kind=ButtonKind::Primary>"Prepare"</LinkButton> }.into_any()
    } else {
        ().into_any()
    };
    let prepare = (view.state.is_open() && view.acts.join)
        .then(|| view! { <LinkButton href=format!("{page}/prepare")>"Prepare"</LinkButton> });
    let moving = view
        .acts
        .reschedule
        .then(|| view! { <LinkButton href=format!("{page}/move")>"Move"</LinkButton> });
    let opens = (view.state.is_open() && !view.acts.join && !view.acts.confirm)
        .then(|| view! { <p class="muted">"The room opens at " {view.room_opens.from.clone()} "."</p> });
    let correct = view
        .acts
        .correct
        .then(|| view! { <LinkButton href=after>"Correct"</LinkButton> });
    view! { <div class="cluster">{main}{prepare}{moving}{correct}{opens}</div> }
}

/// Who was in the room and when.
#[component]
fn Presence(rows: Vec<PresenceRow>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let until = if row.still_in { "now".to_owned() } else { row.when.until };
            view! {
                <li class="line number">{words::seat(&row.seat)} ": " {row.when.from} " to " {until}</li>
            }
        })
        .collect_view();
    view! { <Section title="In the room"><ul class="lines">{rows}</ul></Section> }.into_any()
}

/// Unfolds, so that the danger button is never beside the daily ones.
#[component]
fn CancelForm(view: VisitView, cancel: ServerAction<CancelVisit>) -> impl IntoView {
    let failed = failure(cancel);
    let mut reasons = vec![(String::new(), "Please choose".to_owned())];
    reasons.extend(
        CancelReason::ALL
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::cancel_reason(*reason).to_owned())),
    );
    let open = failed.with_untracked(Option::is_some);
    view! {
        <details class="unfold" open=open>
            <summary>"Cancel or delete the visit"</summary>
            <ActionForm action=cancel attr:class="form">
                <ActFailed failure=failed/>
                <p>"The patient pays no fee when you cancel. The patient reads the reason and your words. A visit planned by mistake leaves all lists."</p>
                <input type="hidden" name="visit" value=view.visit.to_string()/>
                <input type="hidden" name="key" value=view.key.to_string()/>
                <Select name="reason" label="Reason" options=reasons required=true error=failure_at(failed, "reason")/>
                <TextArea name="words" label="Words to the patient (optional)" rows=3 maxlength=view.text_limit
                    error=failure_at(failed, "words")/>
                <Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=cancel.pending() busy_text="Cancelling">"Cancel the visit"</Button>
            </ActionForm>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::VisitProps;
    use crate::{
        model::VisitState,
        ui::testing::{answers, render, visit_view},
    };
    use leptos::prelude::*;

    fn page(view: crate::api::view::VisitView) -> String {
        render(|| {
            super::Visit(VisitProps {
                view,
                cancel: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn an_open_visit_has_one_accent() {
        for state in VisitState::ALL {
            let html = page(visit_view(*state));
            let accents = html.matches("data-kind=\"primary\"").count();
            assert_eq!(accents, usize::from(state.is_open()), "{state}");
        }
    }

    #[test]
    fn an_ended_visit_leads_to_its_confirmation() {
        let mut view = visit_view(VisitState::Ended);
        view.acts.confirm = true;
        let html = page(view);
        assert!(html.contains("/after") && html.contains("Confirm visit") && html.contains("To confirm"));
    }

    #[test]
    fn answers_are_shown_escaped_and_what_was_left_out_is_said() {
        let mut view = visit_view(VisitState::Scheduled);
        view.answers = Some(answers());
        let html = page(view);
        assert!(html.contains("Answers before the visit"), "{html}");
        assert!(html.contains("What brings you &lt;here&gt;?") && html.contains("Sleep &amp; work"));
        assert!(html.contains("No answer"));
    }

    #[test]
    fn no_reason_is_said_so() {
        assert!(page(visit_view(VisitState::Scheduled)).contains("No reason given"));
    }
}
