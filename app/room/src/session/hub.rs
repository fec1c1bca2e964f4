//! Every room that is open now, by visit. Finds it, or opens it for the first who comes.

use super::{
    actor::{self, Letter},
    backstage::{Backstage, Ticket},
};
use crate::model::{ClientMsg, ParticipantId, Person, Phase, Presence, Readiness, RoomState, Seat};
use kernel::{Actor, PatientId, TherapistId, VisitId};
use live::{Closing, Hello, Outlet, Rooms, server::Departure};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{mpsc, oneshot};

/// Letters that may wait for a room; a sender beyond that waits itself, and its socket with it.
const LETTERS: usize = 1_024;

/// Somebody in a waiting room, for the therapist's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub visit: VisitId,
    pub patient: PatientId,
    pub seat: Seat,
    pub name: String,
    pub since_ms: u64,
    /// Pressed "I'm ready".
    pub ready: bool,
    pub readiness: Readiness,
}

/// A room as its therapist's list sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub visit: VisitId,
    pub therapist: TherapistId,
    pub phase: Phase,
    pub host_here: bool,
    pub waiting: Vec<Waiting>,
}

impl Summary {
    pub(super) fn of(ticket: &Ticket, state: &RoomState) -> Self {
        let waits = |person: &&Person| {
            matches!(person.presence, Presence::Checking | Presence::Ready) && person.seat != Seat::Host
        };
        Self {
            visit: ticket.visit,
            therapist: ticket.therapist,
            phase: state.phase,
            host_here: state.host_here(),
            waiting: state
                .people
                .values()
                .filter(waits)
                .map(|person| Waiting {
                    visit: ticket.visit,
                    patient: ticket.patient,
                    seat: person.seat,
                    name: person.name.clone(),
                    since_ms: person.since_ms,
                    ready: person.ready,
                    readiness: person.readiness,
                })
                .collect(),
        }
    }
}

/// The newest summary of a room, written by its task.
#[derive(Debug, Clone, Default)]
pub(super) struct Shared(Arc<Mutex<Option<Summary>>>);

impl Shared {
    pub(super) fn set(&self, summary: Summary) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(summary);
    }

    fn get(&self) -> Option<Summary> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[derive(Debug, Clone)]
struct Door {
    letters: mpsc::Sender<Letter>,
    shared: Shared,
}

/// A handle; clones share the rooms.
#[derive(Debug, Clone)]
pub struct Hub {
    backstage: Arc<dyn Backstage>,
    rooms: Arc<Mutex<HashMap<VisitId, Door>>>,
}

impl Hub {
    pub fn new(backstage: Arc<dyn Backstage>) -> Self {
        Self {
            backstage,
            rooms: Arc::default(),
        }
    }

    /// Who waits for this therapist now, longest first.
    pub fn waiting(&self, therapist: TherapistId) -> Vec<Waiting> {
        let mut waiting: Vec<Waiting> = self
            .summaries(therapist)
            .into_iter()
            .filter(|summary| summary.phase != Phase::Ended)
            .flat_map(|summary| summary.waiting)
            .collect();
        waiting.sort_by_key(|person| person.since_ms);
        waiting
    }

    /// This therapist's rooms that are open now.
    pub fn summaries(&self, therapist: TherapistId) -> Vec<Summary> {
        let shared: Vec<Shared> = self.lock().values().map(|door| door.shared.clone()).collect();
        shared
            .iter()
            .filter_map(Shared::get)
            .filter(|summary| summary.therapist == therapist)
            .collect()
    }

    /// The room of a visit; opened for `first` when nobody is in it yet.
    fn door(&self, first: Actor, ticket: &Ticket) -> Door {
        let mut rooms = self.lock();
        if let Some(door) = rooms.get(&ticket.visit)
            && !door.letters.is_closed()
        {
            return door.clone();
        }
        rooms.retain(|_, door| !door.letters.is_closed());
        let (letters, inbox) = mpsc::channel(LETTERS);
        let door = Door {
            letters,
            shared: Shared::default(),
        };
        let backstage = Arc::clone(&self.backstage);
        tokio::spawn(actor::run(backstage, first, ticket.clone(), door.shared.clone(), inbox));
        rooms.insert(ticket.visit, door.clone());
        door
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<VisitId, Door>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rooms for Hub {
    type Seat = Chair;

    async fn join(&self, actor: Actor, hello: Hello, outlet: Outlet) -> Result<Chair, Closing> {
        let visit = VisitId::new(hello.room);
        let ticket = match self.backstage.ticket(&actor, visit).await {
            Ok(Some(ticket)) => ticket,
            Ok(None) => return Err(Closing::NotAllowed),
            Err(error) => {
                tracing::warn!(%visit, %error, "a ticket cannot be read");
                return Err(Closing::Restart);
            }
        };
        if !ticket.open {
            return Err(Closing::NotOpen);
        }
        let letters = self.door(actor, &ticket).letters;
        let seat = ticket.seat;
        let (reply, answer) = oneshot::channel();
        let letter = Letter::Join {
            ticket,
            hello,
            outlet,
            reply,
        };
        letters.send(letter).await.map_err(|_| Closing::Restart)?;
        let (who, link) = answer.await.map_err(|_| Closing::Restart)??;
        Ok(Chair {
            backstage: Arc::clone(&self.backstage),
            letters,
            actor,
            visit,
            seat,
            who,
            link,
        })
    }
}

/// A socket's place in a room.
#[derive(Debug)]
pub struct Chair {
    backstage: Arc<dyn Backstage>,
    letters: mpsc::Sender<Letter>,
    actor: Actor,
    visit: VisitId,
    seat: Seat,
    who: ParticipantId,
    link: u64,
}

impl live::Seat for Chair {
    async fn hear(&mut self, body: Vec<u8>) -> Result<(), Closing> {
        let message = ClientMsg::decode(&body).ok_or(Closing::BadFrame)?;
        let letter = Letter::Body {
            who: self.who,
            link: self.link,
            message,
        };
        self.letters.send(letter).await.map_err(|_| Closing::Restart)
    }

    /// A database that does not answer ends no call: the next question is a minute away.
    async fn may_stay(&self) -> Result<(), Closing> {
        match self.backstage.has_to_go(&self.actor, self.visit, self.seat).await {
            Ok(None) => Ok(()),
            Ok(Some(why)) => Err(why),
            Err(error) => {
                tracing::warn!(visit = %self.visit, %error, "nobody knows who may stay");
                Ok(())
            }
        }
    }

    async fn leave(self, how: Departure) {
        let letter = Letter::Gone {
            who: self.who,
            link: self.link,
            how,
        };
        // A room that is gone needs no word of it.
        let _told = self.letters.send(letter).await;
    }
}
