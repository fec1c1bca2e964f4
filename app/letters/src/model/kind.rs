//! What a letter is about.

use super::Side;
use std::{fmt, str::FromStr};

/// The text names no code of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known code")]
pub struct UnknownCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    RequestReceived,
    RequestDeclined,
    RequestExpired,
    /// The asked time is not possible any more.
    TimeGone,
    /// The desk asks something before it decides.
    QuestionAsked,
    TimesProposed,
    VisitConfirmed,
    VisitMoved,
    VisitCancelled,
    Reminder,
    /// A therapist has a new visit.
    NewVisit,
    /// A therapist is asked to say what became of a visit.
    ConfirmNudge,
    /// Visits that repeat are agreed, one letter for all of them.
    SeriesConfirmed,
    /// The same for their therapist.
    NewSeries,
    SeriesMoved,
    SeriesCancelled,
    /// A time is kept for somebody on the waiting list.
    TimeOffered,
}

impl Kind {
    pub const ALL: [Self; 17] = [
        Self::RequestReceived,
        Self::RequestDeclined,
        Self::RequestExpired,
        Self::TimeGone,
        Self::QuestionAsked,
        Self::TimesProposed,
        Self::VisitConfirmed,
        Self::VisitMoved,
        Self::VisitCancelled,
        Self::Reminder,
        Self::NewVisit,
        Self::ConfirmNudge,
        Self::SeriesConfirmed,
        Self::NewSeries,
        Self::SeriesMoved,
        Self::SeriesCancelled,
        Self::TimeOffered,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequestReceived => "request_received",
            Self::RequestDeclined => "request_declined",
            Self::RequestExpired => "request_expired",
            Self::TimeGone => "time_gone",
            Self::QuestionAsked => "question_asked",
            Self::TimesProposed => "times_proposed",
            Self::VisitConfirmed => "visit_confirmed",
            Self::VisitMoved => "visit_moved",
            Self::VisitCancelled => "visit_cancelled",
            Self::Reminder => "reminder",
            Self::NewVisit => "new_visit",
            Self::ConfirmNudge => "confirm_nudge",
            Self::SeriesConfirmed => "series_confirmed",
            Self::NewSeries => "new_series",
            Self::SeriesMoved => "series_moved",
            Self::SeriesCancelled => "series_cancelled",
            Self::TimeOffered => "time_offered",
        }
    }

    /// For the desk and for the page of choices.
    pub const fn label(self) -> &'static str {
        match self {
            Self::RequestReceived => "We have your request",
            Self::RequestDeclined => "A request is declined",
            Self::RequestExpired => "A request has run out",
            Self::TimeGone => "An asked time is gone",
            Self::QuestionAsked => "Our team asks a question",
            Self::TimesProposed => "Other times are proposed",
            Self::VisitConfirmed => "A visit is confirmed",
            Self::VisitMoved => "A visit is moved",
            Self::VisitCancelled => "A visit is cancelled",
            Self::Reminder => "Reminder of a visit",
            Self::NewVisit => "You have a new visit",
            Self::ConfirmNudge => "A visit waits for your confirmation",
            Self::SeriesConfirmed => "Repeating visits are confirmed",
            Self::NewSeries => "You have new repeating visits",
            Self::SeriesMoved => "Repeating visits are moved",
            Self::SeriesCancelled => "Repeating visits are cancelled",
            Self::TimeOffered => "A time you wait for is free",
        }
    }

    /// What somebody on this side may do without. The rest is needed to come to a visit, or not to come in vain.
    pub const fn optional(side: Side) -> &'static [Self] {
        match side {
            Side::Family => &[Self::RequestReceived],
            Side::Therapist => &[Self::NewVisit, Self::ConfirmNudge],
        }
    }

    /// What somebody on this side gets in any case.
    pub const fn always(side: Side) -> &'static [Self] {
        match side {
            Side::Family => &[
                Self::VisitConfirmed,
                Self::VisitMoved,
                Self::VisitCancelled,
                Self::RequestDeclined,
                Self::RequestExpired,
                Self::TimeGone,
                Self::QuestionAsked,
                Self::TimesProposed,
                Self::TimeOffered,
            ],
            Side::Therapist => &[Self::VisitMoved, Self::VisitCancelled],
        }
    }

    /// Under which choice of the reader it falls: who does without the news of one visit does without that of many.
    #[must_use]
    pub const fn chosen_as(self) -> Self {
        match self {
            Self::NewSeries => Self::NewVisit,
            other => other,
        }
    }

    /// It speaks of several visits.
    pub const fn is_of_many(self) -> bool {
        matches!(
            self,
            Self::SeriesConfirmed | Self::NewSeries | Self::SeriesMoved | Self::SeriesCancelled
        )
    }

    /// A second copy of it would bother or mislead: when nobody knows whether the first one left, none follows.
    pub const fn once_at_most(self) -> bool {
        matches!(self, Self::Reminder | Self::ConfirmNudge)
    }

    /// The method of its calendar part, if it has one (RFC 5546).
    pub const fn method(self) -> Option<&'static str> {
        match self {
            Self::VisitConfirmed | Self::VisitMoved | Self::NewVisit => Some("REQUEST"),
            Self::VisitCancelled => Some("CANCEL"),
            // A REQUEST is about one entry; several travel as published ones.
            Self::SeriesConfirmed | Self::NewSeries | Self::SeriesMoved | Self::SeriesCancelled => Some("PUBLISH"),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(UnknownCode)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Side};

    #[test]
    fn every_kind_survives_its_code() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("greeting".parse::<Kind>().is_err());
    }

    #[test]
    fn what_care_needs_cannot_be_turned_off() {
        for side in [Side::Family, Side::Therapist] {
            for needed in [
                Kind::VisitConfirmed,
                Kind::VisitMoved,
                Kind::VisitCancelled,
                Kind::SeriesConfirmed,
                Kind::SeriesMoved,
                Kind::SeriesCancelled,
            ] {
                assert!(!Kind::optional(side).contains(&needed), "{needed}");
            }
            assert!(
                Kind::optional(side)
                    .iter()
                    .all(|kind| !Kind::always(side).contains(kind))
            );
        }
    }
}
