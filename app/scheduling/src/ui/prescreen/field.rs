//! The field of a question, as the patient sees it.

use crate::model::prescreen::{ANSWER_LIMIT, Question, QuestionKind, Scale, field};
use kit::prelude::*;
use leptos::prelude::*;

/// Only a needed consent is the browser's to insist on: everything else may be left out with the whole form.
#[component]
pub fn QuestionField(
    question: Question,
    value: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let name = field(&question);
    let needed = question.is_needed_consent();
    let Question {
        label, hint, required, ..
    } = question;
    let hint = match (hint.is_empty(), required && !needed) {
        (true, true) => "We need this one if you answer.".to_owned(),
        (false, true) => format!("{hint} We need this one if you answer."),
        (_, false) => hint,
    };
    // A prop that may be missing is missing when there is nothing to say.
    let has_hint = !hint.is_empty();
    let on_change = on_change.unwrap_or_else(|| Callback::new(|_: String| {}));
    match question.kind {
        QuestionKind::Text if has_hint => {
            view! { <TextArea name label value hint rows=3 maxlength=limit() error on_input=on_change/> }.into_any()
        }
        QuestionKind::Text => {
            view! { <TextArea name label value rows=3 maxlength=limit() error on_input=on_change/> }.into_any()
        }
        QuestionKind::Date if has_hint => {
            view! { <Field name label value hint input_type="date" error on_input=on_change/> }.into_any()
        }
        QuestionKind::Date => view! { <Field name label value input_type="date" error on_input=on_change/> }.into_any(),
        QuestionKind::Choice(options) => {
            let options = (0..)
                .zip(options)
                .map(|(place, option): (usize, _)| Choice::new(place.to_string(), option));
            radios(
                name,
                label,
                hint,
                options.collect(),
                ChoiceLayout::Rows,
                value,
                error,
                on_change,
            )
        }
        QuestionKind::Scale(scale) => radios(
            name,
            label,
            hint,
            steps(scale),
            ChoiceLayout::Line,
            value,
            error,
            on_change,
        ),
        QuestionKind::Consent => {
            let ticked = Callback::new(move |ticked: bool| {
                on_change.run(if ticked { "true".to_owned() } else { String::new() });
            });
            let checked = value == "true";
            if has_hint {
                view! { <Checkbox name label checked hint required=needed error on_change=ticked/> }.into_any()
            } else {
                view! { <Checkbox name label checked required=needed error on_change=ticked/> }.into_any()
            }
        }
    }
}

fn limit() -> u32 {
    u32::try_from(ANSWER_LIMIT).unwrap_or(u32::MAX)
}

/// "0, badly", "1", …, "5, well"
fn steps(scale: Scale) -> Vec<Choice> {
    (scale.least..=scale.most)
        .map(|step| {
            let word = match step {
                least if least == scale.least => &scale.low,
                most if most == scale.most => &scale.high,
                _ => "",
            };
            let label = if word.is_empty() {
                step.to_string()
            } else {
                format!("{step}, {word}")
            };
            Choice::new(step.to_string(), label)
        })
        .collect()
}

/// With a way back: what was chosen can be taken away again without script too.
#[expect(
    clippy::too_many_arguments,
    reason = "the props of one component, for two kinds of question"
)]
fn radios(
    name: String,
    legend: String,
    hint: String,
    mut options: Vec<Choice>,
    layout: ChoiceLayout,
    value: String,
    error: Signal<Option<String>>,
    on_change: Callback<String>,
) -> AnyView {
    options.push(Choice::new("", "No answer"));
    if hint.is_empty() {
        view! { <RadioGroup name legend options layout value error on_change/> }.into_any()
    } else {
        view! { <RadioGroup name legend options layout value hint error on_change/> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::QuestionFieldProps;
    use crate::ui::testing::{asked, render};
    use leptos::prelude::*;

    fn shown(place: usize, value: &str, required: bool) -> String {
        let mut question = asked().questions.remove(place);
        question.required = required;
        render(|| {
            super::QuestionField(QuestionFieldProps {
                question,
                value: value.to_owned(),
                error: Signal::stored(None),
                on_change: None,
            })
            .into_any()
        })
    }

    #[test]
    fn a_choice_can_be_taken_back_and_keeps_what_was_chosen() {
        let html = shown(1, "1", false);
        assert!(html.contains("No answer") && html.contains("Evenings"), "{html}");
        let chosen = &html[..html.find("Evenings").unwrap()];
        assert!(chosen[chosen.rfind("<input").unwrap()..].contains("checked"), "{html}");
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
    }

    #[test]
    fn a_scale_names_its_ends() {
        let html = shown(2, "", false);
        assert!(html.contains("0, badly") && html.contains("5, well"), "{html}");
        assert_eq!(html.matches("type=\"radio\"").count(), 7, "six steps and no answer");
    }

    #[test]
    fn only_a_consent_is_required_of_everybody() {
        for place in 0..5 {
            let html = shown(place, "", true);
            assert_eq!(html.contains(" required"), place == 4, "{html}");
            assert_eq!(html.contains("We need this one if you answer."), place != 4, "{html}");
        }
    }
}
