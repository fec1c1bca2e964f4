//! The sentences of this slice (screens.md, section 3).

use crate::model::{PatientKind, state_name};
use kernel::ApiError;
use kit::prelude::FieldProblem;

/// "Adult, 35, Illinois".
pub fn about(kind: PatientKind, age: Option<u32>, state_code: &str) -> String {
    let kind = match kind {
        PatientKind::Adult => "Adult",
        PatientKind::Child => "Child",
    };
    let state = state_name(state_code).unwrap_or(state_code);
    match age {
        Some(age) => format!("{kind}, {age}, {state}"),
        None => format!("{kind}, {state}"),
    }
}

/// The sentence for a wrong field of the form.
pub fn problem(field: &str, code: &str) -> String {
    let text = match (field, code) {
        ("kind", _) => "Choose adult or child.",
        ("given_name", "missing") => "Enter the given name.",
        ("family_name", "missing") => "Enter the family name.",
        ("birth_date", "not_possible") => {
            "This date cannot be a birth date: it lies ahead or more than 120 years back."
        }
        ("birth_date", _) => "Enter the date as year-month-day, or leave it empty.",
        ("email", "contact_missing") => "Enter an e-mail or a phone number, so that our team can reach them.",
        ("email", _) => "This is not a whole e-mail address, like name@example.org.",
        ("phone", _) => "Enter 5 to 15 digits, like +1 312 555 0117.",
        ("state_code", _) => "Choose the state the patient lives in: it decides which licences fit.",
        ("zone", _) => "Choose the time zone the patient lives in.",
        (_, "too_long") => "This is too long. Shorten it.",
        _ => "This needs a change.",
    };
    text.to_owned()
}

/// Everything that is wrong with the form after an answer.
pub fn problems(error: &ApiError) -> Vec<FieldProblem> {
    match error {
        ApiError::Invalid(fields) => fields
            .iter()
            .map(|wrong| FieldProblem::new(wrong.field.clone(), problem(&wrong.field, &wrong.code)))
            .collect(),
        ApiError::SignedOut => vec![FieldProblem::whole(
            "You are signed out, so nothing was saved. Sign in in another tab, then press Add the patient again.",
        )],
        ApiError::Unavailable | ApiError::Transport => {
            vec![FieldProblem::whole(
                "Saving failed, your text is kept. Try again in a minute.",
            )]
        }
        _ => vec![FieldProblem::whole(
            "Saving failed, your text is kept. Our team sees the fault in the log.",
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::{about, problems};
    use crate::model::PatientKind;
    use kernel::ApiError;

    #[test]
    fn a_patient_in_one_line() {
        assert_eq!(about(PatientKind::Child, Some(7), "IL"), "Child, 7, Illinois");
        assert_eq!(about(PatientKind::Adult, None, "NY"), "Adult, New York");
    }

    #[test]
    fn a_wrong_field_keeps_its_name_and_gets_a_sentence() {
        let problems = problems(&ApiError::field("email", "contact_missing"));
        assert_eq!(problems[0].field, "email");
        assert!(problems[0].text.contains("phone"));
    }
}
