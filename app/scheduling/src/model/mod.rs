//! The rules of booking: pure values in, a decision or a refusal out. The same code runs on the server and in the browser.

pub mod clock;
mod hold;
mod horizon;
mod hours;
mod limits;
mod offer;
pub mod prescreen;
pub mod preview;
pub mod proposal;
mod reasons;
mod request;
mod rules;
pub mod series;
mod service_line;
pub mod slots;
mod visit;
pub mod waitlist;
pub mod week;

pub use hold::{Hold, HoldState};
pub use horizon::{FARTHEST, Horizon};
pub use hours::{DatedShift, Hours, Shift, Weekday, reading as hours_reading};
pub use limits::{Caps, Counted, Full, Limits, monday};
pub use offer::{Ages, Basics, Booker, Bounds, Mode, Offer, OwnTerms};
pub use proposal::{Proposal, ProposalState};
pub use reasons::{CancelReason, DeclineReason, MoveReason, OverbookReason, UnknownCode};
pub use request::{Request, RequestState, TakenBack, UNDO};
pub use rules::{
    Approval, ApprovalRule, CONFIRM_AT_LAST, CONFIRM_WITHIN, Clash, Contradiction, Fit, Group, Parameter, Parameters,
    Past, REMIND_AGAIN_AFTER, Reach, Rulebook, Scope, Setting, Spec, Typed, Unit, Values, Weights, contradictions,
    may_remind, read as read_rule,
};
pub use series::{Every, Extent};
pub use service_line::Line;
pub use visit::{Outcome, Side, Visit, VisitState};
pub use waitlist::{OfferState, PartOfDay, TimedOffer, WishState};

kernel::id! {
    /// Something that can be booked: length, buffers, price.
    ServiceId,
    /// A short reservation of a time while the booking form is open.
    HoldId,
    /// A dated change of the weekly hours.
    OverrideId,
    /// An absence of a therapist.
    TimeOffId,
    /// Times that are kept for a patient until they choose one or the offer ends.
    ProposalId,
    /// Visits that repeat.
    SeriesId,
    /// One change of the rules of booking.
    RulesVersionId,
    /// One of these times.
    ProposedTimeId,
    /// Another program that may ask, by its token.
    ConnectionId,
    /// Somebody's wish to hear when a time is free.
    WishId,
    /// A time that is kept for one of them.
    OfferId,
    /// Questions before a visit.
    PrescreenId,
    /// Questions as they were published once.
    PrescreenVersionId,
}

/// Why a state does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Somebody acted first; the thing is no longer in the state this act starts from.
    #[error("already decided")]
    Already,
    /// Its time is over.
    #[error("expired")]
    Expired,
    /// Its time has not come.
    #[error("too early")]
    TooEarly,
    /// The window in which this could be changed has closed.
    #[error("too late")]
    TooLate,
}
