//! Listed reasons. The code is stored and sent; its sentence is in the words of the page.

/// The text is none of the listed codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a listed code")]
pub struct UnknownCode;

/// An enum whose variants have one stable text each: the same in the database, on the wire and in forms.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or($crate::model::UnknownCode)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Why the desk declines a request.
    DeclineReason {
        NoLicence = "no_licence",
        OtherService = "other_service",
        TherapistAway = "therapist_away",
        NotAcceptingNew = "not_accepting_new",
        PapersMissing = "papers_missing",
        /// Explained in the words to the patient.
        Other = "other",
    }
}

codes! {
    /// Why a visit is cancelled.
    CancelReason {
        TimeDoesNotFit = "time_does_not_fit",
        Unwell = "unwell",
        NotNeeded = "not_needed",
        TherapistAway = "therapist_away",
        Technical = "technical",
        /// Staff only: it should never have been there. Lists leave such a visit out (R38).
        PlannedByMistake = "planned_by_mistake",
        Other = "other",
    }
}

codes! {
    /// Why a visit gets another time or therapist.
    MoveReason {
        TimeDoesNotFit = "time_does_not_fit",
        PatientAsked = "patient_asked",
        Unwell = "unwell",
        TherapistAway = "therapist_away",
        Technical = "technical",
        /// It goes back to where it was a moment ago.
        Undo = "undo",
        Other = "other",
    }
}

codes! {
    /// Why staff book over something that is there already.
    OverbookReason {
        Urgent = "urgent",
        NoOtherTime = "no_other_time",
        OtherMayNotCome = "other_may_not_come",
        /// Explained in the words.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::{CancelReason, DeclineReason, MoveReason, OverbookReason};

    #[test]
    fn every_reason_survives_its_text() {
        for reason in DeclineReason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(*reason));
        }
        for reason in CancelReason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(*reason));
        }
        for reason in MoveReason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(*reason));
        }
        for reason in OverbookReason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(*reason));
        }
        assert!("because".parse::<DeclineReason>().is_err());
    }
}
