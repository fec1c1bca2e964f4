//! A request with its checks, the days of both, and everything that can be decided about it.

use super::{
    Acts, PATIENT, Typed,
    change::ChangeFold,
    day_bar::DayBar,
    decide::{CHECKS, Decide},
    propose::{Proposable, ProposeFold},
};
use crate::{
    api::view::ItemView,
    ui::{parts::Failed, place::List},
};
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{
    api::view::{AgendaRow, QuestionView, RequestDetailView},
    model::RequestState,
    ui::{
        Answers,
        parts::{History, RequestChip, Standing, failure},
        words::{self, Reader},
    },
};

#[component]
pub fn RequestItem(
    view: ItemView,
    detail: RequestDetailView,
    back: String,
    list: List,
    acts: Acts,
    typed: Typed,
    text: Memo<String>,
    owner: AnyView,
) -> impl IntoView {
    let row = detail.row.clone();
    let title = format!("{} wants {}", row.person.name, row.therapist.name);
    let wish = format!(
        "{}, {}, {} to {}, {}",
        words::service(&row.service),
        row.when.day,
        row.when.from,
        row.when.until,
        row.when.zone.label
    );
    let reason = if detail.reason.is_empty() {
        view! { <p class="muted">"No reason given"</p> }.into_any()
    } else {
        view! { <p class="quote">{detail.reason.clone()}</p> }.into_any()
    };
    let checks = detail
        .checks
        .iter()
        .map(|check| view! { <li><StateChip tone=words::check_tone(check.state) text=words::check(check)/></li> })
        .collect_view();
    let day = format!("{}, {}", row.therapist.name, detail.therapist_when.day);
    let zone = detail.therapist_when.zone.label.clone();
    let patient = view! { <super::visit::PatientFold view=view.clone()/> };
    let outcome = view! { <Outcome view=view.clone() detail=detail.clone() list=list.clone()/> };
    let answers = detail
        .answers
        .clone()
        .map(|answers| view! { <Answers answers title="Answers before the visit"/> });
    let unanswered = detail.unanswered.then(|| {
        view! { <Section title="Answers before the visit"><p class="muted">"Questions not answered yet"</p></Section> }
    });
    let questions = view! { <Questions rows=detail.questions.clone()/> };
    let patient_day = view! { <PatientDay rows=detail.patient_day.clone() name=row.person.name.clone()/> };
    let change = view! { <ChangeFold view=view.clone() detail=detail.clone() list=list.clone() acts/> };
    let read_only = view.owner.as_ref().is_some_and(|owner| !owner.mine);
    let propose = (detail.can_decline && !read_only).then(|| {
        let what = proposable(&detail);
        view! { <ProposeFold view=view.clone() what list=list.clone() acts typed text/> }
    });
    let history = detail.history.clone();
    let blocks = detail.therapist_day.clone();
    let back_href = list.page("");
    view! {
        <PageHeader title subtitle=wish back back_href><RequestChip state=row.state/></PageHeader>
        {owner}
        {outcome}
        <details class="unfold" id=PATIENT>{patient}</details>
        <Section title="Why">{reason}</Section>
        {answers}
        {unanswered}
        {questions}
        <Section title="Checks"><ul class="cluster" id=CHECKS>{checks}</ul></Section>
        <Section title=day>
            <p class="fine">"Times in " {zone}</p>
            <DayBar blocks/>
        </Section>
        {patient_day}
        <Failed failure=failure(acts.ask)/>
        {propose}
        {change}
        <Decide view detail list acts typed text/>
        <History rows=history reader=Reader::Staff/>
    }
}

/// The same kind of visit with whoever could give it.
fn proposable(detail: &RequestDetailView) -> Proposable {
    let (therapist, service) = (&detail.row.therapist, &detail.row.service);
    let others = detail
        .others
        .iter()
        .filter(|offer| offer.service.service == service.service && offer.therapist.therapist != therapist.therapist)
        .map(|offer| offer.therapist.clone())
        .collect();
    Proposable {
        therapist: therapist.clone(),
        nearest: detail.nearest.clone(),
        others,
        text_limit: detail.text_limit,
        becomes: "The time that was asked for is free again at once.",
    }
}

/// What is so now, who made it so, and where to go on.
#[component]
fn Outcome(view: ItemView, detail: RequestDetailView, list: List) -> impl IntoView {
    let row = detail.row;
    let who = view.decided.as_ref().map_or_else(String::new, |decided| {
        let name = if decided.me { "you" } else { decided.by.as_str() };
        format!(" By {name}, {}, {}.", decided.at.day, decided.at.from)
    });
    let (tone, text) = match row.state {
        RequestState::Pending => {
            return view! { <p class="muted">"Answer by " {row.due.day} ", " {row.due.from} "."</p> }.into_any();
        }
        RequestState::Approved => (
            Tone::Good,
            "Approved. It is a visit now, and the patient sees it as confirmed.",
        ),
        RequestState::Declined => (Tone::Plain, "Declined. The patient reads the reason and your words."),
        RequestState::Conflicted => (
            Tone::Warn,
            "The time is gone: something else lies across it. Propose other times, give it one that the patient agreed to, or decline with words.",
        ),
        RequestState::Withdrawn => (
            Tone::Plain,
            "The patient took this request back. There is nothing to decide.",
        ),
        RequestState::Expired => (Tone::Plain, "Nobody answered in time; the time is free again."),
        RequestState::Proposed => (Tone::Info, "Other times are proposed. The patient answers next."),
        RequestState::Draft | RequestState::Waitlisted => (Tone::Info, "There is nothing to decide at this moment."),
    };
    let onward = (!row.state.is_undecided()).then(|| match view.next {
        Some(next) => view! { <LinkButton href=list.item(next) kind=ButtonKind::Primary>"Next"</LinkButton> },
        None => view! { <LinkButton href=list.page("") kind=ButtonKind::Primary>"Back to the desk"</LinkButton> },
    });
    view! { <Banner tone text=format!("{text}{who}")>{onward}</Banner> }.into_any()
}

#[component]
fn Questions(rows: Vec<QuestionView>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|one| {
            let answer = match one.answered {
                Some(at) => view! {
                    <p class="quote">{one.answer}</p>
                    <p class="fine">"Answered " {at.day} ", " {at.from}</p>
                }
                .into_any(),
                None => view! { <p class="muted">"No answer yet"</p> }.into_any(),
            };
            view! { <li class="stack" data-gap="small"><p class="strong">{one.question}</p>{answer}</li> }
        })
        .collect_view();
    view! { <Section title="Asked"><ul class="stack">{rows}</ul></Section> }.into_any()
}

#[component]
fn PatientDay(rows: Vec<AgendaRow>, name: String) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p>{name} ", that day: nothing else."</p> }.into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <li class="line">
                    <span class="number">{row.when.from} " to " {row.when.until}</span>
                    <span class="line-main">{row.therapist.name}</span>
                    <Standing standing=row.standing reader=Reader::Staff/>
                </li>
            }
        })
        .collect_view();
    view! { <Section title=format!("{name}, that day")><ul class="lines">{rows}</ul></Section> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::super::{Acts, Item, ItemProps, Typed};
    use crate::{
        api::view::{Body, Decided, ItemView, Owner, TemplateView},
        model::{ItemId, Kind, Purpose, TemplateId},
        ui::place::List,
    };
    use leptos::prelude::*;
    use scheduling::{
        api::view::{CheckState, CheckView, QuestionView, RequestDetailView},
        model::RequestState,
        ui::testing::{answers, render, request_detail, slot, when},
    };
    use uuid::Uuid;

    fn item(detail: RequestDetailView) -> ItemView {
        let item = ItemId::from(detail.row.request);
        ItemView {
            item,
            owner: None,
            decided: None,
            previous: None,
            next: Some(ItemId {
                kind: Kind::Confirm,
                id: Uuid::from_u128(10),
            }),
            position: 3,
            open: 24,
            templates: vec![TemplateView {
                template: TemplateId::new(Uuid::from_u128(11)),
                purpose: Purpose::Decline,
                name: "Paper missing".to_owned(),
                body: "Please send the <form>.".to_owned(),
                reason: "papers_missing".to_owned(),
            }],
            waits: true,
            patient: None,
            key: detail.key,
            body: Body::Request(Box::new(detail)),
        }
    }

    fn page(view: ItemView, text: &str) -> String {
        let text = text.to_owned();
        render(|| {
            let text = Memo::new(move |_| text.clone());
            Item(ItemProps {
                view,
                list: List::default(),
                acts: Acts::new(),
                typed: Typed::default(),
                text,
                by_hand: scheduling::ui::parts::TypedTime::default(),
            })
            .into_any()
        })
    }

    #[test]
    fn a_pending_request_shows_checks_and_every_decision_and_leads_on_to_the_next_row() {
        let mut detail = request_detail(RequestState::Pending);
        detail.checks.push(CheckView {
            code: "licence".to_owned(),
            state: CheckState::Ok,
            detail: "IL".to_owned(),
        });
        detail.nearest.push(slot("2026-11-25T16:00:00Z"));
        let html = page(item(detail), "");
        assert!(html.contains("Licence Illinois") && html.contains("Desk, 3 of 24"));
        for act in [
            "desk/approve",
            "desk/decline",
            "desk/ask",
            "desk/change",
            "desk/propose",
            "desk/take",
        ] {
            assert!(html.contains(act), "{act}");
        }
        assert!(
            html.contains("name=\"starts[0]\"") && html.contains("name=\"overbook\""),
            "{html}"
        );
        assert!(html.contains("value=\"/desk/queue/confirm-00000000-0000-0000-0000-00000000000a\""));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn a_text_of_the_desk_fills_the_form() {
        let html = page(
            item(request_detail(RequestState::Pending)),
            "00000000-0000-0000-0000-00000000000b",
        );
        assert!(html.contains("Please send the &lt;form&gt;."), "{html}");
        assert!(
            html.contains("selected value=\"papers_missing\"") || html.contains("value=\"papers_missing\" selected"),
            "{html}"
        );
    }

    #[test]
    fn a_colleagues_item_is_read_only_and_says_whose_it_is() {
        let mut view = item(request_detail(RequestState::Pending));
        view.owner = Some(Owner {
            name: "Leo Lind".to_owned(),
            mine: false,
            since: when("2026-11-23T20:00:00Z"),
            may_take_over: true,
        });
        let html = page(view, "");
        assert!(html.contains("Taken by Leo Lind") && html.contains("Take over"));
        for act in [
            "desk/approve",
            "desk/decline",
            "desk/ask",
            "desk/change",
            "desk/propose",
        ] {
            assert!(!html.contains(act), "{act}");
        }
    }

    #[test]
    fn the_second_liaison_sees_what_the_first_one_did() {
        let mut detail = request_detail(RequestState::Declined);
        (detail.can_approve, detail.can_decline) = (false, false);
        let mut view = item(detail);
        view.position = 0;
        view.decided = Some(Decided {
            by: "Leo Lind".to_owned(),
            me: false,
            at: when("2026-11-23T20:00:00Z"),
        });
        let html = page(view, "");
        assert!(html.contains("By Leo Lind, Mon 23 Nov, 14:00.") && !html.contains("desk/approve"));
        assert!(html.contains("Next") && !html.contains("desk/take"));
    }

    #[test]
    fn what_the_patient_answered_before_is_shown() {
        let mut detail = request_detail(RequestState::Pending);
        detail.answers = Some(answers());
        let html = page(item(detail), "");
        assert!(
            html.contains("Answers before the visit") && html.contains("Sleep &amp; work"),
            "{html}"
        );
    }

    #[test]
    fn questions_and_answers_are_shown() {
        let mut detail = request_detail(RequestState::Pending);
        detail.questions.push(QuestionView {
            asked: when("2026-11-20T18:02:00Z"),
            question: "Which days?".to_owned(),
            answered: None,
            answer: String::new(),
        });
        assert!(page(item(detail), "").contains("No answer yet"));
    }
}
