//! One request with the therapist's day in view (S20), beside the list it came from. A decision is one atomic act on the
//! server (U1); if somebody was quicker, the page shows what they did.

use super::{
    day_bar::DayBar,
    decide::{APPROVE, DECLINE, Decide},
    keys::{self, Key, use_keys},
    list::QueueList,
};
use crate::{
    api::{
        self, ApproveRequest, DeclineRequest,
        view::{AgendaRow, RequestDetailView},
    },
    model::RequestState,
    ui::{
        parts::{History, RequestChip, Standing, done, failure, loaded},
        words::{self, Reader},
    },
};
use kernel::{ApiError, RequestId};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

/// Where the keys lead from here.
#[derive(Debug, Clone, Copy, Default)]
struct Neighbours {
    previous: Option<RequestId>,
    next: Option<RequestId>,
}

#[component]
pub fn RequestDetailPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("request"))
            .and_then(|id| id.parse::<RequestId>().ok())
    });
    let approve = ServerAction::<ApproveRequest>::new();
    let decline = ServerAction::<DeclineRequest>::new();
    let (approved, declined) = (done(approve), done(decline));
    // "Time gone" and "decided by somebody else" change what is shown.
    let refused = Memo::new(move |_| {
        [failure(approve), failure(decline)]
            .iter()
            .any(|failed| failed.with(|failed| matches!(failed, Some(ApiError::Refused(_)))))
    });
    let changes = Memo::new(move |_| (approved.get(), declined.get(), refused.get()));
    let detail = Resource::new(
        move || (id.get(), changes.get()),
        |(id, _)| async move { api::request_detail(id.ok_or(ApiError::NotFound)?).await },
    );
    let queue = Resource::new(
        move || changes.get(),
        |_| api::list_requests(String::new(), String::new()),
    );
    let neighbours = RwSignal::new(Neighbours::default());
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        // Words to one patient never stand in the form of another.
        id.track();
        typed.set(String::new());
    });
    use_desk_keys(neighbours);
    view! {
        <Title text="Request"/>
        <div class="desk" data-open="true">
            <section class="queue-side" aria-label="Requests to decide">
                {loaded(queue, SkeletonKind::Rows, 8, move |page| view! { <QueueList page current=id/> }.into_any())}
            </section>
            <div class="pane">
                {loaded(detail, SkeletonKind::Text, 12, move |view| {
                    neighbours.set(Neighbours { previous: view.previous, next: view.next });
                    view! { <Detail view approve decline typed/> }.into_any()
                })}
            </div>
        </div>
    }
}

fn use_desk_keys(neighbours: RwSignal<Neighbours>) {
    use_keys(move || {
        let navigate = use_navigate();
        let open = move |address: &str| {
            navigate(address, NavigateOptions::default());
            true
        };
        move |key| {
            let Neighbours { previous, next } = neighbours.get_untracked();
            let open_request =
                |request: Option<RequestId>| request.is_some_and(|id| open(&format!("/desk/queue/{id}")));
            match key {
                Key::Next => open_request(next),
                Key::Previous => open_request(previous),
                Key::Back => open("/desk"),
                Key::Approve => keys::focus_inside(APPROVE, "button"),
                Key::Decline => keys::unfold(DECLINE) && keys::focus_inside(DECLINE, "select"),
            }
        }
    });
}

#[component]
fn Detail(
    view: RequestDetailView,
    approve: ServerAction<ApproveRequest>,
    decline: ServerAction<DeclineRequest>,
    typed: RwSignal<String>,
) -> impl IntoView {
    let row = view.row.clone();
    let title = format!("{} wants {}", row.person.name, row.therapist.name);
    let back = if view.position > 0 {
        format!("Desk, {} of {}", view.position, view.open)
    } else {
        "Desk".to_owned()
    };
    let wish = format!(
        "{}, {}, {} to {}, {}",
        words::service(&row.service),
        row.when.day,
        row.when.from,
        row.when.until,
        row.when.zone.label
    );
    let reason = if view.reason.is_empty() {
        view! { <p class="muted">"No reason given"</p> }.into_any()
    } else {
        view! { <p class="quote">{view.reason.clone()}</p> }.into_any()
    };
    let checks = view
        .checks
        .iter()
        .map(|check| view! { <li><StateChip tone=words::check_tone(check.state) text=words::check(check)/></li> })
        .collect_view();
    let day = format!("{}, {}", row.therapist.name, view.therapist_when.day);
    let nearest = (!view.nearest.is_empty()).then(|| {
        let times = view
            .nearest
            .iter()
            .map(|slot| format!("{}, {}", slot.day, slot.clock))
            .collect::<Vec<_>>()
            .join(" · ");
        view! { <p class="number">"Free too: " {times}</p> }
    });
    let outcome = view! { <Outcome view=view.clone()/> };
    let patient_day = view! { <PatientDay rows=view.patient_day.clone() name=row.person.name.clone()/> };
    let decide = view! { <Decide view=view.clone() approve decline typed/> };
    let history = view.history.clone();
    view! {
        <PageHeader title subtitle=wish back back_href="/desk"><RequestChip state=row.state/></PageHeader>
        {outcome}
        <Section title="Why">{reason}</Section>
        <Section title="Checks"><ul class="cluster">{checks}</ul></Section>
        <Section title=day>
            <p class="fine">"Times in " {view.therapist_when.zone.label}</p>
            <DayBar blocks=view.therapist_day/>
        </Section>
        {patient_day}
        {nearest}
        {decide}
        <History rows=history reader=Reader::Staff/>
    }
}

/// What is so now, and where to go on: a decision leads to the next row, never to the top.
#[component]
fn Outcome(view: RequestDetailView) -> impl IntoView {
    let row = view.row;
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
            "The time is gone: something else lies across it. Decline with words, and name a time that is free.",
        ),
        RequestState::Withdrawn => (
            Tone::Plain,
            "The patient took this request back. There is nothing to decide.",
        ),
        RequestState::Expired => (Tone::Plain, "Nobody answered in time; the time is free again."),
        RequestState::Draft | RequestState::Proposed | RequestState::Waitlisted => {
            (Tone::Info, "There is nothing to decide at this moment.")
        }
    };
    let onward = (!row.state.is_undecided()).then(|| match view.next {
        Some(next) => view! { <LinkButton href=format!("/desk/queue/{next}") kind=ButtonKind::Primary>"Next request"</LinkButton> },
        None => view! { <LinkButton href="/desk" kind=ButtonKind::Primary>"Back to the desk"</LinkButton> },
    });
    view! { <Banner tone text>{onward}</Banner> }.into_any()
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
    use super::DetailProps;
    use crate::{
        api::view::{CheckState, CheckView, DayBlock, DayBlockKind, RequestDetailView},
        model::RequestState,
        ui::testing::{render, request_detail},
    };
    use leptos::prelude::*;

    fn page(view: RequestDetailView) -> String {
        render(|| {
            super::Detail(DetailProps {
                view,
                approve: ServerAction::new(),
                decline: ServerAction::new(),
                typed: RwSignal::new(String::new()),
            })
            .into_any()
        })
    }

    #[test]
    fn a_pending_request_shows_checks_the_day_and_both_decisions() {
        let mut view = request_detail(RequestState::Pending);
        view.checks.push(CheckView {
            code: "licence".to_owned(),
            state: CheckState::Ok,
            detail: "IL".to_owned(),
        });
        view.therapist_day.push(DayBlock {
            kind: DayBlockKind::This,
            from_minute: 660,
            until_minute: 705,
            from: "11:00".to_owned(),
            until: "11:45".to_owned(),
            label: String::new(),
            clash: false,
        });
        let html = page(view);
        assert!(html.contains("Licence Illinois"));
        assert!(html.contains("viewBox=\"660 0 60 48\"") && html.contains("This request"));
        assert!(html.contains("scheduling/approve_request") && html.contains("scheduling/decline_request"));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
        assert!(html.contains("Desk, 3 of 24"));
    }

    #[test]
    fn a_decision_leads_on_to_the_next_request() {
        let mut view = request_detail(RequestState::Approved);
        view.can_approve = false;
        view.can_decline = false;
        let html = page(view);
        assert!(html.contains("Next request") && !html.contains("scheduling/approve_request"));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn a_gone_time_can_only_be_declined() {
        let mut view = request_detail(RequestState::Conflicted);
        view.can_approve = false;
        let html = page(view);
        assert!(html.contains("Time gone") && html.contains("scheduling/decline_request"));
        assert!(!html.contains("scheduling/approve_request"));
    }
}
