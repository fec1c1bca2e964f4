//! A room to test in: a cast, a backstage in memory, and a socket that is played by hand.

use async_trait::async_trait;
use kernel::{AccountId, Actor, PatientId, Role, SessionId, StoreError, TherapistId, VisitId};
use library::model::{ItemId, ItemKind, Kit, KitItem};
use live::{
    Closing, Hello, Outlet, Rooms, Seat as _,
    server::{Departure, Inbox},
};
use room::{
    model::{
        Act, Change, ClientMsg, Color, Event, Ink, Op, Point, Seat, ServerMsg, Sheet, Tool, Width, wire::Greeting,
    },
    session::{Backstage, Batch, Chair, Hub, Kept, Milestone, Record, Saved, Ticket},
};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, RwLock};
use uuid::Uuid;

pub const START_MS: u64 = 1_803_996_000_000;

pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub const fn item(n: u128) -> ItemId {
    ItemId::new(Uuid::from_u128(n))
}

pub const PICTURE: ItemId = item(0xa1);
pub const VIDEO: ItemId = item(0xa2);
pub const DOCUMENT: ItemId = item(0xa3);

pub fn kit() -> Kit {
    let thing = |item, kind, pages, duration_ms| KitItem {
        item,
        kind,
        name: String::new(),
        width: 100,
        height: 100,
        pages,
        duration_ms,
        assets: Vec::new(),
    };
    Kit {
        waiting_video: None,
        items: vec![
            thing(PICTURE, ItemKind::Picture, 0, 0),
            thing(VIDEO, ItemKind::Video, 0, 60_000),
            thing(DOCUMENT, ItemKind::Document, 3, 0),
        ],
    }
}

pub fn begin(sheet: u16, x: f64) -> Op {
    Op::Begin {
        sheet: Sheet::Blank(sheet),
        ink: Ink {
            tool: Tool::Pen,
            color: Color::Blue,
            width: Width::Normal,
        },
        points: vec![Point::at(x, 10.0, 0.5, 0.0)].into(),
    }
}

pub fn append(stroke: u32, x: f64) -> Op {
    Op::Append {
        stroke,
        points: vec![Point::at(x, 20.0, 0.5, 8.0)].into(),
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Member {
    pub account: u128,
    pub seat: Seat,
}

pub const HOST: Member = Member {
    account: 1,
    seat: Seat::Host,
};
pub const PATIENT: Member = Member {
    account: 2,
    seat: Seat::Patient,
};
pub const GUARDIAN: Member = Member {
    account: 3,
    seat: Seat::Guardian,
};

impl Member {
    pub fn actor(self) -> Actor {
        Actor {
            account: AccountId::new(uuid(self.account)),
            role: match self.seat {
                Seat::Host => Role::Therapist,
                Seat::Patient => Role::Patient,
                Seat::Guardian => Role::Guardian,
            },
            session: SessionId::new(uuid(self.account + 1_000)),
        }
    }

    pub fn ticket(self, visit: VisitId) -> Ticket {
        Ticket {
            visit,
            patient: PatientId::new(uuid(50)),
            therapist: TherapistId::new(uuid(1)),
            account: AccountId::new(uuid(self.account)),
            seat: self.seat,
            name: format!("{:?}", self.seat),
            open: true,
            closes_at_ms: START_MS + 3_600_000,
        }
    }
}

/// A backstage without a database: the log is a vector, the clock is moved by hand.
#[derive(Debug, Default)]
pub struct Memory {
    pub now_ms: AtomicU64,
    pub down: AtomicBool,
    /// The database starts anew at the next batch, and has forgotten what it had not written.
    pub forgets: AtomicBool,
    pub records: Mutex<Vec<Record>>,
    /// The batches that the log has.
    pub entries: Mutex<Vec<Uuid>>,
    /// Held by a test that lets no batch through.
    pub gate: RwLock<()>,
    /// A batch stands before the gate.
    pub tried: Notify,
    /// The database does not answer.
    pub away: AtomicBool,
    /// Somebody asked whether the log has an entry, and a whole state was saved: for tests that wait for it.
    pub asked: Notify,
    pub saves: Notify,
    pub saved: Mutex<Option<Saved>>,
    pub milestones: Mutex<Vec<Milestone>>,
    pub goes: Mutex<Option<Closing>>,
    epoch: AtomicU64,
}

impl Memory {
    pub fn new() -> Arc<Self> {
        let memory = Self::default();
        memory.now_ms.store(START_MS, Ordering::SeqCst);
        Arc::new(memory)
    }

    pub fn advance(&self, ms: u64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// What a server that starts after a kill finds.
    pub fn after_a_kill(&self) -> Arc<Self> {
        let found = Self::new();
        found.records.lock().unwrap().clone_from(&self.records.lock().unwrap());
        found.saved.lock().unwrap().clone_from(&self.saved.lock().unwrap());
        found.epoch.store(self.epoch.load(Ordering::SeqCst), Ordering::SeqCst);
        found
    }

    /// The events of the log, in its order.
    pub fn events(&self) -> Vec<Event> {
        let records = self.records.lock().unwrap();
        let event = |record: &Record| match record {
            Record::Event(event) => Some(event.clone()),
            _ => None,
        };
        records.iter().filter_map(event).collect()
    }

    /// What a database that is killed loses: the strokes of the last moment.
    pub fn forget_drawing(&self) {
        let drawn =
            |record: &Record| matches!(record, Record::Event(event) if matches!(event.change, Change::Board(_)));
        self.records.lock().unwrap().retain(|record| !drawn(record));
        self.entries.lock().unwrap().clear();
    }

    pub fn milestones(&self) -> Vec<Milestone> {
        self.milestones.lock().unwrap().clone()
    }
}

#[async_trait]
impl Backstage for Memory {
    fn now_ms(&self) -> u64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    async fn ticket(&self, actor: &Actor, visit: VisitId) -> Result<Option<Ticket>, StoreError> {
        let cast = [HOST, PATIENT, GUARDIAN];
        Ok(cast
            .into_iter()
            .find(|member| member.actor().account == actor.account)
            .map(|member| member.ticket(visit)))
    }

    async fn has_to_go(&self, _actor: &Actor, _visit: VisitId, _seat: Seat) -> Result<Option<Closing>, StoreError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(StoreError::Corrupt("test: the database refuses"));
        }
        Ok(*self.goes.lock().unwrap())
    }

    async fn open(&self, _first: &Actor, _ticket: &Ticket) -> Result<Kept, StoreError> {
        Ok(Kept {
            epoch: self.epoch.fetch_add(1, Ordering::SeqCst) + 1,
            saved: self.saved.lock().unwrap().clone(),
            records: self.records.lock().unwrap().clone(),
        })
    }

    async fn kit(&self, _ticket: &Ticket) -> Result<Kit, StoreError> {
        Ok(kit())
    }

    async fn keep(&self, _ticket: &Ticket, batch: &Batch) -> Result<Option<Uuid>, StoreError> {
        self.tried.notify_one();
        let _open = self.gate.read().await;
        if self.away.load(Ordering::SeqCst) {
            return Err(sqlx::Error::WorkerCrashed.into());
        }
        if self.down.load(Ordering::SeqCst) {
            return Err(StoreError::Corrupt("test: the database refuses"));
        }
        if self.forgets.swap(false, Ordering::SeqCst) {
            self.forget_drawing();
            return Err(sqlx::Error::WorkerCrashed.into());
        }
        self.records.lock().unwrap().extend(batch.records.iter().cloned());
        self.milestones.lock().unwrap().extend(batch.milestones.iter().copied());
        if let Some(saved) = &batch.saved {
            *self.saved.lock().unwrap() = Some(saved.clone());
            self.records.lock().unwrap().clear();
            self.saves.notify_one();
        }
        let entry = Uuid::now_v7();
        self.entries.lock().unwrap().push(entry);
        Ok(Some(entry))
    }

    async fn holds(&self, _ticket: &Ticket, entry: Uuid) -> Result<bool, StoreError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(sqlx::Error::WorkerCrashed.into());
        }
        self.asked.notify_one();
        Ok(self.entries.lock().unwrap().contains(&entry))
    }
}

pub fn visit() -> VisitId {
    VisitId::new(uuid(7))
}

/// One tab, played by hand.
#[derive(Debug)]
pub struct Tab {
    chair: Option<Chair>,
    inbox: Inbox,
    pub next_op: u32,
}

impl Tab {
    pub async fn open(hub: &Hub, member: Member, device: u128, resume: (u64, u64)) -> Result<Self, Closing> {
        let (outlet, inbox) = Outlet::pair();
        let hello = Hello {
            room: visit().uuid(),
            device: uuid(device),
            epoch: resume.0,
            last_seq: resume.1,
        };
        let chair = hub.join(member.actor(), hello, outlet).await?;
        Ok(Self {
            chair: Some(chair),
            inbox,
            next_op: 1,
        })
    }

    pub async fn say(&mut self, message: ClientMsg) {
        let chair = self.chair.as_mut().expect("the tab has left");
        chair.hear(message.encode()).await.expect("the room is gone");
    }

    pub async fn act(&mut self, act: Act) -> u32 {
        let op_no = self.next_op;
        self.next_op += 1;
        self.say(ClientMsg::Act { op_no, act }).await;
        op_no
    }

    /// What the socket asks once a minute.
    pub async fn may_stay(&self) -> Result<(), Closing> {
        self.chair.as_ref().expect("the tab has left").may_stay().await
    }

    pub async fn leave(&mut self, how: Departure) {
        self.chair.take().expect("the tab has left").leave(how).await;
    }

    pub fn closing(&self) -> Option<Closing> {
        self.inbox.closing()
    }

    /// The next message, or nothing within a second.
    pub async fn hear(&mut self) -> Option<ServerMsg> {
        let frame = tokio::time::timeout(Duration::from_secs(1), self.inbox.next())
            .await
            .ok()??;
        match live::ServerFrame::decode(&frame).unwrap() {
            live::ServerFrame::Body(body) => Some(ServerMsg::decode(&body).unwrap()),
            other => panic!("{other:?}"),
        }
    }

    /// Waits for the first message that fits.
    pub async fn until<T>(&mut self, what: &str, fits: impl Fn(&ServerMsg) -> Option<T>) -> T {
        for _ in 0..200 {
            let message = self.hear().await.unwrap_or_else(|| panic!("never heard: {what}"));
            if let Some(found) = fits(&message) {
                return found;
            }
        }
        panic!("never heard: {what}")
    }

    pub async fn snapshot(&mut self) -> Greeting {
        self.until("a snapshot", |message| match message {
            ServerMsg::Snapshot(greeting) => Some((**greeting).clone()),
            _ => None,
        })
        .await
    }

    /// Waits for the answer to an act: its event's number, or why it was refused.
    pub async fn answer(&mut self, op_no: u32) -> Result<u64, room::model::Refusal> {
        self.until("an answer", |message| match message {
            ServerMsg::Events(events) => events
                .iter()
                .find(|event| event.cause.is_some_and(|cause| cause.no == op_no))
                .map(|event| Ok(event.seq)),
            ServerMsg::Reject { op_no: no, why } if *no == op_no => Some(Err(*why)),
            _ => None,
        })
        .await
    }

    /// Waits until a stroke's operation may be forgotten.
    pub async fn kept(&mut self, op_no: u32) {
        self.until("that it is kept", |message| match message {
            ServerMsg::Kept { last_op } => (*last_op >= op_no).then_some(()),
            _ => None,
        })
        .await;
    }

    /// Waits until somebody else's operation, or an own one, is told; no acknowledgement may come before.
    pub async fn told(&mut self, op_no: u32) -> u64 {
        self.until("a stroke", |message| match message {
            ServerMsg::Events(events) => events
                .iter()
                .find(|event| {
                    matches!(event.change, Change::Board(_)) && event.cause.is_some_and(|cause| cause.no == op_no)
                })
                .map(|event| event.seq),
            ServerMsg::Kept { .. } => panic!("acknowledged too early"),
            _ => None,
        })
        .await
    }
}
