//! What a draft lacks before patients may see it.

use super::question::{LABEL_LIMIT, MOST_OPTIONS, MOST_QUESTIONS, OPTION_LIMIT, Question, QuestionKind};
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Of the whole form.
    NoQuestions,
    /// Of the whole form.
    TooManyQuestions,
    NoLabel,
    TooLong,
    /// A choice between fewer than two things is none.
    FewOptions,
    TooManyOptions,
    /// Two choices read alike.
    SameOptions,
    /// The upper end is not above the lower, or the steps are too many to tap.
    ScaleEnds,
}

/// Steps of the longest scale.
const LONGEST_SCALE: u8 = 20;

/// Everything that is missing, with the question it is about.
pub fn problems(questions: &[Question]) -> Vec<(Option<u16>, Problem)> {
    let whole = match questions.len() {
        0 => Some(Problem::NoQuestions),
        many if many > MOST_QUESTIONS => Some(Problem::TooManyQuestions),
        _ => None,
    };
    let each = questions
        .iter()
        .filter_map(|question| problem(question).map(|problem| (Some(question.id), problem)));
    whole.map(|problem| (None, problem)).into_iter().chain(each).collect()
}

fn problem(question: &Question) -> Option<Problem> {
    let long = |text: &str, limit: usize| text.chars().count() > limit;
    if question.label.trim().is_empty() {
        return Some(Problem::NoLabel);
    }
    if long(&question.label, LABEL_LIMIT) || long(&question.hint, LABEL_LIMIT) {
        return Some(Problem::TooLong);
    }
    match &question.kind {
        QuestionKind::Choice(options) => {
            let apart: BTreeSet<&str> = options.iter().map(|option| option.trim()).collect();
            if options.len() < 2 || options.iter().any(|option| option.trim().is_empty()) {
                Some(Problem::FewOptions)
            } else if options.len() > MOST_OPTIONS {
                Some(Problem::TooManyOptions)
            } else if options.iter().any(|option| long(option, OPTION_LIMIT)) {
                Some(Problem::TooLong)
            } else {
                (apart.len() < options.len()).then_some(Problem::SameOptions)
            }
        }
        QuestionKind::Scale(scale) => {
            if long(&scale.low, LABEL_LIMIT) || long(&scale.high, LABEL_LIMIT) {
                Some(Problem::TooLong)
            } else {
                (scale.least >= scale.most || scale.most - scale.least > LONGEST_SCALE).then_some(Problem::ScaleEnds)
            }
        }
        QuestionKind::Text | QuestionKind::Date | QuestionKind::Consent => None,
    }
}
