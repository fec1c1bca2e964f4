//! The room's side towards the socket: messages come in, signals, canvas and call follow.

use super::{BoardNews, Room};
use crate::{
    client::{
        call::{Call, CallEars},
        mirror::Heard,
    },
    model::{ClientMsg, Person, Phase, Presence, ServerMsg, board::Touched, wire::Signal},
};
use leptos::prelude::*;
use live::client::Ears;

impl Room {
    pub(super) fn ears(self) -> Ears {
        Ears {
            resume: Box::new(move || self.core().mirror.borrow_mut().resume_from()),
            body: Box::new(move |bytes| {
                if let Some(message) = ServerMsg::decode(&bytes) {
                    self.hear(message);
                }
            }),
            line: Box::new(move |line| self.line.set(line)),
        }
    }

    fn hear(self, message: ServerMsg) {
        let greeting = matches!(message, ServerMsg::Snapshot(_) | ServerMsg::Resumed { .. });
        let (heard, again) = self.core().mirror.borrow_mut().hear(message);
        for message in &again {
            self.send(message);
        }
        let stateful = |heard: &Heard| matches!(heard, Heard::Everything | Heard::State | Heard::Refused(..));
        if heard.iter().any(stateful) || greeting {
            self.follow_state();
        }
        if greeting {
            crate::client::reports::send_all(self);
        }
        for heard in heard {
            self.react(heard);
        }
    }

    fn react(self, heard: Heard) {
        match heard {
            Heard::Everything => self.tell_board(&BoardNews::Everything),
            Heard::State => {}
            Heard::Board(touched) => self.tell_board(&BoardNews::Touched(&touched)),
            Heard::Refused(_, why) => {
                self.refused.update(|refused| {
                    let number = refused.map_or(0, |(number, _)| number + 1);
                    *refused = Some((number, why));
                });
                self.tell_board(&BoardNews::Everything);
            }
            Heard::Signal(_, signal) => {
                self.tend_call();
                if let Some(call) = self.core().call.borrow().as_ref() {
                    call.hear(signal);
                }
            }
            Heard::Pointer(from, what) => self.tell_board(&BoardNews::Pointer(from, what)),
            Heard::Receipt(_, ack) => self.receipt.set(Some(ack)),
        }
    }

    /// Brings the signals up to the mirror; each tells its readers only when it changed.
    fn follow_state(self) {
        let core = self.core();
        {
            let mirror = core.mirror.borrow();
            let state = mirror.state();
            set(self.phase, state.phase);
            set(self.note, state.note.clone());
            set(self.stage, state.stage);
            set(self.people, state.people.values().cloned().collect());
            set(self.me, mirror.me().cloned());
            set(self.rights, mirror.rights());
        }
        self.follow_undo();
        core.hash_stale.set(true);
        self.tend_call();
    }

    fn follow_undo(self) {
        let core = self.core();
        let mirror = core.mirror.borrow();
        set(self.can_undo, mirror.can_undo());
        set(self.can_redo, mirror.can_redo());
    }

    pub(super) fn drawn(self, touched: &Touched, message: &ClientMsg) {
        self.send(message);
        self.follow_undo();
        self.tell_board(&BoardNews::Touched(touched));
    }

    fn tell_board(self, news: &BoardNews) {
        let core = self.core();
        core.hash_stale.set(true);
        let ear = core.board_ear.borrow().clone();
        if let Some(ear) = ear {
            ear(news);
        }
    }

    pub(super) fn hash_anew(self) {
        let core = self.core();
        if core.hash_stale.take() {
            set(self.hash, core.mirror.borrow().stage_hash());
        }
    }

    /// The call exists while the visit is live and I am in the room.
    fn tend_call(self) {
        let core = self.core();
        let due = self.phase.get_untracked() == Phase::Live && self.in_room_untracked();
        if !due {
            if self.phase.get_untracked() == Phase::Ended {
                core.call.replace(None);
            }
            return;
        }
        if core.call.borrow().is_some() {
            return;
        }
        let call = Call::start(
            self.is_host(),
            &self.door.get_untracked(),
            self.studio(),
            self.flow,
            CallEars {
                expected: Box::new(move || untrack(|| self.other().is_some_and(|other| sends(&other)))),
                renew: Box::new(move || self.renew_door()),
                send: Box::new(move |signal| self.signal(signal)),
                seen: Box::new(move |stream| self.remote.set(Some(stream))),
                measured: Box::new(move |kbps| set(self.kbps, kbps)),
            },
        );
        core.call.replace(Some(call));
    }

    fn in_room_untracked(self) -> bool {
        untrack(|| self.in_room())
    }

    fn signal(self, signal: Signal) {
        if let Some(other) = untrack(|| self.other()) {
            self.send(&ClientMsg::Signal { to: other.id, signal });
        }
    }
}

fn sends(person: &Person) -> bool {
    person.presence == Presence::InRoom && (person.camera_on || person.microphone_on)
}

fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
