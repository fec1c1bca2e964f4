//! Which event makes which letters.

use crate::{model::Kind, store::letter::About};
use kernel::outbox::Event;
use scheduling::service::events::{
    QuestionAsked, RequestConflicted, RequestDeclined, RequestExpired, RequestSent, TimeOffered, TimesProposed,
    VisitCancelled, VisitMoved, VisitScheduled,
};
use serde::de::DeserializeOwned;

/// An event that people are written to about.
pub trait News: Event + DeserializeOwned + Send + Sync + 'static {
    fn tells(&self) -> Tells;
}

/// Who is told what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tells {
    pub about: About,
    pub family: Kind,
    pub therapist: Option<Kind>,
}

macro_rules! news {
    ($($event:ident: $about:ident($id:ident) => $family:ident, $therapist:expr;)+) => {$(
        impl News for $event {
            fn tells(&self) -> Tells {
                Tells { about: About::$about(self.$id), family: Kind::$family, therapist: $therapist }
            }
        }
    )+};
}

news! {
    RequestSent: Request(request) => RequestReceived, None;
    RequestDeclined: Request(request) => RequestDeclined, None;
    RequestExpired: Request(request) => RequestExpired, None;
    RequestConflicted: Request(request) => TimeGone, None;
    QuestionAsked: Request(request) => QuestionAsked, None;
    TimesProposed: Proposal(proposal) => TimesProposed, None;
    TimeOffered: Offer(offer) => TimeOffered, None;
    VisitScheduled: Visit(visit) => VisitConfirmed, Some(Kind::NewVisit);
    VisitMoved: Visit(visit) => VisitMoved, Some(Kind::VisitMoved);
    VisitCancelled: Visit(visit) => VisitCancelled, Some(Kind::VisitCancelled);
}
