//! The waiting list: wishes, offered times, and the form to join.

use super::{Face, Person, ServiceView, SlotView, When, ZoneView};
use crate::model::{OfferId, OfferState, PartOfDay, Weekday, WishId, WishState};
use chrono::{DateTime, Utc};
use kernel::{IdempotencyKey, RequestId, VisitId};
use serde::{Deserialize, Serialize};

/// What somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishView {
    pub wish: WishId,
    pub state: WishState,
    pub person: Person,
    /// `None`: anyone who fits.
    pub therapist: Option<Face>,
    pub service: ServiceView,
    /// The visit that should come sooner, and when it is now.
    pub visit: Option<VisitId>,
    pub sooner_than: Option<When>,
    /// The request whose time was gone.
    pub request: Option<RequestId>,
    /// Empty means all.
    pub days: Vec<Weekday>,
    /// Empty means all.
    pub parts: Vec<PartOfDay>,
    /// The last moment that counts (`starts` only).
    pub until: When,
    pub joined: When,
    /// What was offered, the latest first.
    pub offers: Vec<OfferLine>,
    /// For leaving.
    pub key: IdempotencyKey,
}

impl WishView {
    /// The time that waits for an answer.
    pub fn open(&self) -> Option<&OfferLine> {
        self.offers.iter().find(|offer| offer.state == OfferState::Open)
    }
}

/// One offered time in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferLine {
    pub offer: OfferId,
    pub state: OfferState,
    pub therapist: Face,
    pub when: When,
    /// Until when it is kept (`starts` only).
    pub kept_until: When,
    pub made: When,
    pub by_hand: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyWaitlistView {
    pub wishes: Vec<WishView>,
}

/// The page of one offered time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTimeView {
    pub offer: OfferId,
    pub state: OfferState,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    pub when: When,
    /// Until when it is kept (`starts` only).
    pub kept_until: When,
    pub expires_at: DateTime<Utc>,
    pub server_now: DateTime<Utc>,
    /// When the visit is now that would move.
    pub moves: Option<When>,
    /// Taking it needs no answer of our team.
    pub agreed_at_once: bool,
    /// By when our team would answer.
    pub answer_by: When,
    /// The wish goes on waiting.
    pub waits_on: bool,
    /// What it became.
    pub request: Option<RequestId>,
    pub visit: Option<VisitId>,
    pub key: IdempotencyKey,
}

/// The form to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinView {
    /// Whom the reader may choose; empty where a visit or a request says it.
    pub people: Vec<Person>,
    pub person: Person,
    /// `None`: anyone who fits.
    pub therapist: Option<Face>,
    /// `None` when nothing can be booked there.
    pub service: Option<ServiceView>,
    /// What the reader may choose; empty where a visit or a request says it.
    pub services: Vec<ServiceView>,
    pub visit: Option<VisitId>,
    /// When the visit is now; `None` without a visit and for one that is over.
    pub sooner_than: Option<When>,
    pub request: Option<RequestId>,
    pub zone: ZoneView,
    /// Somebody waits for the same already.
    pub waits: Option<WishId>,
    /// What was typed and refused.
    pub reason: String,
    pub text_limit: u32,
    pub key: IdempotencyKey,
}

/// A wish at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishDetail {
    /// In the patient's zone.
    pub wish: WishView,
    /// Why the visit is wanted; empty when nothing was said.
    pub reason: String,
    /// It waits and has no offer.
    pub can_offer: bool,
    /// Free times that fit, where the wish names a therapist.
    pub fits: Vec<SlotView>,
    /// Who offers the service, where it does not.
    pub anyone: Vec<Face>,
    pub key: IdempotencyKey,
}
