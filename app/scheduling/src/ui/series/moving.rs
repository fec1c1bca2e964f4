//! The form that moves several visits: where this one goes, the others go by the calendar.

use crate::{
    api::{
        MoveSeries,
        view::{MoveManyAnswer, OccurrenceView, SeriesChangeView},
    },
    ui::{
        parts::{ActFailed, Span, failure, failure_at},
        words,
    },
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn MoveMany(view: SeriesChangeView, page: String, action: ServerAction<MoveSeries>) -> impl IntoView {
    leave_when_moved(action, page);
    let failed = failure(action);
    let refused = Signal::derive(move || {
        let hindered = action
            .value()
            .with(|value| matches!(value, Some(Ok(MoveManyAnswer::Hindered(_)))));
        hindered
            .then(|| ApiError::refused("some_hindered"))
            .or_else(|| failed.get())
    });
    let hindered = move || match action.value().get() {
        Some(Ok(MoveManyAnswer::Hindered(shown))) => Some(view! { <Hindered shown/> }),
        _ => None,
    };
    let mut reasons = vec![(String::new(), "Please choose".to_owned())];
    reasons.extend(
        words::STAFF_MOVES
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::move_reason(*reason).to_owned())),
    );
    let hint = format!(
        "The visit of {}, {}; the others move by as many days, to the same time.",
        view.when.day, view.when.from
    );
    view! {
        <Section title="Move them">
            <ActionForm action attr:class="form">
                <ActFailed failure=refused/>
                {hindered}
                <input type="hidden" name="visit" value=view.visit.to_string()/>
                <input type="hidden" name="extent" value=view.extent.as_str()/>
                <input type="hidden" name="key" value=view.key.to_string()/>
                <p>{hint}</p>
                <FormRow>
                    <Field name="date" label="New date" input_type="date" value=view.when.date.to_string() error=failure_at(refused, "date")/>
                    <Field name="clock" label="New time" input_type="time" error=failure_at(refused, "clock")/>
                </FormRow>
                <Select name="reason" label="Reason" options=reasons required=true error=failure_at(refused, "reason")/>
                <TextArea name="words" label="Words to the patient (optional)" rows=2 maxlength=view.text_limit
                    error=failure_at(refused, "words")/>
                <Checkbox name="leave" label="Where the new time is not free, leave the visit where it is"/>
                <p class="fine">"The patient pays no fee when you move visits, and gets one letter with the new times."</p>
                <div class="cluster">
                    <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=action.pending() busy_text="Moving">"Move the visits"</Button>
                </div>
            </ActionForm>
        </Section>
    }
}

/// Where each would go, and what is in the way.
#[component]
fn Hindered(shown: Vec<OccurrenceView>) -> impl IntoView {
    let rows = shown
        .into_iter()
        .map(|one| {
            let free = one.hindrance.is_none();
            let what = one
                .hindrance
                .as_ref()
                .map_or_else(|| "Free".to_owned(), words::hindrance);
            view! {
                <li class="line" data-hindered=(!free).then_some("true")>
                    <span class="line-main number"><Span when=one.when/></span>
                    <span class=if free { "fine" } else { "hindered" }>{what}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="lines" aria-label="The new times">{rows}</ol> }
}

/// With script the answer comes here, and the page of the visit shows where it is now.
fn leave_when_moved(action: ServerAction<MoveSeries>, page: String) {
    Effect::new(move |_| {
        if action
            .value()
            .with(|value| matches!(value, Some(Ok(MoveManyAnswer::Moved { .. }))))
        {
            use_navigate()(&page, leptos_router::NavigateOptions::default());
        }
    });
}
