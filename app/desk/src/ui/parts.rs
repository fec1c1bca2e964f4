//! What several pages of the desk share.

use crate::{
    api::{Undo, view::Undoable},
    ui::words,
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::ui::{parts::Standing, words::Reader};

/// What went wrong, above the form it belongs to. Always in the page, so that it is spoken when it fills.
#[component]
pub fn Failed(
    failure: Signal<Option<ApiError>>,
    /// What the ids of this form's fields begin with, where another form of the page has fields of the same names.
    #[prop(optional)]
    prefix: &'static str,
) -> impl IntoView {
    let problems = Signal::derive(move || {
        let problems = failure.with(|failure| failure.as_ref().map(problems).unwrap_or_default());
        problems
            .into_iter()
            .map(|problem| under(prefix, problem))
            .collect::<Vec<_>>()
    });
    view! { <ErrorSummary problems/> }
}

fn under(prefix: &str, problem: FieldProblem) -> FieldProblem {
    if prefix.is_empty() || problem.field.is_empty() {
        return problem;
    }
    FieldProblem::new(format!("{prefix}{}", problem.field), problem.text)
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

/// The sentence for a field, if the last run refused it.
pub fn failure_at(failure: Signal<Option<ApiError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        failure.with(|failure| {
            let code = failure.as_ref().and_then(|error| error.at(field))?;
            Some(words::field(code).to_owned())
        })
    })
}

/// Fields of a form that nobody sees.
pub fn hidden(fields: &[(&'static str, &str)]) -> AnyView {
    fields
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=*name value=(*value).to_owned()/> })
        .collect_view()
        .into_any()
}

/// The id of the part whose first button the key `u` presses.
pub const UNDO: &str = "undo";

/// One's own decisions of the last minute, each with the way back.
#[component]
pub fn JustDecided(
    rows: Vec<Undoable>,
    undo: ServerAction<Undo>,
    /// The page to come back to.
    to: String,
) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let gone = use_after(row.seconds_left);
            let fields = hidden(&[("request", &row.request.to_string()), ("to", &to)]);
            view! {
                <li class="line" hidden=move || gone.get()>
                    <span class="line-main"><span class="strong">{row.person.name}</span> ", " {row.when.day} ", " {row.when.from}</span>
                    <Standing standing=row.standing reader=Reader::Staff/>
                    <ActionForm action=undo>
                        {fields}
                        <Button size=ButtonSize::Small button_type=ButtonType::Submit icon="undo">"Undo"</Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="just-decided" id=UNDO aria-label="Just decided">
            <p class="fine">"Just decided. It can be taken back for a minute, until its news leaves or somebody reads it. " <kbd aria-hidden="true">"u"</kbd></p>
            <ul class="lines">{rows}</ul>
        </section>
    }
    .into_any()
}

/// True once so many seconds have passed in the browser.
fn use_after(seconds: u32) -> ReadSignal<bool> {
    let (over, set_over) = signal(false);
    Effect::new(move |_| {
        let wait = std::time::Duration::from_secs(u64::from(seconds));
        if let Ok(timer) = set_timeout_with_handle(move || set_over.set(true), wait) {
            on_cleanup(move || timer.clear());
        }
    });
    over
}

/// Whoever compares rows must not have to convert: one clock for all, and it has a name.
#[component]
pub fn TimesIn(zone: Option<String>) -> impl IntoView {
    zone.map(|zone| view! { <p class="fine">"Times in " {zone}</p> })
}

#[cfg(test)]
mod tests {
    use super::{problems, under};
    use kernel::ApiError;

    #[test]
    fn wrong_fields_are_listed_and_refusals_speak_of_the_whole_form() {
        assert_eq!(problems(&ApiError::field("name", "name_taken"))[0].field, "name");
        let elsewhere = problems(&ApiError::field("date", "required")).remove(0);
        assert_eq!(under("propose-", elsewhere).field, "propose-date");
        let whole = problems(&ApiError::refused("taken_by_other"));
        assert!(under("propose-", whole[0].clone()).field.is_empty());
        assert!(whole[0].field.is_empty() && whole[0].text.contains("colleague"));
    }
}
