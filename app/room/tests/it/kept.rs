//! The log of a room on a real PostgreSQL: what was kept comes back, sealed and in order, to nobody but the room.

use crate::support::{HOST, Memory, PATIENT, Tab, append, begin, visit};
use async_trait::async_trait;
use kernel::{Actor, Db, House, PatientId, StoreError, Task, VisitId, testing::TestHouse};
use library::model::Kit;
use live::Closing;
use room::{
    model::{Act, Change, Event, ParticipantId, RoomState, Seat, ServerMsg, Shown},
    service::Log,
    session::{Backstage, Batch, Hub, Kept, Milestone, Record, Saved, Ticket},
};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;
use uuid::Uuid;

const PATIENT_ID: u128 = 50;

/// The log of the real house; seats and kit of the cast.
#[derive(Debug)]
struct OnDisk {
    house: House,
    cast: Arc<Memory>,
}

impl OnDisk {
    fn log(&self) -> Log<'_> {
        Log {
            house: &self.house,
            visit: visit(),
            patient: PatientId::new(crate::support::uuid(PATIENT_ID)),
        }
    }
}

#[async_trait]
impl Backstage for OnDisk {
    fn now_ms(&self) -> u64 {
        self.cast.now_ms()
    }
    async fn ticket(&self, actor: &Actor, visit: VisitId) -> Result<Option<Ticket>, StoreError> {
        self.cast.ticket(actor, visit).await
    }
    async fn has_to_go(&self, actor: &Actor, visit: VisitId, seat: Seat) -> Result<Option<Closing>, StoreError> {
        self.cast.has_to_go(actor, visit, seat).await
    }
    async fn open(&self, _first: &Actor, _ticket: &Ticket) -> Result<Kept, StoreError> {
        let mut tx = self.house.db.begin_task(Task::Worker).await?;
        let kept = self.log().open(&mut tx).await?;
        tx.commit().await?;
        Ok(kept)
    }
    async fn kit(&self, ticket: &Ticket) -> Result<Kit, StoreError> {
        self.cast.kit(ticket).await
    }
    async fn keep(&self, _ticket: &Ticket, batch: &Batch) -> Result<Option<Uuid>, StoreError> {
        if let Some(entry) = self.log().append_alone(batch).await? {
            return Ok(Some(entry));
        }
        let mut tx = self.house.db.begin_task(Task::Worker).await?;
        let entry = self.log().append(&mut tx, batch).await?;
        tx.commit().await?;
        Ok(Some(entry))
    }
    async fn holds(&self, _ticket: &Ticket, entry: Uuid) -> Result<bool, StoreError> {
        let mut tx = self.house.db.begin_task(Task::Worker).await?;
        self.log().holds(&mut tx, entry).await
    }
}

/// A house with one visit, and nothing else of it: the room only needs its id.
async fn house() -> TestHouse {
    let test = TestHouse::start().await;
    sqlx::query("ALTER TABLE room.session DROP CONSTRAINT session_visit_id_fkey")
        .execute(&test.owner)
        .await
        .unwrap();
    test
}

fn hub(test: &TestHouse) -> Hub {
    Hub::new(Arc::new(OnDisk {
        house: test.house.clone(),
        cast: Memory::new(),
    }))
}

#[tokio::test]
async fn a_killed_server_brings_the_board_back() {
    let test = house().await;
    let before = hub(&test);
    let mut host = Tab::open(&before, HOST, 11, (0, 0)).await.unwrap();
    host.snapshot().await;
    let mut patient = Tab::open(&before, PATIENT, 22, (0, 0)).await.unwrap();
    let who = patient.snapshot().await.me;
    host.act(Act::Admit { who }).await;
    host.act(Act::Show(Shown::Board { sheet: 0 })).await;
    let stroke = host.act(Act::Board(begin(0, 1.0))).await;
    // Past the number of events after which a whole state is saved.
    let mut last = stroke;
    for n in 0..2_100_u32 {
        last = host.act(Act::Board(append(stroke, f64::from(n)))).await;
    }
    host.answer(last).await.unwrap();
    let mut look = Tab::open(&before, HOST, 12, (0, 0)).await.unwrap();
    let acknowledged = look.snapshot().await.state;

    let after = hub(&test);
    let mut back = Tab::open(&after, PATIENT, 22, (0, 0)).await.unwrap();
    let read_back = back.snapshot().await.state;
    assert_eq!(read_back.board, acknowledged.board);
    assert_eq!(read_back.stage_hash(), acknowledged.stage_hash());
    assert_eq!(read_back.epoch, acknowledged.epoch + 1);
    let saved: bool = sqlx::query_scalar("SELECT saved IS NOT NULL FROM room.session")
        .fetch_one(&test.owner)
        .await
        .unwrap();
    assert!(saved, "a restart does not read the whole log");
}

#[tokio::test]
async fn nobody_reads_the_log_and_nobody_moves_a_batch() {
    let test = house().await;
    let room = hub(&test);
    let mut host = Tab::open(&room, HOST, 11, (0, 0)).await.unwrap();
    host.snapshot().await;
    for n in [1.0, 2.0] {
        let op = host.act(Act::Board(begin(0, n))).await;
        host.kept(op).await;
    }
    for member in [HOST, PATIENT] {
        let mut tx = test.house.db.begin(&member.actor()).await.unwrap();
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM room.batch")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(rows, 0, "{:?} reads the log past the room", member.seat);
    }
    let batches: i64 = sqlx::query_scalar("SELECT count(*) FROM room.batch")
        .fetch_one(&test.owner)
        .await
        .unwrap();
    assert!(batches >= 2);
    // The body of the first batch, pasted into the last one.
    sqlx::query(
        "UPDATE room.batch SET body = (SELECT body FROM room.batch ORDER BY n LIMIT 1)
         WHERE n = (SELECT max(n) FROM room.batch)",
    )
    .execute(&test.owner)
    .await
    .unwrap();
    let disk = OnDisk {
        house: test.house.clone(),
        cast: Memory::new(),
    };
    let opened = disk.open(&HOST.actor(), &HOST.ticket(visit())).await;
    assert!(matches!(opened, Err(StoreError::Seal(_))), "{opened:?}");
}

/// What changes more than the log needs a transaction around it all: alone nothing of it is kept.
#[tokio::test]
async fn only_records_are_kept_alone_and_only_with_the_key_at_hand() {
    let test = house().await;
    let disk = OnDisk {
        house: test.house.clone(),
        cast: Memory::new(),
    };
    disk.open(&HOST.actor(), &HOST.ticket(visit())).await.unwrap();
    let records = vec![Record::Event(Event {
        seq: 1,
        t_ms: 1,
        actor: ParticipantId::ROOM,
        cause: None,
        change: Change::Note("kept".to_owned()),
    })];
    let batch = |milestones| Batch {
        records: records.clone(),
        milestones,
        saved: None,
    };
    assert!(
        disk.log().append_alone(&batch(Vec::new())).await.unwrap().is_none(),
        "no key yet"
    );
    disk.keep(&HOST.ticket(visit()), &batch(Vec::new())).await.unwrap();
    // The key is in memory once somebody has read it after its commit.
    disk.keep(&HOST.ticket(visit()), &batch(Vec::new())).await.unwrap();
    let entry = disk.log().append_alone(&batch(Vec::new())).await.unwrap().unwrap();
    assert!(disk.holds(&HOST.ticket(visit()), entry).await.unwrap());
    let lost = disk.house.ids.uuid();
    assert!(!disk.holds(&HOST.ticket(visit()), lost).await.unwrap());
    let more = batch(vec![Milestone::Begun]);
    assert!(
        disk.log().append_alone(&more).await.unwrap().is_none(),
        "a milestone besides"
    );
    let kept = disk.open(&HOST.actor(), &HOST.ticket(visit())).await.unwrap();
    assert_eq!(kept.records, [records.clone(), records.clone(), records].concat());
}

/// A stroke does not wait for the disk; everything else does. Each transaction says at its end what it promises.
#[tokio::test]
async fn only_drawing_does_not_wait_for_the_disk() {
    let test = house().await;
    sqlx::raw_sql(
        "CREATE TABLE public.promise (n bigserial, waits text NOT NULL);
         GRANT ALL ON public.promise, public.promise_n_seq TO PUBLIC;
         CREATE FUNCTION public.promise() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN INSERT INTO public.promise (waits) VALUES (current_setting('synchronous_commit')); RETURN NULL; END$$;
         CREATE CONSTRAINT TRIGGER promised AFTER INSERT ON room.batch DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION public.promise()",
    )
    .execute(&test.owner)
    .await
    .unwrap();
    let mut disk = OnDisk {
        house: test.house.clone(),
        cast: Memory::new(),
    };
    let waiting = test.owner.connect_options().as_ref().clone();
    let waiting = waiting.options([("synchronous_commit", "on")]);
    disk.house.db = Db::connect(waiting, 1, test.house.clock.clone());
    disk.open(&HOST.actor(), &HOST.ticket(visit())).await.unwrap();

    let event = |change| {
        Record::Event(Event {
            seq: 1,
            t_ms: 1,
            actor: ParticipantId::ROOM,
            cause: None,
            change,
        })
    };
    let (stroke, note) = (event(Change::Board(begin(0, 1.0))), event(Change::Note(String::new())));
    let batch = |records: &[&Record]| Batch {
        records: records.iter().copied().cloned().collect(),
        ..Batch::default()
    };
    let saved = Batch {
        saved: Some(Saved {
            state: RoomState::new(1),
            clients: Vec::new(),
            participants: Vec::new(),
            inside: Vec::new(),
        }),
        ..batch(&[&stroke])
    };
    // Twice: the first ones are kept before the key is at hand, in a transaction.
    for _ in 0..2 {
        for batch in [&batch(&[&note]), &batch(&[&stroke]), &batch(&[&stroke, &note]), &saved] {
            disk.keep(&HOST.ticket(visit()), batch).await.unwrap();
        }
    }
    let promises: Vec<String> = sqlx::query_scalar("SELECT waits FROM public.promise ORDER BY n")
        .fetch_all(&test.owner)
        .await
        .unwrap();
    assert_eq!(promises, ["on", "off", "on", "off", "on", "off", "on", "off"]);
}

/// Strokes gather in a batch after they were told, and what is not drawing takes them along in its own.
#[tokio::test]
async fn many_strokes_are_few_batches_and_the_log_has_the_rooms_order() {
    let test = house().await;
    let room = hub(&test);
    let (mut host, mut patient) = live(&room).await;
    let batches = || async {
        sqlx::query_scalar::<_, i64>("SELECT count(*) FROM room.batch")
            .fetch_one(&test.owner)
            .await
            .unwrap()
    };
    let before = batches().await;
    let stroke = patient.act(Act::Board(begin(0, 1.0))).await;
    for n in 0..59_u32 {
        patient.act(Act::Board(append(stroke, f64::from(n)))).await;
    }
    let show = host.act(Act::Show(Shown::Board { sheet: 0 })).await;
    host.answer(show).await.unwrap();
    let last = patient.act(Act::Board(append(stroke, 99.0))).await;
    patient.kept(last).await;
    let took = batches().await - before;
    assert!((1..20).contains(&took), "{took} batches for 62 events");
    let events = log_of(&test).await;
    let drawn = events.iter().filter(|event| matches!(event.change, Change::Board(_)));
    assert_eq!(drawn.count(), 61);
    assert!(events.is_sorted_by_key(|event| event.seq));
}

/// The log refuses a stroke that everybody has seen: nobody was told that it is kept, and it is said again.
#[tokio::test]
async fn a_stroke_that_the_log_refused_is_not_acknowledged_and_comes_again() {
    let test = house().await;
    let room = hub(&test);
    let (mut host, mut patient) = live(&room).await;
    let kept = patient.act(Act::Board(begin(0, 1.0))).await;
    patient.kept(kept).await;
    let run = |statement: &'static str| {
        let owner = test.owner.clone();
        async move { sqlx::query(statement).execute(&owner).await.unwrap() }
    };
    run("REVOKE INSERT ON room.batch FROM tele_app").await;
    let refused = patient.act(Act::Board(append(kept, 2.0))).await;
    let seen = host.told(refused).await;
    let closed = async {
        while patient.closing().is_none() {
            assert!(
                !matches!(patient.hear().await, Some(ServerMsg::Kept { .. })),
                "acknowledged and not in the log"
            );
        }
    };
    timeout(Duration::from_secs(10), closed)
        .await
        .expect("the room goes on without its log");
    assert_eq!(patient.closing(), Some(Closing::Restart));
    run("GRANT INSERT ON room.batch TO tele_app").await;

    let mut back = Tab::open(&room, PATIENT, 22, (1, seen)).await.unwrap();
    assert_eq!(back.snapshot().await.last_op, kept);
    back.next_op = refused;
    back.act(Act::Board(append(kept, 2.0))).await;
    back.kept(refused).await;
    let mut host = Tab::open(&room, HOST, 11, (1, seen)).await.unwrap();
    let board = host.snapshot().await.state.board;
    let points: Vec<usize> = board.strokes().map(|(_, stroke)| stroke.points.len()).collect();
    assert_eq!(points, [2], "once, and not twice");
    let again = log_of(&test).await;
    let again = again.iter().filter(|event| {
        event
            .cause
            .is_some_and(|cause| cause.no == refused && matches!(event.change, Change::Board(_)))
    });
    assert_eq!(again.count(), 1);
}

async fn live(hub: &Hub) -> (Tab, Tab) {
    let mut host = Tab::open(hub, HOST, 11, (0, 0)).await.unwrap();
    host.snapshot().await;
    let mut patient = Tab::open(hub, PATIENT, 22, (0, 0)).await.unwrap();
    let who = patient.snapshot().await.me;
    host.act(Act::Admit { who }).await;
    patient.snapshot().await;
    (host, patient)
}

/// What a server that starts now would read.
async fn log_of(test: &TestHouse) -> Vec<Event> {
    let disk = OnDisk {
        house: test.house.clone(),
        cast: Memory::new(),
    };
    let kept = disk.open(&HOST.actor(), &HOST.ticket(visit())).await.unwrap();
    let event = |record| match record {
        Record::Event(event) => Some(event),
        _ => None,
    };
    kept.records.into_iter().filter_map(event).collect()
}
