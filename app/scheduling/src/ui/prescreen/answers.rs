//! Answers as they are read, each under its question.

use crate::{api::view::AnswersView, ui::parts::At};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Answers(answers: AnswersView, title: &'static str) -> impl IntoView {
    let rows = answers
        .rows
        .into_iter()
        .map(|row| {
            let answer = match row.answer {
                Some(answer) => view! { <p class="quote">{answer}</p> }.into_any(),
                None => view! { <p class="muted">"No answer"</p> }.into_any(),
            };
            view! { <li class="stack" data-gap="small"><p class="strong">{row.question}</p>{answer}</li> }
        })
        .collect_view();
    view! {
        <Section title>
            <ul class="stack">{rows}</ul>
            <p class="fine">{answers.form} ", version " {answers.version} ", answered " <At when=answers.at/></p>
        </Section>
    }
}
