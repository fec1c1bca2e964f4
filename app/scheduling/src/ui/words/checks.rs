//! The checks of a request, as the desk reads them.

use crate::api::view::{CheckState, CheckView};
use kit::Tone;

/// One check in words. The detail is a number or code that the server sends along.
pub fn check(check: &CheckView) -> String {
    let ok = check.state == CheckState::Ok;
    let detail = check.detail.as_str();
    let state = people::model::state_name(detail).unwrap_or(detail);
    match (check.code.as_str(), ok) {
        ("licence", true) => format!("Licence {state}"),
        ("licence", false) => format!("No valid licence in {state}"),
        ("notice", true) => "Notice".to_owned(),
        ("notice", false) => "Shorter notice than usual".to_owned(),
        ("open_requests", _) => format!("Open requests of this patient: {}", detail.replace('/', " of ")),
        ("therapist_free", true) => "Therapist is free".to_owned(),
        ("therapist_free", false) => "Something else lies across the therapist's time".to_owned(),
        ("hours", true) => "Inside the working hours".to_owned(),
        ("hours", false) => "Outside the working hours".to_owned(),
        ("patient_free", true) => "Patient is free".to_owned(),
        ("patient_free", false) => "The patient has another visit at this time".to_owned(),
        ("same_day", _) => format!("Visits of the therapist that day: {detail}"),
        _ => "One more check".to_owned(),
    }
}

pub const fn check_tone(state: CheckState) -> Tone {
    match state {
        CheckState::Ok => Tone::Good,
        CheckState::Attention => Tone::Warn,
        CheckState::Stop => Tone::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::api::view::{CheckState, CheckView};

    #[test]
    fn every_documented_check_has_words_in_every_state() {
        let text = include_str!("../../api/view/desk.rs");
        let from = text.find("One check of a request").unwrap();
        let documented = &text[from..from + text[from..].find("#[derive").unwrap()];
        let codes: Vec<_> = documented
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| *code != "code")
            .collect();
        assert!(codes.len() >= 7, "{codes:?}");
        for code in codes {
            for state in [CheckState::Ok, CheckState::Attention, CheckState::Stop] {
                let words = check(&CheckView {
                    code: code.to_owned(),
                    state,
                    detail: "2".to_owned(),
                });
                assert_ne!(words, "One more check", "{code}");
            }
        }
    }
}
