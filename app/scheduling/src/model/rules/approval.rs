//! Which requests become visits at once (R30): none, unless an administrator says so.

use crate::model::reasons::codes;
use chrono::{DateTime, Duration, Utc};

codes! {
    /// The rule by which a request needed no approval: noted in the history of request and visit.
    ApprovalRule {
        FollowUp = "by_rule_follow_up",
        SameTherapist = "by_rule_same_therapist",
        KnownPatient = "by_rule_known_patient",
    }
}

/// The rules that are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval {
    /// The patient's last visit with this therapist was of the same service, and not long ago.
    pub follow_up: bool,
    /// The patient has had a visit with this therapist.
    pub same_therapist: bool,
    /// The patient has had a visit with anybody here.
    pub known_patient: bool,
    /// How long ago the last visit of a follow-up may be.
    pub follow_up_within: Duration,
}

/// What is known of a patient's visits that took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Past {
    /// Any took place.
    pub here: bool,
    /// Any with this therapist.
    pub with_therapist: bool,
    /// The end of the last one with this therapist, if it was of the same service.
    pub same_service: Option<DateTime<Utc>>,
}

impl Approval {
    /// Whether any rule is on at all.
    pub const fn skips_any(&self) -> bool {
        self.follow_up || self.same_therapist || self.known_patient
    }

    /// The narrowest rule that lets a request for a visit at `starts` pass, if one does.
    pub fn skips(&self, past: &Past, starts: DateTime<Utc>) -> Option<ApprovalRule> {
        let follows = past
            .same_service
            .is_some_and(|ended| starts - ended <= self.follow_up_within);
        [
            (self.follow_up && follows, ApprovalRule::FollowUp),
            (self.same_therapist && past.with_therapist, ApprovalRule::SameTherapist),
            (self.known_patient && past.here, ApprovalRule::KnownPatient),
        ]
        .into_iter()
        .find(|(holds, _)| *holds)
        .map(|(_, rule)| rule)
    }
}

#[cfg(test)]
mod tests {
    use super::{Approval, ApprovalRule, Past};
    use crate::model::Parameters;
    use chrono::{DateTime, Duration, Utc};

    fn starts() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn regular() -> Past {
        Past {
            here: true,
            with_therapist: true,
            same_service: Some(starts() - Duration::days(30)),
        }
    }

    const ALL: Approval = Approval {
        follow_up: true,
        same_therapist: true,
        known_patient: true,
        follow_up_within: Duration::days(90),
    };

    #[test]
    fn by_default_every_request_waits_for_the_desk() {
        assert_eq!(Parameters::DEFAULT.approval.skips(&regular(), starts()), None);
        assert!(!Parameters::DEFAULT.approval.skips_any());
    }

    #[test]
    fn the_narrowest_rule_is_named() {
        assert_eq!(ALL.skips(&regular(), starts()), Some(ApprovalRule::FollowUp));
        let long_ago = Past {
            same_service: Some(starts() - Duration::days(91)),
            ..regular()
        };
        assert_eq!(ALL.skips(&long_ago, starts()), Some(ApprovalRule::SameTherapist));
        let elsewhere = Past {
            here: true,
            ..Past::default()
        };
        assert_eq!(ALL.skips(&elsewhere, starts()), Some(ApprovalRule::KnownPatient));
    }

    #[test]
    fn a_new_patient_always_waits() {
        assert_eq!(ALL.skips(&Past::default(), starts()), None);
        let only_follow_ups = Approval {
            same_therapist: false,
            known_patient: false,
            ..ALL
        };
        let elsewhere = Past {
            here: true,
            ..Past::default()
        };
        assert_eq!(only_follow_ups.skips(&elsewhere, starts()), None);
    }
}
