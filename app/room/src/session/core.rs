//! The rules of one room: takes what people say, decides, and numbers what follows. No I/O; time is passed in, in
//! milliseconds since 1970.

mod acts;
mod news;
mod presence;
mod reports;

pub use news::Decided;

use super::{
    backstage::{Batch, Kept, Milestone},
    judge,
    ring::Ring,
    save::Record,
    stage_rules::Showable,
};
use crate::model::{
    ClientId, ClientMsg, Event, OpId, ParticipantId, Person, PlayState, Presence, Refusal, RoomState, ServerMsg,
    state::ClientInfo, wire::Greeting,
};
use kernel::AccountId;
use library::model::Kit;
use std::collections::{BTreeMap, BTreeSet};

/// A line that breaks is waited for this long.
pub const RESUME_WITHIN_MS: u64 = 30_000;

/// A message that is not an event: it is delivered at once, or not at all.
#[derive(Debug, Clone, PartialEq)]
pub enum Aside {
    To(ParticipantId, ServerMsg),
    /// To everybody else in the room; may be lost.
    Others(ParticipantId, ServerMsg),
}

#[derive(Debug)]
pub struct Core {
    state: RoomState,
    clients: Vec<ClientInfo>,
    participants: Vec<(AccountId, ParticipantId)>,
    showable: Showable,
    ring: Ring,
    /// Events since the last `take`, in order.
    fresh: Vec<Event>,
    batch: Batch,
    since_saved: usize,
    /// The log may have a hole: the next batch carries the whole state.
    save_anew: bool,
    /// Something waits that is kept before anybody hears of it.
    hurries: bool,
    /// The room was read anew and its host has not come back yet.
    awaits_host: bool,
    preparing: Option<Preparing>,
    /// Whose line broke, and when.
    cut: BTreeMap<ParticipantId, u64>,
    /// Since when somebody is inside, for the visit's record.
    inside: BTreeMap<ParticipantId, u64>,
    /// The event that let somebody in: whoever holds an older state knows too little to resume.
    let_in: BTreeMap<ParticipantId, u64>,
    newly_in: Vec<ParticipantId>,
    readiness: BTreeMap<ParticipantId, reports::Throttled>,
    closes_at_ms: u64,
}

/// The first of the two steps of a start.
#[derive(Debug)]
struct Preparing {
    waits_for: BTreeSet<ParticipantId>,
    slowest_rtt_ms: u32,
    since_ms: u64,
}

impl Core {
    /// A room as it was kept. Everybody who was there gets the usual time to come back.
    pub fn new(kept: Kept, kit: &Kit, closes_at_ms: u64, now_ms: u64) -> Self {
        let mut core = Self {
            state: RoomState::new(kept.epoch),
            clients: Vec::new(),
            participants: Vec::new(),
            showable: Showable::from(kit),
            ring: Ring::default(),
            fresh: Vec::new(),
            batch: Batch::default(),
            since_saved: kept.records.len(),
            save_anew: false,
            hurries: false,
            awaits_host: false,
            preparing: None,
            cut: BTreeMap::new(),
            inside: BTreeMap::new(),
            let_in: BTreeMap::new(),
            newly_in: Vec::new(),
            readiness: BTreeMap::new(),
            closes_at_ms,
        };
        if let Some(saved) = kept.saved {
            core.state = saved.state;
            core.clients = saved.clients;
            core.participants = saved.participants;
            core.inside = saved.inside.into_iter().collect();
        }
        for record in kept.records {
            core.read_back(record);
        }
        core.state.epoch = kept.epoch;
        core.wake_up(now_ms);
        core
    }

    fn read_back(&mut self, record: Record) {
        match record {
            // An event that the saved state contains already.
            Record::Event(event) if event.seq <= self.state.seq => {}
            Record::Event(event) => {
                if let Some(cause) = event.cause
                    && let Some(client) = self.clients.iter_mut().find(|client| client.id == cause.client)
                {
                    client.last_op = client.last_op.max(cause.no);
                }
                self.state.apply(&event);
            }
            Record::Client(info) => {
                if !self.clients.iter().any(|client| client.id == info.id) {
                    self.clients.push(info);
                }
            }
            Record::Inside {
                who,
                since_ms: Some(at),
            } => {
                self.inside.insert(who, at);
            }
            Record::Inside { who, since_ms: None } => {
                self.inside.remove(&who);
            }
            Record::Participant { account, id } => {
                if !self.participants.contains(&(account, id)) {
                    self.participants.push((account, id));
                }
            }
        }
    }

    /// After a restart nobody has a line yet, and a film that was about to start waits.
    fn wake_up(&mut self, now_ms: u64) {
        for person in self.state.people.values_mut() {
            person.presence = person.presence.cut();
            if person.presence == Presence::Resuming {
                self.cut.insert(person.id, now_ms);
            }
        }
        self.awaits_host = self
            .state
            .host()
            .is_some_and(|host| host.presence == Presence::Resuming);
        if let Some(playback) = &mut self.state.stage.playback
            && playback.state == PlayState::Preparing
        {
            *playback = playback.pause(now_ms);
        }
    }

    pub const fn state(&self) -> &RoomState {
        &self.state
    }

    pub fn set_kit(&mut self, kit: &Kit) {
        self.showable = Showable::from(kit);
    }

    /// Something a client said. An act is answered by an event or by `Reject`, and acts once.
    pub fn hear(&mut self, who: ParticipantId, client: ClientId, message: ClientMsg, now_ms: u64) -> Option<Aside> {
        let person = self.state.person(who)?;
        let may = judge::may(person, self.state.phase, &message);
        match message {
            ClientMsg::Act { op_no, act } => {
                let info = self.clients.iter_mut().find(|info| info.id == client)?;
                if op_no <= info.last_op {
                    return None; // answered before
                }
                info.last_op = op_no;
                let id = OpId { client, no: op_no };
                let done = may.and_then(|()| self.act(who, id, act, now_ms));
                done.err().map(|why| Aside::To(who, ServerMsg::Reject { op_no, why }))
            }
            // A report that is not allowed is not answered: the sender's page never offers it.
            report => may.ok().and_then(|()| self.report(who, report, now_ms)),
        }
    }

    /// Forgets that an act was refused, so that the same message may be judged again with a newer kit.
    pub fn forget(&mut self, client: ClientId, op_no: u32) {
        if let Some(info) = self.clients.iter_mut().find(|info| info.id == client)
            && info.last_op == op_no
        {
            info.last_op = op_no - 1;
        }
    }

    /// Time passes.
    pub fn tick(&mut self, now_ms: u64) {
        self.give_up_on_the_cut(now_ms);
        self.start_without_the_late(now_ms);
        self.tell_readiness(now_ms);
        if now_ms >= self.closes_at_ms && self.state.phase.end().is_ok() {
            self.end(ParticipantId::ROOM, None, now_ms);
        }
    }

    /// The answer to a hello: the gap since `(epoch, last_seq)` where it can be filled, else everything.
    pub fn greet(&self, who: ParticipantId, client: ClientId, epoch: u64, last_seq: u64) -> ServerMsg {
        let last_op = self.client(client).map_or(0, |info| info.last_op);
        let knows_enough = epoch == self.state.epoch && self.let_in.get(&who).is_none_or(|seq| last_seq >= *seq);
        let gap = knows_enough
            .then(|| self.ring.after(last_seq, self.state.seq))
            .flatten();
        match gap {
            Some(gap) => ServerMsg::Resumed {
                last_op,
                missed: gap.filter(|event| self.state.concerns(who, event)).cloned().collect(),
            },
            None => ServerMsg::Snapshot(Box::new(Greeting {
                me: who,
                client,
                last_op,
                state: self.state.seen_by(who),
            })),
        }
    }

    /// Whether something happens soon by itself, with time.
    pub fn awaits_time(&self) -> bool {
        self.preparing.is_some() || !self.cut.is_empty() || self.readiness.values().any(reports::Throttled::waits)
    }

    pub fn client(&self, id: ClientId) -> Option<&ClientInfo> {
        self.clients.iter().find(|info| info.id == id)
    }

    fn account(&self, id: ParticipantId) -> Option<AccountId> {
        self.participants
            .iter()
            .find(|entry| entry.1 == id)
            .map(|entry| entry.0)
    }

    fn known(&self, id: ParticipantId) -> Result<Person, Refusal> {
        self.state.person(id).cloned().ok_or(Refusal::NoSuchPerson)
    }
}
