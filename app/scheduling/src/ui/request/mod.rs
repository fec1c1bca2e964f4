//! One request: where it stands, what happens until when, and the way to take it back.

mod model;

use super::{
    Answers, Unanswered,
    parts::{
        ActFailed, At, Booking, Expected, History, Proposal, RequestChip, Span, TakeTimes, TherapistLine, ZoneLine,
        done, failure, failure_at, loaded,
    },
    waitlist::instead_of,
};
use crate::{
    api::{
        self, AnswerQuestion, TakeHold, WithdrawRequest,
        view::{QuestionView, RequestView},
    },
    model::RequestState,
    ui::words::{self, Reader},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Redirect, hooks::use_params_map};

#[component]
pub fn RequestPage() -> impl IntoView {
    let params = use_params_map();
    let withdraw = ServerAction::<WithdrawRequest>::new();
    let answer = ServerAction::<AnswerQuestion>::new();
    let (withdrawn, answered) = (done(withdraw), done(answer));
    let request = Resource::new(
        move || {
            (
                params.with(|params| params.get("request")),
                withdrawn.get(),
                answered.get(),
            )
        },
        |(request, ..)| async move {
            api::get_request(request.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?).await
        },
    );
    view! {
        <Title text="Your request"/>
        {loaded(request, SkeletonKind::Text, 8, move |view: RequestView| match view.visit {
            // The old address stays true: an approved request is a visit now.
            Some(visit) => view! { <Redirect path=format!("/my/visits/{visit}")/> }.into_any(),
            None => view! { <Request view withdraw answer/> }.into_any(),
        })}
    }
}

#[component]
fn Request(
    view: RequestView,
    withdraw: ServerAction<WithdrawRequest>,
    answer: ServerAction<AnswerQuestion>,
) -> impl IntoView {
    let sentence = model::sentence(&view);
    let tone = if view.state == RequestState::Pending {
        Tone::Info
    } else {
        Tone::Plain
    };
    let other_times = format!("/my/find/{}?for={}", view.therapist.therapist, view.person.patient);
    let other = model::leads_to_other_times(view.state)
        .then(|| view! { <LinkButton href=other_times kind=ButtonKind::Primary>"Choose another time"</LinkButton> });
    let waiting = match view.state {
        RequestState::Conflicted => {
            Some(view! { <LinkButton href=instead_of(view.request)>"Wait for another time"</LinkButton> })
        }
        RequestState::Waitlisted => {
            Some(view! { <LinkButton href="/my/waitlist" kind=ButtonKind::Primary>"See the waiting list"</LinkButton> })
        }
        _ => None,
    };
    let questions = (!view.questions.is_empty()).then(|| view! { <Questions view=view.clone() answer/> });
    let proposal = view
        .proposal
        .clone()
        .map(|proposal| view! { <Proposal proposal declining="The request is withdrawn."/> });
    let take = ServerAction::<TakeHold>::new();
    let booking = Booking {
        therapist: view.therapist.therapist,
        service: view.service.service,
        person: view.person.patient,
    };
    let nearest = (!view.nearest.is_empty()).then(|| {
        view! {
            <section class="stack" aria-label="Available times nearest to yours">
                <ActFailed failure=failure(take)/>
                <TakeTimes action=take booking slots=view.nearest.clone() with_day=true/>
            </section>
        }
    });
    let team_words = (!view.words.is_empty()).then(|| {
        view! {
            <Section title="From our team"><p class="quote">{view.words.clone()}</p></Section>
        }
    });
    let reason = (!view.reason.is_empty()).then(|| {
        view! {
            <Definition term="Why"><p class="quote">{view.reason.clone()}</p></Definition>
        }
    });
    let answers = view
        .answers
        .clone()
        .map(|answers| view! { <Answers answers title="Your answers"/> });
    let unanswered = view.unanswered.then(|| view! { <Unanswered request=view.request/> });
    let take_back = view.can_withdraw.then(|| view! {
        <ActionForm action=withdraw attr:class="cluster">
            <input type="hidden" name="request" value=view.request.to_string()/>
            <input type="hidden" name="key" value=view.key.to_string()/>
            <Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=withdraw.pending() busy_text="Withdrawing">"Withdraw the request"</Button>
        </ActionForm>
    });
    let title = format!("{}, {}", view.when.day, view.when.from);
    let zone = view.when.zone.clone();
    view! {
        <PageHeader title back="Calendar" back_href="/my/calendar"><RequestChip state=view.state/></PageHeader>
        <div class="stack" data-gap="large">
        <ActFailed failure=failure(withdraw)/>
        <Banner tone text=sentence>{other}{waiting}</Banner>
        {questions}
        {proposal}
        {nearest}
        {team_words}
        <div class="split">
            <div class="stack">
                <TherapistLine therapist=view.therapist service=Some(view.service.clone())/>
                <DefinitionList>
                    <Definition term="When"><Span when=view.when.clone() relative=view.state.is_open()/></Definition>
                    <Definition term="For">{words::whom(&view.person)}</Definition>
                    <Definition term="Sent"><At when=view.sent/></Definition>
                    <Definition term="Expected"><Expected service=view.service/></Definition>
                    {reason}
                </DefinitionList>
                <ZoneLine zone/>
                {answers}
                {unanswered}
                {take_back}
            </div>
            <History rows=view.history reader=Reader::Patient/>
        </div>
        </div>
    }
}

/// What our team asked, and the field for the answer that is still missing.
#[component]
fn Questions(view: RequestView, answer: ServerAction<AnswerQuestion>) -> impl IntoView {
    let refused = failure(answer);
    let waits = view.state.is_undecided();
    let (request, text_limit) = (view.request, view.text_limit);
    let form = move || {
        view! {
            <ActionForm action=answer attr:class="form">
                <ActFailed failure=refused/>
                <input type="hidden" name="request" value=request.to_string()/>
                <TextArea name="answer" label="Your answer" rows=3 maxlength=text_limit error=failure_at(refused, "answer") required=true/>
                <div><Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=answer.pending() busy_text="Sending">"Send the answer"</Button></div>
            </ActionForm>
        }
    };
    let asked = view
        .questions
        .into_iter()
        .map(|one: QuestionView| {
            let open = one.answered.is_none();
            let answered =
                (!open).then(|| view! { <p class="fine">"Your answer"</p><p class="quote">{one.answer}</p> });
            view! {
                <li class="stack" data-gap="small">
                    <p class="quote">{one.question}</p>
                    {answered}
                    {(open && waits).then(form)}
                </li>
            }
        })
        .collect_view();
    view! { <Section title="Our team asks"><ul class="stack">{asked}</ul></Section> }
}

#[cfg(test)]
mod tests {
    use super::RequestProps;
    use crate::{
        model::{DeclineReason, RequestState},
        ui::testing::{render, request_view},
    };
    use leptos::prelude::*;

    fn page(view: crate::api::view::RequestView) -> String {
        render(|| {
            super::Request(RequestProps {
                view,
                withdraw: ServerAction::new(),
                answer: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn a_pending_request_is_requested_and_can_be_taken_back() {
        let html = page(request_view(RequestState::Pending));
        assert!(html.contains("Requested") && !html.contains("Confirmed"));
        assert!(html.contains("scheduling/withdraw_request"));
    }

    #[test]
    fn whose_time_is_gone_may_wait_for_another() {
        let html = page(request_view(RequestState::Conflicted));
        assert!(html.contains("Wait for another time") && html.contains("/my/waitlist/new?request="));
        let waiting = page(request_view(RequestState::Waitlisted));
        assert!(waiting.contains("href=\"/my/waitlist\"") && waiting.contains("On the waiting list"));
    }

    #[test]
    fn a_declined_request_shows_reason_words_and_the_way_on() {
        let mut view = request_view(RequestState::Declined);
        view.decline = Some(DeclineReason::TherapistAway);
        view.words = "Try <b>December</b>".to_owned();
        let html = page(view);
        assert!(html.contains("The therapist is away at that time."));
        assert!(html.contains("Try &lt;b&gt;December&lt;/b&gt;"));
        assert!(html.contains("Choose another time") && !html.contains("scheduling/withdraw_request"));
    }

    #[test]
    fn an_open_question_has_a_field_and_an_answered_one_has_none() {
        let mut view = request_view(RequestState::Pending);
        let asked = |answer: &str| crate::api::view::QuestionView {
            asked: crate::ui::testing::when("2026-11-20T18:02:00Z"),
            question: "Which <days>?".to_owned(),
            answered: (!answer.is_empty()).then(|| crate::ui::testing::when("2026-11-20T19:02:00Z")),
            answer: answer.to_owned(),
        };
        view.questions = vec![asked("Mondays"), asked("")];
        let html = page(view.clone());
        assert!(html.contains("Which &lt;days&gt;?") && html.contains("Mondays"));
        assert_eq!(html.matches("<textarea").count(), 1);
        view.state = RequestState::Declined;
        assert!(!page(view).contains("<textarea"), "nothing is asked any more");
    }
}
