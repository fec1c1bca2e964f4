//! One word per state, the same on every screen (screens.md section 3, rule 6), and the tone its chip has.

use crate::model::{RequestState, VisitState};

/// Who reads: two states are said more gently to the patient's side than to staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Patient,
    Staff,
}

pub const fn request_word(state: RequestState) -> &'static str {
    match state {
        RequestState::Draft => "Not sent yet",
        RequestState::Pending => "Requested",
        RequestState::Approved => "Confirmed",
        RequestState::Declined => "Declined",
        RequestState::Proposed => "Other time proposed",
        RequestState::Conflicted => "Time gone",
        RequestState::Waitlisted => "On the waiting list",
        RequestState::Withdrawn => "Withdrawn",
        RequestState::Expired => "Not answered in time",
    }
}

pub const fn visit_word(state: VisitState, reader: Reader) -> &'static str {
    match (state, reader) {
        (VisitState::Scheduled, _) => "Confirmed",
        (VisitState::Waiting, _) => "In the waiting room",
        (VisitState::InProgress, _) => "In progress",
        (VisitState::Ended, Reader::Patient) => "Ended",
        (VisitState::Ended, Reader::Staff) => "To confirm",
        (VisitState::Completed, _) => "Completed",
        (VisitState::NoShow, Reader::Patient) => "We did not meet",
        (VisitState::NoShow, Reader::Staff) => "No-show",
        (VisitState::NotHeld, _) => "Did not take place",
        (VisitState::Cancelled, _) => "Cancelled",
    }
}

/// What a change in a visit's history is called.
pub const fn visit_change(state: VisitState, reader: Reader) -> &'static str {
    match (state, reader) {
        (VisitState::Scheduled, _) => "Confirmed",
        (VisitState::Waiting, _) => "Came to the waiting room",
        (VisitState::InProgress, _) => "Began",
        (VisitState::Ended, _) => "Ended",
        _ => visit_word(state, reader),
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, request_word, visit_change, visit_word};
    use crate::model::{RequestState, VisitState};
    use std::collections::HashSet;

    #[test]
    fn every_request_state_has_its_own_word() {
        let words: HashSet<_> = RequestState::ALL.iter().map(|state| request_word(*state)).collect();
        assert_eq!(words.len(), RequestState::ALL.len());
    }

    #[test]
    fn every_visit_state_has_its_own_word_for_each_reader() {
        for reader in [Reader::Patient, Reader::Staff] {
            let words: HashSet<_> = VisitState::ALL.iter().map(|state| visit_word(*state, reader)).collect();
            assert_eq!(words.len(), VisitState::ALL.len());
            assert!(
                VisitState::ALL
                    .iter()
                    .all(|state| !visit_change(*state, reader).is_empty())
            );
        }
    }

    #[test]
    fn requested_is_never_shown_as_confirmed() {
        for state in RequestState::ALL {
            let confirmed = request_word(*state) == "Confirmed";
            assert_eq!(confirmed, *state == RequestState::Approved, "{state}");
        }
    }

    #[test]
    fn the_patient_is_not_called_a_no_show() {
        for state in VisitState::ALL {
            assert!(!visit_word(*state, Reader::Patient).contains("No-show"));
            assert!(!visit_change(*state, Reader::Patient).contains("No-show"));
        }
    }
}
