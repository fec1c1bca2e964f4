//! The sockets of one room: one per person.

use crate::model::{Change, ClientId, Event, ParticipantId, RoomState, ServerMsg};
use bytes::Bytes;
use live::{Closing, Outlet, server::frame_of};
use std::collections::BTreeMap;

#[derive(Debug)]
pub(super) struct Link {
    /// Tells this socket from an older one of the same person.
    pub(super) no: u64,
    pub(super) client: ClientId,
    outlet: Outlet,
    standing: Standing,
    /// Strokes of this socket that it has not heard back: they go with the next frame, at the latest with their acknowledgement.
    echoes: Vec<Event>,
}

impl Link {
    /// What it is told anyway takes the echoes along.
    fn tell(&mut self, events: impl Iterator<Item = Event>) {
        let mut all = std::mem::take(&mut self.echoes);
        all.extend(events);
        if !all.is_empty() {
            self.outlet.send(frame_of(ServerMsg::Events(all).encode()));
        }
    }

    fn say(&mut self, message: &ServerMsg) {
        self.tell(std::iter::empty());
        self.outlet.send(frame_of(message.encode()));
    }

    fn drew(&self, event: &Event) -> bool {
        event.cause.is_some_and(|id| id.client == self.client)
    }
}

/// What a socket has been told.
#[derive(Debug)]
enum Standing {
    /// Waits for its greeting; `(epoch, last_seq)` of its hello.
    New(u64, u64),
    /// Knows everything up to this event.
    Knows(u64),
}

#[derive(Debug, Default)]
pub(super) struct Links {
    links: BTreeMap<ParticipantId, Link>,
    next: u64,
}

/// A greeting, made from the state that is being kept, to be delivered once it is.
#[derive(Debug)]
pub(super) struct Prepared {
    who: ParticipantId,
    no: u64,
    frame: Bytes,
    seq: u64,
}

impl Links {
    /// Takes a socket in and closes the person's older one: an account is at one place at a time, and the newest wins.
    pub(super) fn enter(&mut self, who: ParticipantId, client: ClientId, hello: (u64, u64), outlet: Outlet) -> u64 {
        self.next += 1;
        let link = Link {
            no: self.next,
            client,
            outlet,
            standing: Standing::New(hello.0, hello.1),
            echoes: Vec::new(),
        };
        if let Some(older) = self.links.insert(who, link) {
            older.outlet.close(Closing::Superseded);
        }
        self.next
    }

    /// The socket of `who`, if it still is number `no`.
    pub(super) fn get(&self, who: ParticipantId, no: u64) -> Option<&Link> {
        self.links.get(&who).filter(|link| link.no == no)
    }

    /// Lets a socket go. `false` when a newer one has taken its place.
    pub(super) fn leave(&mut self, who: ParticipantId, no: u64) -> bool {
        let current = self.get(who, no).is_some();
        if current {
            self.links.remove(&who);
        }
        current
    }

    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    pub(super) fn wants_greeting(&self) -> bool {
        self.links
            .values()
            .any(|link| matches!(link.standing, Standing::New(..)))
    }

    /// Somebody was let in: what they know is too little, they get the whole room.
    pub(super) fn greet_again(&mut self, who: ParticipantId) {
        if let Some(link) = self.links.get_mut(&who) {
            link.standing = Standing::New(0, 0);
        }
    }

    /// Greetings for all who wait for one, from the state as it is now.
    pub(super) fn prepare(
        &self,
        seq: u64,
        greet: impl Fn(ParticipantId, ClientId, u64, u64) -> ServerMsg,
    ) -> Vec<Prepared> {
        self.links
            .iter()
            .filter_map(|(who, link)| {
                let Standing::New(epoch, last_seq) = link.standing else {
                    return None;
                };
                let frame = frame_of(greet(*who, link.client, epoch, last_seq).encode());
                Some(Prepared {
                    who: *who,
                    no: link.no,
                    frame,
                    seq,
                })
            })
            .collect()
    }

    /// Greets whoever is still there, and gives the events to those who knew everything before them. The frame that goes
    /// to all is encoded once. Whoever alone drew what is told has it on the screen already, and need not be woken for it.
    pub(super) fn deliver(&mut self, greetings: Vec<Prepared>, events: Vec<Event>, state: &RoomState) {
        let whole = ServerMsg::Events(events);
        let ServerMsg::Events(events) = &whole else { return };
        let last = events.last().map(|event| event.seq);
        let first = events.first().map(|event| event.seq);
        // Drawing concerns everybody inside alike: no need to ask for each event and each person.
        let drawing = events.iter().all(|event| matches!(event.change, Change::Board(_)));
        let shared = std::cell::OnceCell::new();
        for (who, link) in &mut self.links {
            let Standing::Knows(seq) = link.standing else { continue };
            let for_them = |event: &&Event| event.seq > seq && state.concerns(*who, event);
            let inside = || state.person(*who).is_some_and(|person| person.admitted);
            let theirs = if drawing && first > Some(seq) && inside() {
                events.len()
            } else {
                events.iter().filter(for_them).count()
            };
            if theirs == events.len() && drawing && events.iter().all(|event| link.drew(event)) {
                link.echoes.extend_from_slice(events);
            } else if theirs == events.len() && link.echoes.is_empty() {
                let frame = shared.get_or_init(|| frame_of(whole.encode()));
                link.outlet.send(frame.clone());
            } else if theirs > 0 {
                link.tell(events.iter().filter(for_them).cloned());
            }
            if let Some(last) = last {
                link.standing = Standing::Knows(seq.max(last));
            }
        }
        for greeting in greetings {
            if let Some(link) = self.links.get_mut(&greeting.who)
                && link.no == greeting.no
            {
                link.echoes.clear();
                link.outlet.send(greeting.frame);
                link.standing = Standing::Knows(greeting.seq);
            }
        }
    }

    /// Tells whoever drew how far their strokes are in the log. A tab that waits for its greeting hears it there.
    pub(super) fn acknowledge(&mut self, drawn: &BTreeMap<ClientId, u32>) {
        for link in self.links.values_mut() {
            if let (Some(last_op), Standing::Knows(_)) = (drawn.get(&link.client), &link.standing) {
                link.say(&ServerMsg::Kept { last_op: *last_op });
            }
        }
    }

    pub(super) fn send(&mut self, to: ParticipantId, message: &ServerMsg) {
        if let Some(link) = self.links.get_mut(&to) {
            link.say(message);
        }
    }

    /// To everybody inside but `from`; may be lost.
    pub(super) fn offer(&self, from: ParticipantId, message: &ServerMsg, state: &RoomState) {
        let frame = frame_of(message.encode());
        let inside = |who: &ParticipantId| state.person(*who).is_some_and(|person| person.admitted);
        for (who, link) in &self.links {
            if *who != from && inside(who) {
                link.outlet.offer(frame.clone());
            }
        }
    }

    pub(super) fn close_all(&mut self, why: Closing) {
        for (_, link) in std::mem::take(&mut self.links) {
            link.outlet.close(why);
        }
    }
}
