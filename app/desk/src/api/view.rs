//! What the desk's pages get. Plain data; clock readings come from the server.

use crate::model::{Column, ItemId, Kind, Purpose, Risk, TemplateId, ViewId};
use chrono::{DateTime, Utc};
use kernel::{IdempotencyKey, PatientId, RequestId};
use letters::api::DeliveryView;
use people::model::PatientRecord;
use scheduling::api::view::{
    DeskVisitRow, Face, Person, RequestDetailView, ServiceView, Standing, VisitView, WaysOutView, When, WishDetail,
};
use serde::{Deserialize, Serialize};

/// Who works on an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    pub name: String,
    pub mine: bool,
    /// `starts` only, in the reader's zone.
    pub since: When,
    /// The reader may take it over.
    pub may_take_over: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    pub item: ItemId,
    pub risk: Risk,
    pub standing: Standing,
    pub person: Person,
    pub therapist: Face,
    pub service: ServiceView,
    /// In the reader's zone.
    pub when: When,
    /// By when it should be decided (`starts` only), in the reader's zone.
    pub due: When,
    /// Minutes from loading to `due`; negative when that is over.
    pub due_in: i64,
    /// Minutes it has waited.
    pub waited: i64,
    pub owner: Option<Owner>,
}

/// A decision of the reader that can still be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undoable {
    pub request: RequestId,
    pub standing: Standing,
    pub person: Person,
    /// In the reader's zone.
    pub when: When,
    /// Seconds left when this was loaded.
    pub seconds_left: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    pub rows: Vec<ItemRow>,
    /// Pass as `after` for the next page.
    pub next: Option<String>,
    pub counters: Counters,
    /// The last decision of the desk (`starts` only), for the empty page.
    pub last_decision: Option<When>,
    pub undoable: Vec<Undoable>,
    /// Pass to `new_items`.
    pub loaded_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    pub open: u32,
    pub mine: u32,
    pub due_today: u32,
}

/// What an item is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    Request(Box<RequestDetailView>),
    /// An agreed visit: it falls into an absence, or nobody said what became of it.
    Visit(Box<VisitBody>),
    /// A letter that did not arrive, and whom it concerns.
    Letter(PatientId, Box<DeliveryView>),
    /// Somebody on the waiting list.
    Wish(Box<WishDetail>),
}

/// An agreed visit in the queue, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitBody {
    pub visit: VisitView,
    /// Empty unless an absence lies over it.
    pub ways: WaysOutView,
    /// Nobody has said what became of it, and its therapist was not reminded today.
    pub may_remind: bool,
}

/// What the desk decided, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub by: String,
    pub me: bool,
    /// `starts` only, in the reader's zone.
    pub at: When,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    pub item: ItemId,
    pub owner: Option<Owner>,
    pub body: Body,
    pub decided: Option<Decided>,
    /// In the order of the queue, with the filters it was opened with.
    pub previous: Option<ItemId>,
    pub next: Option<ItemId>,
    /// "3 of 24"; 0 when it does not wait any more.
    pub position: u32,
    pub open: u32,
    pub templates: Vec<TemplateView>,
    /// It still waits for somebody.
    pub waits: bool,
    /// What the desk may know of the patient, to call them.
    pub patient: Option<PatientRecord>,
    pub key: IdempotencyKey,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    pub template: TemplateId,
    pub purpose: Purpose,
    pub name: String,
    pub body: String,
    /// A code of `DeclineReason`, or empty.
    pub reason: String,
}

/// What an act would do to one item, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRow {
    pub row: ItemRow,
    pub outlook: Outlook,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outlook {
    /// It can be done.
    Ready,
    /// It can be done; look at these checks first.
    Attention(Vec<scheduling::api::view::CheckView>),
    /// It cannot be done because of these.
    Stopped(Vec<scheduling::api::view::CheckView>),
    /// A colleague works on it.
    TakenBy(String),
    /// It does not wait any more.
    Over,
    /// Not an act for this kind of item.
    OtherKind(Kind),
}

impl Outlook {
    pub const fn is_possible(&self) -> bool {
        matches!(self, Self::Ready | Self::Attention(_))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPage {
    pub rows: Vec<BulkRow>,
    pub templates: Vec<TemplateView>,
    pub text_limit: u32,
    pub undoable: Vec<Undoable>,
    pub key: IdempotencyKey,
}

/// What became of one item of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkResult {
    pub item: ItemId,
    /// `None` when it was done, else the code of the refusal.
    pub refused: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub view: ViewId,
    pub name: String,
    /// The query of the address.
    pub filters: String,
}

/// A page of the table of all visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitsPage {
    pub rows: Vec<DeskVisitRow>,
    pub columns: Vec<Column>,
    /// Pass as `before` or `after`.
    pub earlier: Option<String>,
    pub later: Option<String>,
    /// How many there are, roughly.
    pub about: u32,
    pub therapists: Vec<Face>,
    pub services: Vec<ServiceView>,
    pub views: Vec<SavedView>,
    /// Whom the search found, when there was one.
    pub found: Option<Vec<Person>>,
    /// The first day, when none was asked for: today.
    pub from: String,
}
