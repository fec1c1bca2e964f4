//! The questions of our team in the booking form (R11). Saved while they are answered, like the reason; without script they
//! travel with the form, and a refused form comes back with them.

use super::super::parts::{Saving, failure_at, use_draft};
use crate::{
    api::{self, view::HoldView},
    model::{
        HoldId,
        prescreen::{Question, Typed, check, field},
    },
    ui::prescreen::{QuestionField, intro},
};
use kernel::{ApiError, PatientId};
use kit::prelude::*;
use leptos::prelude::*;

/// What is asked, and what the fields need to know of the page.
#[derive(Clone)]
pub struct Asked {
    hold: HoldId,
    questions: Vec<Question>,
    kept: Typed,
    failed: Signal<Option<ApiError>>,
    /// What was answered belongs to the page, not to one load of it.
    answered: RwSignal<Option<Typed>>,
    /// For whom, where the form was loaded, and what was chosen since.
    chosen: PatientId,
    whom: RwSignal<Option<PatientId>>,
}

impl Asked {
    /// `None` where nothing is asked.
    pub fn of(
        view: &HoldView,
        failed: Signal<Option<ApiError>>,
        answered: RwSignal<Option<Typed>>,
        whom: RwSignal<Option<PatientId>>,
    ) -> Option<Self> {
        let asked = view.asked.clone()?;
        Some(Self {
            hold: view.hold,
            questions: asked.questions,
            kept: asked.answers,
            failed,
            answered,
            chosen: view.chosen,
            whom,
        })
    }
}

#[component]
pub fn Questions(asked: Asked) -> impl IntoView {
    let Asked {
        hold,
        questions,
        kept,
        failed,
        answered,
        chosen,
        whom,
    } = asked;
    let typed = RwSignal::new(answered.get_untracked().unwrap_or_else(|| kept.clone()));
    // What was typed belongs to whom the form names now: somebody else chosen, and it is kept anew for them.
    let draft = RwSignal::new((whom.get_untracked().unwrap_or(chosen), typed.get_untracked()));
    Effect::new(move |_| {
        let now = (whom.get().unwrap_or(chosen), typed.get());
        if draft.with_untracked(|draft| *draft != now) {
            draft.set(now);
        }
    });
    let saving = use_draft((chosen, kept), draft, move |(whom, answers)| {
        api::save_answers(hold, Some(whom), answers)
    });
    let intro = intro(&questions);
    let fields = typed.with_untracked(|now| {
        questions
            .iter()
            .map(|question| {
                let path = field(question);
                let key = format!("q{}", question.id);
                let value = now.get(&key).cloned().unwrap_or_default();
                let error = failure_at(failed, path);
                let on_change = Callback::new(move |text: String| {
                    typed.update(|typed| {
                        typed.insert(key.clone(), text);
                    });
                    answered.set(Some(typed.get_untracked()));
                });
                view! { <QuestionField question=question.clone() value error on_change/> }
            })
            .collect_view()
    });
    // The same judgement as the server's, while there is still time to act on it.
    let open = move || {
        typed.try_with(|typed| match check(&questions, typed) {
            Ok(_) => String::new(),
            Err(wrong) => still_open(&wrong),
        })
    };
    view! {
        <FieldGroup legend="Before your visit">
            <p class="muted">{intro}</p>
            {fields}
            <p class="fine" role="status">{open}</p>
            // While the page loads anew, the old form is still shown and its signals are gone.
            <p class="saving fine" role="status">{move || saving.try_get().map(Saving::words)}</p>
        </FieldGroup>
    }
}

/// How much is left of a form that was begun; nothing about one that was not.
fn still_open(wrong: &[(String, &'static str)]) -> String {
    match wrong.iter().filter(|(_, code)| *code == "required").count() {
        0 => String::new(),
        1 => "One question that we need is still open.".to_owned(),
        many => format!("{many} questions that we need are still open."),
    }
}

#[cfg(test)]
mod tests {
    use super::still_open;

    #[test]
    fn only_a_form_that_was_begun_says_what_is_open() {
        assert_eq!(still_open(&[(String::new(), "consent")]), "");
        assert!(still_open(&[(String::new(), "required")]).starts_with("One question"));
        assert!(still_open(&[(String::new(), "required"), (String::new(), "required")]).starts_with("2 questions"));
    }
}
