//! What a room asks of the rest of the house. A trait, so that the rules of a room can be tested without a database and
//! without booking a visit first; `service::house` is the real one.

use super::save::{Record, Saved};
use crate::model::{Change, ClientId, Event, Seat};
use async_trait::async_trait;
use kernel::{AccountId, Actor, PatientId, StoreError, TherapistId, VisitId};
use library::model::Kit;
use live::Closing;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Somebody's right to sit in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub visit: VisitId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub account: AccountId,
    pub seat: Seat,
    /// As the others in the room see it.
    pub name: String,
    /// The room is open now.
    pub open: bool,
    pub closes_at_ms: u64,
}

/// What a restarted room starts from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kept {
    /// Higher than any epoch this room had before.
    pub epoch: u64,
    pub saved: Option<Saved>,
    /// Everything kept after `saved`, in order.
    pub records: Vec<Record>,
}

/// Something the visit's record must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// Somebody on the patient's side is in the waiting room.
    CheckedIn,
    /// The last one on the patient's side left the waiting room again.
    NobodyWaits,
    Begun,
    Ended,
    Entered {
        account: AccountId,
        seat: Seat,
        at_ms: u64,
    },
    Left {
        account: AccountId,
        seat: Seat,
        entered_ms: u64,
        at_ms: u64,
    },
}

/// What is kept in one transaction: before anybody hears of it, but for drawing, which everybody may have by then.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    pub records: Vec<Record>,
    pub milestones: Vec<Milestone>,
    /// Taken now and then, so that a restart need not read the whole log.
    pub saved: Option<Saved>,
}

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.milestones.is_empty() && self.saved.is_none()
    }

    /// Needs nothing but an entry in the log.
    pub fn is_records_alone(&self) -> bool {
        !self.records.is_empty() && self.milestones.is_empty() && self.saved.is_none()
    }

    /// Tells of strokes and nothing else: what may be kept without waiting for the disk (decision 0016). A state saved on the way
    /// says nothing that the log does not.
    pub fn is_drawing(&self) -> bool {
        let drawn = |record: &Record| {
            matches!(
                record,
                Record::Event(Event {
                    change: Change::Board(_),
                    ..
                })
            )
        };
        self.milestones.is_empty() && !self.records.is_empty() && self.records.iter().all(drawn)
    }

    /// The newest stroke's operation of each tab: what a tab is told once the batch is kept.
    pub fn drawn(&self) -> BTreeMap<ClientId, u32> {
        let mut newest = BTreeMap::new();
        for record in &self.records {
            if let Record::Event(Event {
                cause: Some(id),
                change: Change::Board(_),
                ..
            }) = record
            {
                // In order, so the last one stands.
                newest.insert(id.client, id.no);
            }
        }
        newest
    }
}

#[async_trait]
pub trait Backstage: std::fmt::Debug + Send + Sync + 'static {
    fn now_ms(&self) -> u64;

    /// The seat of `actor` in a visit; `None` for an absent or foreign one.
    async fn ticket(&self, actor: &Actor, visit: VisitId) -> Result<Option<Ticket>, StoreError>;

    /// Why somebody who sits in a room has to go, if they do: the seat is no longer theirs, or the visit was called off.
    async fn has_to_go(&self, actor: &Actor, visit: VisitId, seat: Seat) -> Result<Option<Closing>, StoreError>;

    /// Reads what was kept, under a fresh epoch.
    async fn open(&self, actor: &Actor, ticket: &Ticket) -> Result<Kept, StoreError>;

    /// What may be shown in this visit.
    async fn kit(&self, ticket: &Ticket) -> Result<Kit, StoreError>;

    /// Keeps a batch. When it answers `Ok`, a killed server has lost nothing of it; of drawing, a killed database may (decision 0016).
    /// Answers the entry of the log, where the batch has one.
    async fn keep(&self, ticket: &Ticket, batch: &Batch) -> Result<Option<Uuid>, StoreError>;

    /// Whether the log still has an entry that was kept.
    async fn holds(&self, ticket: &Ticket, entry: Uuid) -> Result<bool, StoreError>;
}
