//! Sentences for everything a server function may answer. Codes arrive through the address when there is no script, so
//! an unknown code gets one general sentence: text never comes from the link (security.md 4.4).

use kernel::ApiError;

/// Every refusal code of this slice with its sentence: what happened, what was kept, what comes next.
const REFUSALS: &[(&str, &str)] = &[
    (
        "slot_taken",
        "This time was taken a moment ago. These times are free now.",
    ),
    (
        "patient_busy",
        "There is another visit or request at this time. Choose a different time.",
    ),
    (
        "therapist_away",
        "The therapist is away at this time. Choose a different time.",
    ),
    (
        "hold_expired",
        "The time is no longer kept for you. Your answers are saved.",
    ),
    ("hold_over", "This was sent or let go before. Nothing was sent twice."),
    (
        "too_many_requests",
        "There are as many open requests as possible. Withdraw one, or wait for an answer. Your answers are saved.",
    ),
    (
        "no_licence",
        "This therapist has no licence in the patient's state. Choose another therapist.",
    ),
    (
        "not_accepting",
        "This therapist takes no new patients now. Choose another therapist.",
    ),
    (
        "already_decided",
        "Somebody decided this a moment ago. The page shows how.",
    ),
    (
        "request_expired",
        "This request ran out before it was answered. The time is free again.",
    ),
    (
        "time_gone",
        "The time is gone: something else now lies across it. Nothing was approved; the request waits as Time gone.",
    ),
    (
        "question_open",
        "A question is still unanswered. Wait for the answer, or decide without it.",
    ),
    (
        "proposal_over",
        "These times are no longer kept for you. The page shows what is possible now.",
    ),
    (
        "offer_over",
        "This time is no longer kept for you. Nothing was changed.",
    ),
    (
        "waits_already",
        "You are on the waiting list for this already. Nothing was added.",
    ),
    ("too_early", "The visit is not over yet. Confirm it after its end."),
    (
        "too_late",
        "It is too late for this change. Please call or write to our team.",
    ),
    (
        "rules_moved_on",
        "Somebody else changed these rules a moment ago. Nothing was saved; both values are shown.",
    ),
    (
        "form_moved_on",
        "Somebody else changed this form a moment ago. Nothing was saved; the page shows how it is now.",
    ),
    (
        "one_already",
        "There is a form for this already. Change that one, or stop asking it first.",
    ),
    (
        "some_hindered",
        "Some of the new times are not free. Nothing was moved. Choose another time, or leave those visits where they are.",
    ),
    (
        "reminded_today",
        "The therapist was reminded of this visit less than a day ago. Nothing was sent twice; call them if it presses.",
    ),
    (
        "too_large",
        "What you typed is too long, so nothing was saved. Shorten it and send it again.",
    ),
    ("already_done", "This was done before. Nothing was changed twice."),
    (
        "other_request",
        "This page was used before for something else. Load it again, then repeat the step.",
    ),
];

/// Every code of a wrong field.
const FIELDS: &[(&str, &str)] = &[
    ("required", "Fill this in."),
    ("too_long", "This text is too long. Shorten it and send it again."),
    ("not_sooner", "That is not sooner than the visit they have."),
    ("malformed", "This could not be read. Check how it is written."),
    ("unknown", "Choose one from the list."),
    ("in_the_past", "This date is over. Choose today or a later one."),
    ("out_of_range", "This is outside of what is allowed."),
    (
        "not_here",
        "This is one for the whole organisation and cannot differ here.",
    ),
    ("contradicts", "This contradicts another value."),
    ("nothing_changed", "Nothing differs from what is in force."),
    ("not_an_origin", "Write it like https://example.org, without a path."),
    ("overlap", "These hours overlap with another row of that day."),
    (
        "series_range",
        "A series has 2 to 52 visits within a year. Plan fewer, or a later one anew.",
    ),
    (
        "on_next_page",
        "Cut this text and put it on the next page, where every visit is listed.",
    ),
    (
        "consent",
        "We need this to take your request. Tick it, or call our team.",
    ),
    ("unfinished", "Something is missing. The list above says what."),
    ("unfit", "This kind of visit is not for this patient. Choose another."),
    ("too_many", "Choose three times at most."),
    ("empty", "The end must be later than the start."),
];

const SOMETHING_REFUSED: &str = "This was not possible. Nothing was changed.";

fn find(table: &[(&'static str, &'static str)], code: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, sentence)| *sentence)
}

/// What the form says about a wrong field.
pub fn field(code: &str) -> &'static str {
    find(FIELDS, code).unwrap_or("Check this field.")
}

/// What a page says when an act or a load was not carried out.
pub fn error(error: &ApiError) -> &'static str {
    match error {
        ApiError::SignedOut => "You are signed out. Sign in again; what was saved is still there.",
        ApiError::NotFound => "This is not here, or it belongs to somebody else. Nothing was changed.",
        ApiError::Invalid(_) => "Something in the form is missing or wrong. What you typed is kept.",
        ApiError::Refused(code) => find(REFUSALS, code).unwrap_or(SOMETHING_REFUSED),
        ApiError::TooMany(_) => "Too many tries. Wait a minute, then try again.",
        ApiError::Unavailable => "Saving failed, your text is kept. Try again in a moment.",
        ApiError::Internal => "A fault on our side. Nothing was changed. Try again, or write to our team.",
        ApiError::Transport => "No answer came. Check the connection and try again; nothing is sent twice.",
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, REFUSALS, SOMETHING_REFUSED, error, field};
    use kernel::ApiError;

    /// The codes as `api` documents them: its doc comment is the contract between service and words.
    fn documented(after: &str) -> Vec<&'static str> {
        let text = include_str!("../../api/mod.rs");
        let from = text.find(after).unwrap() + after.len();
        let end = text[from..].find('.').unwrap() + from;
        text[from..end].split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn every_documented_refusal_has_words() {
        let codes = documented("(`ApiError::Refused`):");
        assert!(codes.len() >= 14, "{codes:?}");
        for code in codes {
            assert_ne!(error(&ApiError::refused(code)), SOMETHING_REFUSED, "{code}");
        }
    }

    #[test]
    fn every_documented_field_code_has_words() {
        let codes = documented("(`ApiError::Invalid`):");
        assert!(codes.len() >= 7, "{codes:?}");
        for code in codes {
            assert_ne!(field(code), "Check this field.", "{code}");
        }
    }

    #[test]
    fn an_unknown_code_never_reaches_the_page() {
        assert_eq!(error(&ApiError::refused("<script>")), SOMETHING_REFUSED);
        assert_eq!(field("<script>"), "Check this field.");
    }

    #[test]
    fn sentences_keep_the_houses_voice() {
        for (_, sentence) in REFUSALS.iter().chain(FIELDS) {
            let lower = sentence.to_lowercase();
            for banned in ["!", "oops", "please wait", "simply", "successfully", "hold", "slot"] {
                assert!(!lower.contains(banned), "{sentence}");
            }
            assert!(sentence.ends_with('.'), "{sentence}");
        }
    }
}
