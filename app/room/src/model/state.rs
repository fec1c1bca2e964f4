//! The state of a room, and how events change it: the same pure function in the actor and in every browser.

use super::{
    Board, ClientId, ParticipantId, Person, Phase, Presence, Rights, Seat, Stage,
    board::Touched,
    wire::{Change, Event},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoomState {
    /// A new one whenever the server cannot promise that its numbering went on: after a restart.
    pub epoch: u64,
    /// The last event this state contains.
    pub seq: u64,
    pub phase: Phase,
    pub people: BTreeMap<ParticipantId, Person>,
    /// The host's line for those who wait; empty when there is none.
    pub note: String,
    pub stage: Stage,
    pub board: Board,
}

impl RoomState {
    pub const fn new(epoch: u64) -> Self {
        Self {
            epoch,
            seq: 0,
            phase: Phase::Waiting,
            people: BTreeMap::new(),
            note: String::new(),
            stage: Stage {
                shown: super::Shown::Nothing,
                seq: 0,
                playback: None,
            },
            board: Board::empty(),
        }
    }

    pub fn person(&self, id: ParticipantId) -> Option<&Person> {
        self.people.get(&id)
    }

    pub fn host(&self) -> Option<&Person> {
        self.people.values().find(|person| person.seat == Seat::Host)
    }

    /// The host is in the room now. While not, the room is locked and everybody sees "host away".
    pub fn host_here(&self) -> bool {
        self.host().is_some_and(|host| host.presence == Presence::InRoom)
    }

    /// What somebody may do on the board at this moment: their rights, suspended while the host is away.
    pub fn board_rights(&self, id: ParticipantId) -> Rights {
        match self.person(id) {
            Some(person) if person.presence != Presence::InRoom => Rights::View,
            Some(person) if person.seat == Seat::Host || self.host_here() => person.rights,
            _ => Rights::View,
        }
    }

    /// Carries an event out. Board operations are applied to `self.board`; a browser that keeps a `Replica` of its own
    /// gives that one the operation instead and calls `apply_but_board`.
    pub fn apply(&mut self, event: &Event) -> Touched {
        if let (Change::Board(op), Some(id)) = (&event.change, event.cause) {
            self.seq = event.seq;
            return self.board.apply(id, event.actor, op);
        }
        self.apply_but_board(event);
        Touched::Nothing
    }

    pub fn apply_but_board(&mut self, event: &Event) {
        self.seq = event.seq;
        match &event.change {
            Change::Person(person) => {
                self.people.insert(person.id, person.clone());
            }
            Change::Phase(phase) => self.phase = *phase,
            Change::Note(text) => self.note.clone_from(text),
            Change::Shown { shown, playback } => {
                self.stage = Stage {
                    shown: *shown,
                    seq: event.seq,
                    playback: *playback,
                };
            }
            Change::Playback { playback, .. } => self.stage.playback = Some(*playback),
            Change::Board(_) => {}
        }
    }

    /// The state as `id` may know it: somebody who waits sees the host and themselves, and nothing of the session (G19).
    #[must_use]
    pub fn seen_by(&self, id: ParticipantId) -> Self {
        if self.person(id).is_some_and(|person| person.admitted) {
            return Self {
                people: self.people_seen_by(id),
                ..self.clone()
            };
        }
        Self {
            people: self.people_seen_by(id),
            note: self.note.clone(),
            seq: self.seq,
            phase: self.phase,
            ..Self::new(self.epoch)
        }
    }

    fn people_seen_by(&self, id: ParticipantId) -> BTreeMap<ParticipantId, Person> {
        self.people
            .iter()
            .filter(|(_, person)| self.may_know(id, person))
            .map(|(id, person)| (*id, person.clone()))
            .collect()
    }

    /// Whether `id` may know of `person`.
    fn may_know(&self, id: ParticipantId, person: &Person) -> bool {
        let Some(me) = self.person(id) else { return false };
        me.seat == Seat::Host || person.seat == Seat::Host || person.id == id || (me.admitted && person.admitted)
    }

    /// Whether an event is for `id`; asked after the event was applied.
    pub fn concerns(&self, id: ParticipantId, event: &Event) -> bool {
        match &event.change {
            Change::Person(person) => self.may_know(id, person),
            Change::Phase(_) | Change::Note(_) => true,
            Change::Shown { .. } | Change::Playback { .. } | Change::Board(_) => {
                self.person(id).is_some_and(|person| person.admitted)
            }
        }
    }

    /// A number that is equal where stage and board are equal: what the tests of both pages compare.
    pub fn stage_hash(&self) -> u64 {
        stage_hash(&self.stage, &self.board)
    }
}

/// FNV-1a over what is shown and every visible stroke in painting order.
pub fn stage_hash(stage: &Stage, board: &Board) -> u64 {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.eat(&stage.shown);
    hash.eat(
        &stage
            .playback
            .map(|playback| (playback.item, playback.state, playback.pos_ms, playback.epoch)),
    );
    for (id, stroke) in board.strokes().filter(|(_, stroke)| stroke.is_visible()) {
        hash.eat(&(
            id,
            stroke.sheet,
            stroke.author,
            stroke.ink,
            &stroke.points,
            stroke.ended,
        ));
    }
    hash.0
}

struct Fnv(u64);

impl Fnv {
    fn eat(&mut self, part: &impl Serialize) {
        for byte in postcard::to_allocvec(part).unwrap_or_default() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Who a client number belongs to and how far it has come: kept by the actor, and with the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientInfo {
    pub id: ClientId,
    pub device: uuid::Uuid,
    pub who: ParticipantId,
    pub last_op: u32,
}
