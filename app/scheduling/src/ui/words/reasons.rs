//! Listed reasons in words: as a choice for whoever gives them, as a sentence for whoever reads them.

use crate::{
    api::view::HistoryRow,
    model::{CancelReason, DeclineReason, MoveReason, Outcome, OverbookReason},
};

/// The choice in the desk's list.
pub const fn decline_choice(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NoLicence => "No licence in the patient's state",
        DeclineReason::OtherService => "Another kind of visit fits better",
        DeclineReason::TherapistAway => "The therapist is away",
        DeclineReason::NotAcceptingNew => "The therapist takes no new patients",
        DeclineReason::PapersMissing => "A paper is missing",
        DeclineReason::Other => "Another reason, in your own words",
    }
}

/// What the patient reads.
pub const fn decline_sentence(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NoLicence => "This therapist has no licence in your state.",
        DeclineReason::OtherService => "Another kind of visit fits your wish better.",
        DeclineReason::TherapistAway => "The therapist is away at that time.",
        DeclineReason::NotAcceptingNew => "This therapist takes no new patients now.",
        DeclineReason::PapersMissing => "A paper is missing before this visit can be confirmed.",
        DeclineReason::Other => "This visit is not possible.",
    }
}

/// Both a choice and what others read.
pub const fn cancel_reason(reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::TimeDoesNotFit => "The time does not fit",
        CancelReason::Unwell => "Unwell",
        CancelReason::NotNeeded => "The visit is not needed",
        CancelReason::TherapistAway => "The therapist is away",
        CancelReason::Technical => "Device or connection",
        CancelReason::PlannedByMistake => "Planned by mistake",
        CancelReason::Other => "Another reason",
    }
}

/// The choices offered to the patient's side: what only staff can know is left out.
pub const PATIENT_CANCELS: [CancelReason; 5] = [
    CancelReason::TimeDoesNotFit,
    CancelReason::Unwell,
    CancelReason::NotNeeded,
    CancelReason::Technical,
    CancelReason::Other,
];

/// Both a choice and what others read.
pub const fn move_reason(reason: MoveReason) -> &'static str {
    match reason {
        MoveReason::TimeDoesNotFit => "The time does not fit",
        MoveReason::PatientAsked => "The patient asked for it",
        MoveReason::Unwell => "Unwell",
        MoveReason::TherapistAway => "The therapist is away",
        MoveReason::Technical => "Device or connection",
        MoveReason::Undo => "Put back",
        MoveReason::Other => "Another reason",
    }
}

/// The choices offered to the patient's side.
pub const PATIENT_MOVES: [MoveReason; 4] = [
    MoveReason::TimeDoesNotFit,
    MoveReason::Unwell,
    MoveReason::Technical,
    MoveReason::Other,
];

/// The choices offered to staff.
pub const STAFF_MOVES: [MoveReason; 6] = [
    MoveReason::PatientAsked,
    MoveReason::TherapistAway,
    MoveReason::Unwell,
    MoveReason::TimeDoesNotFit,
    MoveReason::Technical,
    MoveReason::Other,
];

/// Both a choice and what other staff read.
pub const fn overbook_reason(reason: OverbookReason) -> &'static str {
    match reason {
        OverbookReason::Urgent => "It cannot wait",
        OverbookReason::NoOtherTime => "No other time is possible",
        OverbookReason::OtherMayNotCome => "The other visit may not take place",
        OverbookReason::Other => "Another reason, in your own words",
    }
}

/// Why a step of a history was taken, where a listed reason says so.
pub fn why_changed(row: &HistoryRow) -> Option<&'static str> {
    match row.to.as_str() {
        "moved" => row.why.parse().ok().map(move_reason),
        "overbooked" => row.why.parse().ok().map(overbook_reason),
        "cancelled" => row.why.parse().ok().map(cancel_reason),
        _ => None,
    }
}

/// The answers to "What happened?".
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "It took place",
        Outcome::NoShow => "No-show",
        Outcome::NotHeld => "It did not take place",
    }
}

/// What follows from the answer.
pub const fn outcome_help(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "You met, in full or in part.",
        Outcome::NoShow => "You were there and the patient did not come. The patient reads: We did not meet.",
        Outcome::NotHeld => "For a reason on our side, or technical. Nothing is charged.",
    }
}

#[cfg(test)]
mod tests {
    use super::{cancel_reason, decline_choice, decline_sentence, move_reason, overbook_reason};
    use crate::model::{CancelReason, DeclineReason, MoveReason, OverbookReason};
    use std::collections::HashSet;

    #[test]
    fn every_reason_has_its_own_words() {
        let choices: HashSet<_> = DeclineReason::ALL
            .iter()
            .map(|reason| decline_choice(*reason))
            .collect();
        let sentences: HashSet<_> = DeclineReason::ALL
            .iter()
            .map(|reason| decline_sentence(*reason))
            .collect();
        let cancels: HashSet<_> = CancelReason::ALL.iter().map(|reason| cancel_reason(*reason)).collect();
        let moves: HashSet<_> = MoveReason::ALL.iter().map(|reason| move_reason(*reason)).collect();
        let overbooks: HashSet<_> = OverbookReason::ALL
            .iter()
            .map(|reason| overbook_reason(*reason))
            .collect();
        assert_eq!(moves.len(), MoveReason::ALL.len());
        assert_eq!(overbooks.len(), OverbookReason::ALL.len());
        assert_eq!(choices.len(), DeclineReason::ALL.len());
        assert_eq!(sentences.len(), DeclineReason::ALL.len());
        assert_eq!(cancels.len(), CancelReason::ALL.len());
    }
}
