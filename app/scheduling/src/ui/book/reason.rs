//! Why the visit is wanted. Saved while it is typed, kept by the page through every refusal; without script it travels with
//! whichever form it stands in.

use super::super::parts::{Saving, failure_at, use_draft};
use crate::{
    api::{self, view::HoldView},
    model::HoldId,
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;

/// What the field needs to know of the page.
#[derive(Clone)]
pub struct Draft {
    hold: HoldId,
    kept: String,
    limit: u32,
    failed: Signal<Option<ApiError>>,
    /// What was typed belongs to the page, not to one load of it.
    typed: RwSignal<Option<String>>,
}

impl Draft {
    pub fn of(view: &HoldView, failed: Signal<Option<ApiError>>, typed: RwSignal<Option<String>>) -> Self {
        Self {
            hold: view.hold,
            kept: view.reason.clone(),
            limit: view.reason_limit,
            failed,
            typed,
        }
    }
}

#[component]
pub fn Reason(draft: Draft) -> impl IntoView {
    let Draft {
        hold,
        kept,
        limit,
        failed,
        typed,
    } = draft;
    let text = RwSignal::new(typed.get_untracked().unwrap_or_else(|| kept.clone()));
    let saving = use_draft(kept, text, move |reason| api::save_reason(hold, reason));
    let keep = Callback::new(move |reason: String| {
        typed.set(Some(reason.clone()));
        text.set(reason);
    });
    view! {
        <TextArea
            name="reason"
            label="Why do you want this visit? (optional)"
            hint="Our team reads it, and your therapist before the visit. In danger: call 911, or call or text 988."
            value=text.get_untracked()
            rows=5
            maxlength=limit
            error=failure_at(failed, "reason")
            on_input=keep
        />
        // While the page loads anew, the old form is still shown and its signals are gone.
        <p class="saving fine" role="status">{move || saving.try_get().map(Saving::words)}</p>
    }
}
