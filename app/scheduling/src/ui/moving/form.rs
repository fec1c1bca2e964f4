//! The form of a move: why, in which words, and to when. One plain form, so that it works without script.

use crate::{
    api::{
        MoveVisit,
        view::{MoveAnswer, MoveView, SlotView},
    },
    model::{MoveReason, OverbookReason},
    ui::{
        parts::{ActFailed, failure_at, instant, with_query},
        words,
    },
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn MoveForm(view: MoveView, page: String, action: ServerAction<MoveVisit>) -> impl IntoView {
    leave_when_moved(action, page.clone());
    let refused = refusal(action);
    let nearest = move || match action.value().get() {
        Some(Ok(MoveAnswer::Refused { nearest, .. })) => nearest,
        _ => Vec::new(),
    };
    let pending = action.pending();
    let whose = view.chosen;
    let (visit, key, limit, staff) = (view.visit, view.key, view.text_limit, view.staff);
    let typed = staff.then(|| {
        view! {
            <FormRow>
                <Field name="date" label="New date" input_type="date" error=failure_at(refused, "date")/>
                <Field name="clock" label="New time" input_type="time" error=failure_at(refused, "clock")/>
            </FormRow>
            <Overbook refused limit/>
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=pending busy_text="Moving">"Move the visit"</Button>
            </div>
        }
    });
    let days = view
        .days
        .iter()
        .map(|day| {
            let title = day.day.clone();
            let slots = day.slots.clone();
            view! { <Section title><Times slots pending with_day=false/></Section> }
        })
        .collect_view();
    let empty = view.days.is_empty().then(|| {
        view! { <EmptyState icon="calendar" text="No other time is available now. Write to our team, or look again later."/> }
    });
    let pages = pages(&view, &page);
    let reasons = reasons(staff);
    let label = if staff { "Reason" } else { "Reason (optional)" };
    let words_label = if staff {
        "Words to the patient (optional)"
    } else {
        "Anything to add (optional)"
    };
    view! {
        <ActionForm action attr:class="form">
            <ActFailed failure=refused/>
            {move || {
                let nearest = nearest();
                (!nearest.is_empty()).then(|| view! {
                    <section class="stack" aria-label="Free now, nearest to the time you chose">
                        <Times slots=nearest pending with_day=true/>
                    </section>
                })
            }}
            <input type="hidden" name="visit" value=visit.to_string()/>
            <input type="hidden" name="therapist" value=whose.to_string()/>
            <input type="hidden" name="key" value=key.to_string()/>
            <Select name="reason" label options=reasons required=staff error=failure_at(refused, "reason")/>
            <TextArea name="words" label=words_label rows=2 maxlength=limit error=failure_at(refused, "words")/>
            {typed}
            <h2>"Move the visit to"</h2>
            {empty}
            {days}
        </ActionForm>
        {pages}
    }
}

/// Staff may book over what is there: folded, so that it is never done by accident.
#[component]
pub fn Overbook(refused: Signal<Option<ApiError>>, limit: u32) -> impl IntoView {
    let mut reasons = vec![(String::new(), "No, the time has to be free".to_owned())];
    reasons.extend(
        OverbookReason::ALL
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::overbook_reason(*reason).to_owned())),
    );
    let open = refused.with_untracked(|error| {
        error.as_ref().is_some_and(|error| {
            matches!(error.code(), "slot_taken" | "therapist_away") || error.at("overbook_words").is_some()
        })
    });
    view! {
        <details class="unfold" open=open>
            <summary>"Book over something else"</summary>
            <div class="stack">
                <p>"Two visits then stand at the same time. The history says who chose that, and why; the patient does not read it."</p>
                <Select name="overbook" label="Why" options=reasons error=failure_at(refused, "overbook")/>
                <TextArea name="overbook_words" label="Words for the team" rows=2 maxlength=limit
                    error=failure_at(refused, "overbook_words")/>
            </div>
        </details>
    }
}

/// Times as buttons; each one sends the form.
#[component]
pub fn Times(slots: Vec<SlotView>, pending: Memo<bool>, with_day: bool) -> impl IntoView {
    let buttons = slots
        .into_iter()
        .map(|slot| {
            let spoken = format!("{}, {}", slot.day, slot.clock);
            let text = if with_day { spoken.clone() } else { slot.clock.clone() };
            view! {
                <li>
                    <Button kind=ButtonKind::Time button_type=ButtonType::Submit name="starts" value=instant(&slot)
                        label=spoken busy=pending>{text}</Button>
                </li>
            }
        })
        .collect_view();
    let class = if with_day { "times" } else { "times-grid" };
    view! { <ul class=class>{buttons}</ul> }
}

fn reasons(staff: bool) -> Vec<(String, String)> {
    let listed: &[MoveReason] = if staff {
        &words::STAFF_MOVES
    } else {
        &words::PATIENT_MOVES
    };
    let mut choices = vec![(String::new(), "Please choose".to_owned())];
    choices.extend(
        listed
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::move_reason(*reason).to_owned())),
    );
    choices
}

fn pages(view: &MoveView, page: &str) -> AnyView {
    let therapist = view.chosen.to_string();
    let address = |from: String| {
        with_query(
            &format!("{page}/move"),
            &[("therapist", therapist.clone()), ("from", from)],
        )
    };
    let newer = (!view.is_first).then(|| address(String::new()));
    let older = view.later.map(|date| address(date.to_string()));
    if newer.is_none() && older.is_none() {
        return ().into_any();
    }
    let first = newer.map(|href| view! { <LinkButton href kind=ButtonKind::Quiet>"First times"</LinkButton> });
    let later = older.map(|href| view! { <LinkButton href>"Later times"</LinkButton> });
    view! { <div class="cluster">{first}{later}</div> }.into_any()
}

/// What was refused, by an error or by an answer.
fn refusal(action: ServerAction<MoveVisit>) -> Signal<Option<ApiError>> {
    Signal::derive(move || {
        action.value().with(|value| match value {
            Some(Ok(MoveAnswer::Refused { code, .. })) => Some(ApiError::refused(code)),
            Some(Err(error)) => Some(error.clone()),
            _ => None,
        })
    })
}

/// With script the answer comes here, and the page of the visit shows where it is now.
fn leave_when_moved(action: ServerAction<MoveVisit>, page: String) {
    Effect::new(move |_| {
        if action
            .value()
            .with(|value| matches!(value, Some(Ok(MoveAnswer::Moved(_)))))
        {
            use_navigate()(&page, leptos_router::NavigateOptions::default());
        }
    });
}
