//! One question of a draft: its words, what belongs to its kind, its place.

use super::{editor::Acts, words};
use crate::model::{
    PrescreenId,
    prescreen::{LABEL_LIMIT, Question, QuestionKind, Step},
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn QuestionCard(
    question: Question,
    place: usize,
    /// The place of the last question.
    last: usize,
    /// What it lacks.
    wrong: Option<String>,
    form: PrescreenId,
    edition: i32,
    acts: Acts,
) -> impl IntoView {
    let id = question.id;
    let heading = if question.label.is_empty() {
        "No words yet".to_owned()
    } else {
        question.label.clone()
    };
    let facts = if question.required {
        format!("{}, needed", words::kind(question.kind.code()))
    } else {
        words::kind(question.kind.code()).to_owned()
    };
    let open = wrong.is_some();
    let note = wrong.map(|text| view! { <Banner tone=Tone::Warn text/> });
    let needed = if matches!(question.kind, QuestionKind::Consent) {
        "Needed: nobody requests a visit without it"
    } else {
        "Needed from whoever answers the form"
    };
    let name = move |field: &str| (format!("question[{field}]"), format!("q{id}-{field}"));
    let limit = u32::try_from(LABEL_LIMIT).unwrap_or(u32::MAX);
    let (label_name, label_id) = name("label");
    let (hint_name, hint_id) = name("hint");
    let (needed_name, needed_id) = name("required");
    let own = own_fields(&question.kind, name);
    let moves = view! { <Place id place last heading=heading.clone() form edition acts/> };
    view! {
        <li class="card stack" data-gap="small">
            <details open=open>
                <summary><strong>{heading}</strong> " " <span class="muted">{facts}</span></summary>
                {note}
                <ActionForm action=acts.save attr:class="form">
                    <input type="hidden" name="form" value=form.to_string()/>
                    <input type="hidden" name="seen" value=edition.to_string()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Field name=label_name id=label_id label="Question" maxlength=limit value=question.label/>
                    <Field name=hint_name id=hint_id label="Hint below it (optional)" maxlength=limit value=question.hint/>
                    {own}
                    <Checkbox name=needed_name id=needed_id label=needed checked=question.required/>
                    <div><Button button_type=ButtonType::Submit busy=acts.save.pending() busy_text="Saving">"Save the question"</Button></div>
                </ActionForm>
            </details>
            {moves}
        </li>
    }
}

/// What only this kind of question has.
fn own_fields(kind: &QuestionKind, name: impl Fn(&str) -> (String, String)) -> AnyView {
    match kind {
        QuestionKind::Choice(options) => {
            let (path, id) = name("options");
            let rows = u32::try_from(options.len()).unwrap_or(u32::MAX).clamp(3, 10);
            view! { <TextArea name=path id=id label="Choices, one a line" rows value=options.join("\n")/> }.into_any()
        }
        QuestionKind::Scale(scale) => {
            let number = |field: &str, label: &'static str, value: u8| {
                let (path, id) = name(field);
                view! { <Field name=path id=id label input_type="number" min="0" max="255" value=value.to_string()/> }
                    .into_any()
            };
            let word = |field: &str, label: &'static str, value: String| {
                let (path, id) = name(field);
                view! { <Field name=path id=id label value maxlength=60/> }.into_any()
            };
            let fields = [
                number("least", "Lowest number", scale.least),
                word("low", "It means", scale.low.clone()),
                number("most", "Highest number", scale.most),
                word("high", "It means", scale.high.clone()),
            ];
            view! { <FormRow>{fields.collect_view()}</FormRow> }.into_any()
        }
        QuestionKind::Text | QuestionKind::Date | QuestionKind::Consent => ().into_any(),
    }
}

#[component]
fn Place(
    id: u16,
    place: usize,
    last: usize,
    heading: String,
    form: PrescreenId,
    edition: i32,
    acts: Acts,
) -> impl IntoView {
    let step = move |step: Step, word: &'static str, off: bool| {
        let label = format!("{word}: {heading}");
        view! {
            <Button kind=ButtonKind::Quiet size=ButtonSize::Small button_type=ButtonType::Submit name="step"
                value=step.as_str().to_owned() label disabled=off>{word}</Button>
        }
    };
    view! {
        <ActionForm action=acts.arrange attr:class="cluster">
            <input type="hidden" name="form" value=form.to_string()/>
            <input type="hidden" name="seen" value=edition.to_string()/>
            <input type="hidden" name="id" value=id.to_string()/>
            {step(Step::Up, "Up", place == 0)}
            {step(Step::Down, "Down", place == last)}
            {step(Step::Remove, "Remove", false)}
        </ActionForm>
    }
}
