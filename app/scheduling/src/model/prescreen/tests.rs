use super::{
    Answers, Problem, Question, QuestionKind, Scale, Step, Typed, arrange, carry, check, drafted, field, next_id,
    problems, said, typed,
};
use proptest::prelude::*;

fn question(id: u16, kind: QuestionKind, required: bool) -> Question {
    Question {
        id,
        label: format!("Question {id}"),
        hint: String::new(),
        required,
        kind,
    }
}

fn scale(least: u8, most: u8) -> QuestionKind {
    QuestionKind::Scale(Scale {
        least,
        most,
        low: "not at all".to_owned(),
        high: "very much".to_owned(),
    })
}

fn form() -> Vec<Question> {
    vec![
        question(1, QuestionKind::Text, true),
        question(
            2,
            QuestionKind::Choice(vec!["Days".to_owned(), "Evenings".to_owned()]),
            false,
        ),
        question(3, scale(0, 10), true),
        question(4, QuestionKind::Date, false),
        question(5, QuestionKind::Consent, false),
    ]
}

fn filled(fields: &[(&str, &str)]) -> Typed {
    fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn a_form_may_be_left_empty() {
    assert_eq!(check(&form(), &Typed::new()), Ok(Answers::new()));
    assert_eq!(check(&form(), &filled(&[("q1", "  "), ("q3", "")])), Ok(Answers::new()));
}

#[test]
fn whoever_answers_something_answers_what_is_needed() {
    let wrong = check(&form(), &filled(&[("q2", "1")])).unwrap_err();
    assert_eq!(
        wrong,
        [
            ("answers[q1]".to_owned(), "required"),
            ("answers[q3]".to_owned(), "required")
        ]
    );
    let answers = check(&form(), &filled(&[("q1", " Sleep "), ("q2", "1"), ("q3", "007")])).unwrap();
    assert_eq!(answers[&1], "Sleep");
    assert_eq!(answers[&3], "7");
}

#[test]
fn the_end_of_a_line_counts_as_one_character_as_in_the_browser() {
    let full = "a\r\n".repeat(super::ANSWER_LIMIT / 2 - 1) + "ab";
    let sent = filled(&[("q1", full.as_str()), ("q2", "1"), ("q3", "7")]);
    let plain = full.replace('\r', "");
    assert_eq!(check(&form(), &sent).unwrap()[&1], plain);
    assert_eq!(drafted(&form(), &sent)[&1], plain, "nor is its end cut off a draft");
}

#[test]
fn a_needed_consent_is_needed_of_everybody_and_asks_for_nothing_else() {
    let mut questions = form();
    questions[4].required = true;
    let wrong = check(&questions, &Typed::new()).unwrap_err();
    assert_eq!(wrong, [("answers[q5]".to_owned(), "consent")]);
    let answers = check(&questions, &filled(&[("q5", "true")])).unwrap();
    assert_eq!(answers, Answers::from([(5, "true".to_owned())]));
    assert_eq!(
        check(&questions, &filled(&[("q5", "no")])).unwrap_err(),
        [("answers[q5]".to_owned(), "unknown")]
    );
}

#[test]
fn what_no_honest_form_sends_is_refused() {
    for (name, text, code) in [
        ("q2", "2", "unknown"),
        ("q2", "Days", "unknown"),
        ("q3", "11", "unknown"),
        ("q3", "-1", "unknown"),
        ("q4", "soon", "malformed"),
        ("q4", "0001-01-01", "malformed"),
        ("q5", "yes", "unknown"),
    ] {
        let mut sent = filled(&[("q1", "a"), ("q3", "1")]);
        sent.insert(name.to_owned(), text.to_owned());
        assert_eq!(
            check(&form(), &sent).unwrap_err(),
            [(format!("answers[{name}]"), code)],
            "{text}"
        );
    }
    let long = "a".repeat(super::ANSWER_LIMIT + 1);
    let sent = filled(&[("q1", &long), ("q3", "1")]);
    assert_eq!(check(&form(), &sent).unwrap_err()[0].1, "too_long");
    assert_eq!(
        drafted(&form(), &sent)[&1].len(),
        super::ANSWER_LIMIT,
        "kept as far as it goes"
    );
}

#[test]
fn a_draft_keeps_what_can_be_read() {
    let kept = drafted(
        &form(),
        &filled(&[("q1", "Sleep"), ("q2", "9"), ("q4", "2027-03-"), ("q9", "x")]),
    );
    assert_eq!(kept, Answers::from([(1, "Sleep".to_owned())]));
}

#[test]
fn answers_are_said_in_the_words_of_their_question() {
    let answers = Answers::from([
        (1, "Sleep".to_owned()),
        (2, "1".to_owned()),
        (3, "7".to_owned()),
        (4, "2027-03-02".to_owned()),
        (5, "true".to_owned()),
    ]);
    let words: Vec<_> = form()
        .iter()
        .map(|question| said(question, &answers).unwrap())
        .collect();
    assert_eq!(
        words,
        ["Sleep", "Evenings", "7 (from 0 to 10)", "Tue 2 Mar 2027", "Agreed"]
    );
    assert_eq!(said(&form()[0], &Answers::new()), None);
}

#[test]
fn only_answers_to_the_same_question_are_carried_into_a_new_version() {
    let old = form();
    let mut new = form();
    new[0].label = "Something else".to_owned();
    new[1].required = true;
    new.remove(2);
    let answers = Answers::from([
        (1, "Sleep".to_owned()),
        (2, "1".to_owned()),
        (3, "7".to_owned()),
        (5, "true".to_owned()),
    ]);
    assert_eq!(carry(&old, &new, &answers), Answers::from([(2, "1".to_owned())]));
}

#[test]
fn a_draft_says_what_it_lacks() {
    assert_eq!(problems(&[]), [(None, Problem::NoQuestions)]);
    assert_eq!(problems(&form()), []);
    let mut nameless = form();
    nameless[0].label = " ".to_owned();
    assert_eq!(problems(&nameless), [(Some(1), Problem::NoLabel)]);
    for (kind, problem) in [
        (QuestionKind::Choice(vec!["One".to_owned()]), Problem::FewOptions),
        (
            QuestionKind::Choice(vec!["One".to_owned(), String::new()]),
            Problem::FewOptions,
        ),
        (
            QuestionKind::Choice(vec!["One".to_owned(), "One ".to_owned()]),
            Problem::SameOptions,
        ),
        (
            QuestionKind::Choice((0..21).map(|place| place.to_string()).collect()),
            Problem::TooManyOptions,
        ),
        (scale(3, 3), Problem::ScaleEnds),
        (scale(0, 200), Problem::ScaleEnds),
    ] {
        assert_eq!(
            problems(&[question(1, kind.clone(), false)]),
            [(Some(1), problem)],
            "{kind:?}"
        );
    }
}

#[test]
fn questions_move_within_their_form() {
    let ids = |questions: &[Question]| questions.iter().map(|question| question.id).collect::<Vec<_>>();
    let mut questions = form();
    assert!(arrange(&mut questions, 1, Step::Up));
    assert_eq!(ids(&questions), [1, 2, 3, 4, 5]);
    arrange(&mut questions, 1, Step::Down);
    arrange(&mut questions, 5, Step::Down);
    assert_eq!(ids(&questions), [2, 1, 3, 4, 5]);
    arrange(&mut questions, 3, Step::Remove);
    assert!(!arrange(&mut questions, 3, Step::Up), "it is gone");
    assert_eq!(next_id(&questions, &form()), 6);
    assert_eq!(next_id(&questions[..2], &[question(9, QuestionKind::Date, false)]), 10);
}

fn kinds() -> impl Strategy<Value = QuestionKind> {
    prop_oneof![
        Just(QuestionKind::Text),
        (2..5_usize).prop_map(|many| QuestionKind::Choice((0..many).map(|place| format!("Choice {place}")).collect())),
        (0..5_u8, 6..12_u8).prop_map(|(least, most)| scale(least, most)),
        Just(QuestionKind::Date),
        Just(QuestionKind::Consent),
    ]
}

fn forms() -> impl Strategy<Value = Vec<Question>> {
    prop::collection::vec((kinds(), any::<bool>()), 1..8).prop_map(|all| {
        (1..)
            .zip(all)
            .map(|(id, (kind, required))| question(id, kind, required))
            .collect()
    })
}

/// Anything a browser, or somebody who is none, might send.
fn sent() -> impl Strategy<Value = Typed> {
    let text = prop_oneof![
        Just(String::new()),
        Just("true".to_owned()),
        "[0-9]{1,3}",
        Just("2027-03-02".to_owned()),
        ".{0,20}",
    ];
    prop::collection::btree_map("q[0-9]", text, 0..9)
}

proptest! {
    /// What is kept is judged alike again: answers never change by being shown and sent once more.
    #[test]
    fn judged_answers_pass_again_and_stay_the_same(questions in forms(), sent in sent()) {
        if let Ok(answers) = check(&questions, &sent) {
            prop_assert_eq!(check(&questions, &typed(&questions, &answers)), Ok(answers.clone()));
            for question in &questions {
                prop_assert_eq!(said(question, &answers).is_some(), answers.contains_key(&question.id));
            }
        }
    }

    /// Nothing is kept that no question asked for, and a needed consent is in every form that passes.
    #[test]
    fn no_answer_without_a_question_and_no_request_without_a_needed_consent(questions in forms(), sent in sent()) {
        match check(&questions, &sent) {
            Ok(answers) => {
                prop_assert!(answers.keys().all(|id| questions.iter().any(|question| question.id == *id)));
                for question in questions.iter().filter(|question| question.is_needed_consent()) {
                    prop_assert_eq!(answers.get(&question.id).map(String::as_str), Some("true"));
                }
                let more = answers.keys().any(|id| !questions.iter().any(|one| one.id == *id && one.is_needed_consent()));
                prop_assert!(!more || questions.iter().all(|one| !one.required || answers.contains_key(&one.id)));
            }
            Err(wrong) => {
                prop_assert!(!wrong.is_empty());
                prop_assert!(wrong.iter().all(|(at, _)| questions.iter().any(|question| field(question) == *at)));
            }
        }
    }

    /// A form passes empty exactly if it needs no consent.
    #[test]
    fn skipping_is_refused_only_by_a_needed_consent(questions in forms()) {
        let needs = questions.iter().any(Question::is_needed_consent);
        prop_assert_eq!(check(&questions, &Typed::new()).is_err(), needs);
    }

    /// A draft is made of answers that stand, and keeping it again changes nothing.
    #[test]
    fn a_draft_is_kept_as_it_was(questions in forms(), sent in sent()) {
        let kept = drafted(&questions, &sent);
        prop_assert_eq!(drafted(&questions, &typed(&questions, &kept)), kept.clone());
        prop_assert!(carry(&questions, &questions, &kept).len() <= kept.len());
    }
}
