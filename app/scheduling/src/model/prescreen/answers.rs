//! From what a form sends to answers, and back to what a page shows.

use super::question::{ANSWER_LIMIT, Question, QuestionKind};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// What a form holds, by the name of its field: "q3" -> "Sleep". Empty texts are no answers.
pub type Typed = BTreeMap<String, String>;

/// Judged answers by the id of their question: trimmed text, the place of a choice, a number, a date, "true".
pub type Answers = BTreeMap<u16, String>;

/// What a ticked consent sends.
const TICKED: &str = "true";

fn name(question: &Question) -> String {
    format!("q{}", question.id)
}

/// The name of a question's field in a form, which is also where a refusal points.
pub fn field(question: &Question) -> String {
    format!("answers[{}]", name(question))
}

/// Judges a whole form. The form may be left empty: nothing is needed of whoever answers nothing, but for a needed consent,
/// without which nobody asks for a visit. Whoever answers anything answers all that is needed.
///
/// # Errors
/// Every wrong field with its code: `required`, `consent`, `too_long`, `unknown`, `malformed`.
pub fn check(questions: &[Question], typed: &Typed) -> Result<Answers, Vec<(String, &'static str)>> {
    let given = |question: &Question| typed.get(&name(question)).map(|text| told(text)).unwrap_or_default();
    let begun = questions
        .iter()
        .any(|question| !question.is_needed_consent() && !given(question).is_empty());
    let (mut answers, mut wrong) = (Answers::new(), Vec::new());
    for question in questions {
        match given(question).as_str() {
            "" if question.is_needed_consent() => wrong.push((field(question), "consent")),
            "" if question.required && begun => wrong.push((field(question), "required")),
            "" => {}
            text => match judge(question, text) {
                Ok(answer) => {
                    answers.insert(question.id, answer);
                }
                Err(code) => wrong.push((field(question), code)),
            },
        }
    }
    if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
}

/// A form without script sends two characters for the end of a line where the browser counts one.
fn told(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

/// One answer in the form in which it is kept.
fn judge(question: &Question, text: &str) -> Result<String, &'static str> {
    match &question.kind {
        QuestionKind::Text if text.chars().count() > ANSWER_LIMIT => Err("too_long"),
        QuestionKind::Text => Ok(text.to_owned()),
        QuestionKind::Choice(options) => match text.parse::<usize>() {
            Ok(place) if place < options.len() => Ok(place.to_string()),
            _ => Err("unknown"),
        },
        QuestionKind::Scale(scale) => match text.parse::<u8>() {
            Ok(number) if (scale.least..=scale.most).contains(&number) => Ok(number.to_string()),
            _ => Err("unknown"),
        },
        QuestionKind::Date => match text.parse::<NaiveDate>() {
            Ok(date) if (1900..=2200).contains(&date.year()) => Ok(date.to_string()),
            _ => Err("malformed"),
        },
        QuestionKind::Consent if text == TICKED => Ok(text.to_owned()),
        QuestionKind::Consent => Err("unknown"),
    }
}

/// What is worth keeping of a form that is not sent yet: every field that can be read, whatever else is missing.
pub fn drafted(questions: &[Question], typed: &Typed) -> Answers {
    questions
        .iter()
        .filter_map(|question| {
            let text = told(typed.get(&name(question))?);
            let kept = match question.kind {
                // A text that is too long is cut rather than lost; sending says so.
                QuestionKind::Text => text
                    .chars()
                    .take(ANSWER_LIMIT)
                    .collect::<String>()
                    .trim_end()
                    .to_owned(),
                _ => judge(question, &text).ok()?,
            };
            (!kept.is_empty()).then_some((question.id, kept))
        })
        .collect()
}

/// Answers as a form holds them.
pub fn typed(questions: &[Question], answers: &Answers) -> Typed {
    questions
        .iter()
        .filter_map(|question| Some((name(question), answers.get(&question.id)?.clone())))
        .collect()
}

/// Those answers of an older version that still answer the same question. A consent is given anew: its words may not have
/// changed, but what stands around it has.
pub fn carry(old: &[Question], new: &[Question], answers: &Answers) -> Answers {
    answers
        .iter()
        .filter(|(id, _)| {
            let of = |questions: &[Question]| questions.iter().find(|question| question.id == **id).cloned();
            match (of(old), of(new)) {
                (Some(old), Some(new)) => {
                    old.label == new.label && old.kind == new.kind && new.kind != QuestionKind::Consent
                }
                _ => false,
            }
        })
        .map(|(id, answer)| (*id, answer.clone()))
        .collect()
}

/// An answer in words, for whoever reads it; `None` when nothing was answered.
pub fn said(question: &Question, answers: &Answers) -> Option<String> {
    let answer = answers.get(&question.id)?;
    Some(match &question.kind {
        QuestionKind::Text => answer.clone(),
        QuestionKind::Choice(options) => answer
            .parse::<usize>()
            .ok()
            .and_then(|place| options.get(place).cloned())?,
        QuestionKind::Scale(scale) => format!("{answer} (from {} to {})", scale.least, scale.most),
        QuestionKind::Date => answer
            .parse::<NaiveDate>()
            .ok()
            .map(|date| date.format("%a %-d %b %Y").to_string())?,
        QuestionKind::Consent => "Agreed".to_owned(),
    })
}
