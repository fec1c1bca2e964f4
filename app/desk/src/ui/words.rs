//! Words of the desk, in the voice of screens.md section 3. States, reasons and refusals of booking are said as everywhere.

use crate::{
    api::view::{ItemRow, Outlook},
    model::{Kind, Purpose, Risk, short},
};
use kernel::ApiError;
use kit::Tone;
use scheduling::{api::view::Standing, model::RequestState, ui::words as booking};

pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "Request",
        Kind::Proposal => "Other times",
        Kind::Affected => "Therapist away",
        Kind::Confirm => "To confirm",
        Kind::Letter => "Letter",
        Kind::Waitlist => "Waiting list",
    }
}

/// "Request, Tess Test, Tue 24 Nov, 10:00"; who waits for a free time has no time yet, and perhaps no therapist.
pub fn about(row: &ItemRow) -> String {
    let kind = kind(row.item.kind);
    let when = format!("{}, {}", row.when.day, row.when.from);
    match row.standing {
        Standing::Request(RequestState::Waitlisted) if row.therapist.name.is_empty() => {
            format!("{kind}, anyone who fits, until {}", row.when.day)
        }
        Standing::Request(RequestState::Waitlisted) => {
            format!("{kind}, {}, until {}", row.therapist.name, row.when.day)
        }
        _ => format!("{kind}, {}, {when}", row.therapist.name),
    }
}

pub const fn risk(risk: Risk) -> (Tone, &'static str) {
    match risk {
        Risk::Now => (Tone::Bad, "Now"),
        Risk::High => (Tone::Warn, "Soon"),
        Risk::Normal => (Tone::Plain, "Open"),
        Risk::Low => (Tone::Plain, "Waits for others"),
    }
}

pub const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Decline => "Decline",
        Purpose::Question => "Question",
        Purpose::Proposal => "Other times",
    }
}

/// "due 5 h", "overdue 20 min"
pub fn due(row: &ItemRow) -> String {
    let distance = short(row.due_in);
    if row.due_in < 0 {
        format!("overdue {distance}")
    } else {
        format!("due {distance}")
    }
}

pub fn waited(row: &ItemRow) -> String {
    format!("waits {}", short(row.waited))
}

/// What an act would do to an item.
pub fn outlook(outlook: &Outlook) -> (Tone, String) {
    let list =
        |checks: &[scheduling::api::view::CheckView]| checks.iter().map(booking::check).collect::<Vec<_>>().join(". ");
    match outlook {
        Outlook::Ready => (Tone::Good, "Can be done".to_owned()),
        Outlook::Attention(checks) => (Tone::Warn, format!("Can be done. {}", list(checks))),
        Outlook::Stopped(checks) if checks.is_empty() => (Tone::Bad, "Cannot be approved any more".to_owned()),
        Outlook::Stopped(checks) => (Tone::Bad, format!("Cannot be done: {}", list(checks))),
        Outlook::TakenBy(name) => (Tone::Info, format!("Taken by {name}")),
        Outlook::Over => (Tone::Plain, "Does not wait any more".to_owned()),
        Outlook::OtherKind(other) => (Tone::Plain, format!("Not for this kind: {}", kind(*other))),
    }
}

/// What a page says when an act was not carried out.
pub fn error(error: &ApiError) -> &'static str {
    match error {
        ApiError::Refused(code) if code == "taken_by_other" => {
            "A colleague works on this. Your words are kept; the page shows who has it."
        }
        ApiError::Refused(code) if code == "too_late" => {
            "It is too late to take this back: the minute is over, or somebody has read it."
        }
        ApiError::Refused(code) if code == "too_near" => {
            "One of these times is too near for an answer. Propose later ones, or call the patient."
        }
        ApiError::Refused(code) if code == "already_sent" => {
            "This letter is on its way or has arrived meanwhile. It was not sent a second time."
        }
        other => booking::error(other),
    }
}

/// What the form says about a wrong field.
pub fn field(code: &str) -> &'static str {
    match code {
        "name_taken" => "There is one of that name. Choose another name.",
        code => booking::field(code),
    }
}

#[cfg(test)]
mod tests {
    use super::{error, kind, outlook};
    use crate::{api::view::Outlook, model::Kind};
    use kernel::ApiError;
    use std::collections::HashSet;

    #[test]
    fn every_kind_has_its_own_word() {
        let words: HashSet<_> = Kind::ALL.iter().map(|one| kind(*one)).collect();
        assert_eq!(words.len(), Kind::ALL.len());
    }

    #[test]
    fn a_colleagues_item_and_a_late_undo_have_words_of_their_own() {
        assert!(error(&ApiError::refused("taken_by_other")).contains("colleague"));
        assert!(error(&ApiError::refused("too_late")).contains("take this back"));
        assert!(outlook(&Outlook::TakenBy("Leo".to_owned())).1.contains("Leo"));
    }
}
