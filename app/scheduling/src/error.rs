//! Why a use case of this slice says no. One `From` turns it into what travels.

use crate::model::Refused;
use kernel::{ApiError, FieldError, StoreError, idempotency::ReplayError};
use people::PeopleError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, foreign, or not for this role.
    #[error("not found")]
    NotFound,
    /// The time is taken, or was never offered: the answer does not tell which.
    #[error("slot taken")]
    SlotTaken,
    /// The patient has something else at that time.
    #[error("patient busy")]
    PatientBusy,
    /// The therapist has time off then, or the clinic is shut.
    #[error("therapist away")]
    TherapistAway,
    #[error("no licence where the patient is")]
    NoLicence,
    #[error("takes no new patients")]
    NotAccepting,
    #[error("hold expired")]
    HoldExpired,
    /// Let go, sent, or already prolonged.
    #[error("hold is over")]
    HoldOver,
    #[error("too many open requests")]
    TooManyRequests,
    #[error("already decided")]
    AlreadyDecided,
    #[error("request expired")]
    RequestExpired,
    /// The therapist's calendar changed after the request was sent (U1).
    #[error("time gone")]
    TimeGone,
    /// The patient has not answered the last question yet.
    #[error("a question is open")]
    QuestionOpen,
    /// The proposed times are no longer kept: answered, replaced or run out.
    #[error("proposal is over")]
    ProposalOver,
    /// The offered time is no longer kept: taken, let pass, withdrawn or run out.
    #[error("offer is over")]
    OfferOver,
    /// Somebody waits for the same thing already.
    #[error("on the waiting list already")]
    WaitsAlready,
    #[error("too early")]
    TooEarly,
    #[error("too late")]
    TooLate,
    #[error("already done")]
    AlreadyDone,
    /// The desk reminded the therapist of this visit less than a day ago.
    #[error("reminded today")]
    RemindedToday,
    /// Another administrator changed the same rules first.
    #[error("rules moved on")]
    RulesMovedOn,
    /// Somebody else changed the same form first.
    #[error("form moved on")]
    FormMovedOn,
    /// There is a form for this kind of visit already.
    #[error("one form already")]
    OneAlready,
    /// The idempotency key was used for something else.
    #[error("key of another request")]
    OtherRequest,
    #[error("{field}: {code}")]
    Invalid { field: String, code: &'static str },
    /// Several fields at once.
    #[error("{0:?}")]
    AllInvalid(Vec<FieldError>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    pub fn invalid(field: impl Into<String>, code: &'static str) -> Self {
        Self::Invalid {
            field: field.into(),
            code,
        }
    }

    /// What a refusal of a hold's state machine means.
    pub const fn of_hold(refused: Refused) -> Self {
        match refused {
            Refused::Expired => Self::HoldExpired,
            _ => Self::HoldOver,
        }
    }

    /// What a refusal of a request's state machine means.
    pub const fn of_request(refused: Refused) -> Self {
        match refused {
            Refused::Expired => Self::RequestExpired,
            _ => Self::AlreadyDecided,
        }
    }

    /// What a refusal of a visit's state machine means.
    pub const fn of_visit(refused: Refused) -> Self {
        match refused {
            Refused::TooEarly => Self::TooEarly,
            Refused::TooLate | Refused::Expired => Self::TooLate,
            Refused::Already => Self::AlreadyDone,
        }
    }
}

impl From<PeopleError> for Error {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Store(store) => Self::Store(store),
            _ => Self::NotFound,
        }
    }
}

impl From<ReplayError> for Error {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::OtherRequest => Self::OtherRequest,
            ReplayError::Store(store) => Self::Store(store),
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        let code = match error {
            Error::NotFound => return Self::NotFound,
            Error::Invalid { field, code } => return Self::field(&field, code),
            Error::AllInvalid(fields) => return Self::Invalid(fields),
            Error::Store(store) => return store.into(),
            Error::SlotTaken => "slot_taken",
            Error::PatientBusy => "patient_busy",
            Error::TherapistAway => "therapist_away",
            Error::NoLicence => "no_licence",
            Error::NotAccepting => "not_accepting",
            Error::HoldExpired => "hold_expired",
            Error::HoldOver => "hold_over",
            Error::TooManyRequests => "too_many_requests",
            Error::AlreadyDecided => "already_decided",
            Error::RequestExpired => "request_expired",
            Error::TimeGone => "time_gone",
            Error::QuestionOpen => "question_open",
            Error::ProposalOver => "proposal_over",
            Error::OfferOver => "offer_over",
            Error::WaitsAlready => "waits_already",
            Error::TooEarly => "too_early",
            Error::TooLate => "too_late",
            Error::AlreadyDone => "already_done",
            Error::RemindedToday => "reminded_today",
            Error::RulesMovedOn => "rules_moved_on",
            Error::FormMovedOn => "form_moved_on",
            Error::OneAlready => "one_already",
            Error::OtherRequest => "other_request",
        };
        Self::refused(code)
    }
}
