//! What was decided and is still to be told or to be kept.

use super::Core;
use crate::{
    model::{Change, Event, Op, OpId, ParticipantId},
    session::{
        backstage::{Batch, Milestone},
        save::{Record, Saved},
    },
};

/// A fresh state is saved after so many kept events, so that a restart reads little.
const SAVE_EVERY: usize = 2_000;

/// What was decided since the last time: kept first, then delivered. Of drawing, `events` has only what nobody was told yet.
#[derive(Debug, Default)]
pub struct Decided {
    pub events: Vec<Event>,
    pub batch: Batch,
    /// Let in by these events: what they know is too little, they are greeted anew.
    pub let_in: Vec<ParticipantId>,
}

impl Core {
    /// What was decided since the last call, with a saved state when one is due.
    pub fn take(&mut self) -> Decided {
        let mut batch = std::mem::take(&mut self.batch);
        self.hurries = false;
        self.since_saved += batch.records.len();
        if self.since_saved >= SAVE_EVERY || self.save_anew {
            self.since_saved = 0;
            self.save_anew = false;
            batch.saved = Some(self.save());
        }
        Decided {
            events: std::mem::take(&mut self.fresh),
            batch,
            let_in: std::mem::take(&mut self.newly_in),
        }
    }

    /// Something is to be told or to be kept.
    pub fn has_news(&self) -> bool {
        !self.fresh.is_empty() || !self.batch.is_empty() || self.save_anew
    }

    /// Something is to be kept before anybody hears of it: everything but drawing.
    pub const fn hurries(&self) -> bool {
        self.hurries || self.save_anew
    }

    /// Something is drawn that nobody has heard of.
    pub fn has_untold(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// What was drawn since the last call, to be told before it is kept (decision 0020); it stays in the next batch. Nothing,
    /// while something else waits: what came after it must not overtake it.
    pub fn take_drawn(&mut self) -> Vec<Event> {
        if self.hurries() {
            return Vec::new();
        }
        std::mem::take(&mut self.fresh)
    }

    /// The database was away: strokes that it had promised may be gone with it (decision 0016), and the state heals the log.
    pub fn save_anew(&mut self) {
        self.save_anew = true;
    }

    pub fn save(&self) -> Saved {
        Saved {
            state: self.state.clone(),
            clients: self.clients.clone(),
            participants: self.participants.clone(),
            inside: self.inside.iter().map(|(who, at)| (*who, *at)).collect(),
        }
    }

    pub(super) fn milestone(&mut self, milestone: Milestone) {
        self.batch.milestones.push(milestone);
        self.hurries = true;
    }

    pub(super) fn record(&mut self, record: Record) {
        self.batch.records.push(record);
        self.hurries = true;
    }

    /// Numbers a change, carries it out and keeps it before anybody hears of it.
    pub(super) fn emit(&mut self, actor: ParticipantId, cause: Option<OpId>, change: Change, now_ms: u64) {
        let event = self.number(actor, cause, change, now_ms);
        self.record(Record::Event(event));
    }

    /// Numbers a change that a restart may forget: where the preload stands, who raised a hand.
    pub(super) fn emit_fleeting(&mut self, actor: ParticipantId, cause: Option<OpId>, change: Change, now_ms: u64) {
        self.number(actor, cause, change, now_ms);
        self.hurries = true;
    }

    /// Numbers a stroke's operation, which may be told before it is kept.
    pub(super) fn emit_drawn(&mut self, actor: ParticipantId, id: OpId, op: Op, now_ms: u64) {
        let event = self.number(actor, Some(id), Change::Board(op), now_ms);
        self.batch.records.push(Record::Event(event));
    }

    fn number(&mut self, actor: ParticipantId, cause: Option<OpId>, change: Change, now_ms: u64) -> Event {
        let event = Event {
            seq: self.state.seq + 1,
            t_ms: now_ms,
            actor,
            cause,
            change,
        };
        self.state.apply(&event);
        self.ring.push(event.clone());
        self.fresh.push(event.clone());
        event
    }
}
