//! Words for those who write a form.

use crate::model::prescreen::{MOST_OPTIONS, MOST_QUESTIONS, OPTION_LIMIT, Problem};

/// What a kind of question is called where it is chosen.
pub fn kind(code: &str) -> &'static str {
    match code {
        "text" => "Text in own words",
        "choice" => "Choice of one",
        "scale" => "Scale of numbers",
        "date" => "Date",
        _ => "Consent to tick",
    }
}

pub fn problem(problem: Problem) -> String {
    match problem {
        Problem::NoQuestions => "There is no question yet.".to_owned(),
        Problem::TooManyQuestions => format!("More than {MOST_QUESTIONS} questions are more than anybody answers."),
        Problem::NoLabel => "The question has no words.".to_owned(),
        Problem::TooLong => format!("A text is too long; a choice has {OPTION_LIMIT} characters at most."),
        Problem::FewOptions => "A choice needs two lines at least.".to_owned(),
        Problem::TooManyOptions => format!("A choice has {MOST_OPTIONS} lines at most."),
        Problem::SameOptions => "Two lines of the choice read alike.".to_owned(),
        Problem::ScaleEnds => "The highest number must be above the lowest, by 20 at most.".to_owned(),
    }
}

/// "version 2, changes not published"
pub fn standing(version: Option<i32>, changed: bool, retired: bool) -> String {
    let version = version.map(|number| format!("version {number}"));
    match (version, changed, retired) {
        (None, _, false) => "not published".to_owned(),
        (None, _, true) => "never published, not asked".to_owned(),
        (Some(version), _, true) => format!("{version}, not asked any more"),
        (Some(version), true, false) => format!("{version}, changes not published"),
        (Some(version), false, false) => version,
    }
}

/// Whom a form asks.
pub fn asks(service: Option<&str>) -> String {
    match service {
        Some(service) => format!("For {service}"),
        None => "For every service without a form of its own".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{kind, standing};
    use crate::model::prescreen::QuestionKind;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_its_own_words() {
        let words: BTreeSet<_> = QuestionKind::CODES.iter().map(|code| kind(code)).collect();
        assert_eq!(words.len(), QuestionKind::CODES.len());
    }

    #[test]
    fn where_a_form_stands_is_said_in_a_few_words() {
        assert_eq!(standing(None, true, false), "not published");
        assert_eq!(standing(Some(2), true, false), "version 2, changes not published");
        assert_eq!(standing(Some(2), true, true), "version 2, not asked any more");
    }
}
