//! How an act went: what failed is said above the form, and the first wrong field takes the focus.

use crate::ui::words;
use kernel::ApiError;
use kit::prelude::*;
use leptos::{prelude::*, server_fn::ServerFn};

/// The error of an action's last run. Without script it comes from the address (`ServerAction` reads it there).
pub fn failure<S>(action: ServerAction<S>) -> Signal<Option<ApiError>>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    Signal::derive(move || {
        action
            .value()
            .with(|value| value.as_ref().and_then(|answer| answer.as_ref().err().cloned()))
    })
}

/// The sentence for a field, if the last run refused it.
pub fn failure_at(failure: Signal<Option<ApiError>>, field: impl Into<String>) -> Signal<Option<String>> {
    let field = field.into();
    Signal::derive(move || {
        failure.with(|failure| {
            let code = failure.as_ref().and_then(|error| error.at(&field))?;
            Some(words::field(code).to_owned())
        })
    })
}

/// Counts the runs that succeeded: what depends on it is loaded anew, and a refused form keeps what was typed.
pub fn done<S>(action: ServerAction<S>) -> Memo<u32>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    Memo::new(move |before: Option<&u32>| {
        let count = before.copied().unwrap_or_default();
        let succeeded = action.value().with(|value| matches!(value, Some(Ok(_))));
        if succeeded { count.wrapping_add(1) } else { count }
    })
}

/// What went wrong, above the form it belongs to. Always in the page, so that it is spoken when it fills.
#[component]
pub fn ActFailed(failure: Signal<Option<ApiError>>) -> impl IntoView {
    let problems = Signal::derive(move || failure.with(|failure| failure.as_ref().map(problems).unwrap_or_default()));
    view! { <ErrorSummary problems/> }
}

fn problems(error: &ApiError) -> Vec<FieldProblem> {
    match error {
        ApiError::Invalid(fields) if fields.iter().all(|field| !field.field.is_empty()) => fields
            .iter()
            .map(|field| FieldProblem::new(field.field.clone(), words::field(&field.code)))
            .collect(),
        other => vec![FieldProblem::whole(words::error(other))],
    }
}

#[cfg(test)]
mod tests {
    use super::problems;
    use kernel::ApiError;

    #[test]
    fn wrong_fields_are_listed_and_refusals_speak_of_the_whole_form() {
        let fields = problems(&ApiError::field("reason", "too_long"));
        assert_eq!(fields[0].field, "reason");
        let whole = problems(&ApiError::refused("slot_taken"));
        assert!(whole[0].field.is_empty() && whole[0].text.contains("taken a moment ago"));
        let malformed = problems(&ApiError::field("", "malformed"));
        assert_eq!(malformed.len(), 1);
        assert!(malformed[0].field.is_empty());
    }
}
