//! Our questions after the request: for whoever took a time of the waiting list, and for whoever left them out (R11).

use super::QuestionField;
use crate::{
    api::{
        self, AnswerLater,
        view::{AskedView, LaterView},
    },
    model::prescreen::{Question, field},
    ui::{
        parts::{ActFailed, Span, TherapistLine, ZoneLine, failure, failure_at, loaded},
        words,
    },
};
use kernel::{ApiError, RequestId};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// What stands above the fields.
pub fn intro(questions: &[Question]) -> &'static str {
    if questions.iter().any(Question::is_needed_consent) {
        "What you agree to must be ticked; the rest you may leave empty. Your therapist and our team read the answers."
    } else {
        "You may leave these empty. Your therapist and our team read the answers before the visit."
    }
}

/// The way to the questions, on the page of a request or visit that has no answers yet.
#[component]
pub fn Unanswered(request: RequestId) -> impl IntoView {
    view! {
        <Section title="Before your visit">
            <p>"Our questions have no answers yet. You can give them until the visit begins."</p>
            <div><LinkButton href=page(request)>"Answer the questions"</LinkButton></div>
        </Section>
    }
}

/// The address of the page below.
pub fn page(request: RequestId) -> String {
    format!("/my/requests/{request}/questions")
}

#[component]
pub fn LaterPage() -> impl IntoView {
    let params = use_params_map();
    let send = ServerAction::<AnswerLater>::new();
    let asked = Resource::new(
        move || params.with(|params| params.get("request")),
        |request| async move {
            api::later_questions(request.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?).await
        },
    );
    view! {
        <Title text="Before your visit"/>
        {loaded(asked, SkeletonKind::Text, 8, move |view| view! { <Later view send/> }.into_any())}
    }
}

#[component]
fn Later(view: LaterView, send: ServerAction<AnswerLater>) -> impl IntoView {
    let request = view.request;
    let back_href = format!("/my/requests/{request}");
    let way_back = back_href.clone();
    let body = match view.asked {
        Some(asked) => view! { <Fields request asked send/> }.into_any(),
        None => view! {
            <EmptyState icon="check" text="There is nothing to answer: the answers are given, or it is too late for them.">
                <LinkButton href=way_back kind=ButtonKind::Primary>"See the request"</LinkButton>
            </EmptyState>
        }
        .into_any(),
    };
    let zone = view.when.zone.clone();
    view! {
        <PageHeader title="Before your visit" back="Your request" back_href/>
        <div class="stack" data-gap="large">
            <ActFailed failure=failure(send)/>
            <div class="stack">
                <TherapistLine therapist=view.therapist service=Some(view.service)/>
                <DefinitionList>
                    <Definition term="When"><Span when=view.when/></Definition>
                    <Definition term="For">{words::whom(&view.person)}</Definition>
                </DefinitionList>
                <ZoneLine zone/>
            </div>
            {body}
        </div>
    }
}

#[component]
fn Fields(request: RequestId, asked: AskedView, send: ServerAction<AnswerLater>) -> impl IntoView {
    let failed = failure(send);
    let said = intro(&asked.questions);
    let fields = asked
        .questions
        .into_iter()
        .map(|question| {
            let value = asked
                .answers
                .get(&format!("q{}", question.id))
                .cloned()
                .unwrap_or_default();
            let error = failure_at(failed, field(&question));
            view! { <QuestionField question value error/> }
        })
        .collect_view();
    view! {
        <ActionForm action=send attr:class="form">
            <input type="hidden" name="request" value=request.to_string()/>
            <p class="muted">{said}</p>
            {fields}
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=send.pending() busy_text="Sending">"Send the answers"</Button>
                <LinkButton href=format!("/my/requests/{request}") kind=ButtonKind::Quiet>"Answer later"</LinkButton>
            </div>
        </ActionForm>
    }
}

#[cfg(test)]
mod tests {
    use super::LaterProps;
    use crate::{
        api::view::{AskedView, LaterView},
        ui::testing::{asked, face, person, render, service, when},
    };
    use kernel::RequestId;
    use leptos::prelude::*;
    use uuid::Uuid;

    fn page(asked: Option<AskedView>) -> String {
        let view = LaterView {
            request: RequestId::new(Uuid::from_u128(8)),
            person: person(),
            therapist: face(),
            service: service(),
            when: when("2026-11-27T20:15:00Z"),
            asked,
        };
        render(|| {
            super::Later(LaterProps {
                view,
                send: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn the_questions_are_a_plain_form_that_may_wait() {
        let html = page(Some(asked()));
        assert!(
            html.contains("scheduling/answer_later") && html.contains("name=\"answers[q1]\""),
            "{html}"
        );
        assert!(html.contains("Sleep &amp; work"), "what was typed comes back: {html}");
        assert!(
            html.contains("Answer later") && html.contains("/my/requests/00000000"),
            "{html}"
        );
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn where_nothing_is_asked_it_says_so_and_leads_back() {
        let html = page(None);
        assert!(
            !html.contains("scheduling/answer_later") && html.contains("See the request"),
            "{html}"
        );
    }
}
