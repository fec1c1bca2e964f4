//! Listed reasons in words: as a choice for whoever gives them, as a sentence for whoever reads them.

use crate::model::{CancelReason, DeclineReason, Outcome};

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
    use super::{cancel_reason, decline_choice, decline_sentence};
    use crate::model::{CancelReason, DeclineReason};
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
        assert_eq!(choices.len(), DeclineReason::ALL.len());
        assert_eq!(sentences.len(), DeclineReason::ALL.len());
        assert_eq!(cancels.len(), CancelReason::ALL.len());
    }
}
