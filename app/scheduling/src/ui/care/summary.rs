//! The summary of a visit, kept while it is typed: neither a reload nor the end of the session loses it.

use crate::{
    api::{self, view::VisitView},
    ui::parts::{Saving, failure_at, use_draft},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Summary(view: VisitView, failed: Signal<Option<ApiError>>) -> impl IntoView {
    let confirmed = view.summary.unwrap_or_default();
    let unconfirmed = view.draft.is_some();
    let kept = view.draft.unwrap_or(confirmed);
    let visit = view.visit;
    let text = RwSignal::new(kept.clone());
    let saving = use_draft(kept, text, move |words| api::save_summary(visit, words));
    let keep = Callback::new(move |words| text.set(words));
    view! {
        <TextArea
            name="summary"
            label="Short summary (optional)"
            hint="The patient and guardians can read it once you confirm. Stored encrypted; our team cannot read it."
            value=text.get_untracked()
            rows=5
            maxlength=view.text_limit
            error=failure_at(failed, "summary")
            on_input=keep
        />
        // While the page loads anew, the old form is still shown and its signals are gone.
        <p class="saving fine" role="status">{move || saving.try_get().map(|saving| words(saving, unconfirmed))}</p>
    }
}

/// A saved draft is not a confirmed visit, and the line never sounds as if it were.
const fn words(saving: Saving, unconfirmed: bool) -> &'static str {
    match saving {
        Saving::Untouched if unconfirmed => "Your draft from before. Nobody else sees it until you confirm.",
        Saving::Saved => "Draft saved. Nobody else sees it until you confirm.",
        other => other.words(),
    }
}

#[cfg(test)]
mod tests {
    use super::SummaryProps;
    use crate::{
        api::view::VisitView,
        model::VisitState,
        ui::testing::{render, visit_view},
    };
    use leptos::prelude::*;

    fn field(change: impl FnOnce(&mut VisitView)) -> String {
        let mut view = visit_view(VisitState::Completed);
        change(&mut view);
        render(|| {
            let failed = Signal::stored(None);
            super::Summary(SummaryProps { view, failed }).into_any()
        })
    }

    #[test]
    fn a_draft_stands_before_what_is_confirmed_and_says_what_it_is() {
        let html = field(|view| {
            view.summary = Some("Confirmed words".to_owned());
            view.draft = Some("Typed words".to_owned());
        });
        assert!(
            html.contains("Typed words") && !html.contains("Confirmed words"),
            "{html}"
        );
        assert!(html.contains("Your draft from before."), "{html}");
    }

    #[test]
    fn an_emptied_draft_stays_empty() {
        let html = field(|view| {
            view.summary = Some("Confirmed words".to_owned());
            view.draft = Some(String::new());
        });
        assert!(
            !html.contains("Confirmed words") && html.contains("Your draft"),
            "{html}"
        );
    }

    #[test]
    fn without_a_draft_the_confirmed_words_are_corrected() {
        let html = field(|view| view.summary = Some("Confirmed words".to_owned()));
        assert!(html.contains("Confirmed words") && !html.contains("draft"), "{html}");
    }
}
