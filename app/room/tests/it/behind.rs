//! Drawing is told before it is kept, and acknowledged after (decision 0020): the task of a room with sockets played by hand.

use crate::support::{HOST, Memory, PATIENT, START_MS, Tab, append, begin};
use live::{Closing, server::Departure};
use room::{
    model::{Act, Change, ClientMsg, ParticipantId, Phase, Presence, Refusal, ServerMsg, Shown, wire::RenderAck},
    session::Hub,
};
use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};
use tokio::time::timeout;

const SOON: Duration = Duration::from_secs(10);
const SEEN: RenderAck = RenderAck {
    stage_seq: 1,
    painted_at_ms: START_MS,
    visible: true,
    audio_blocked: false,
    media_pos_ms: None,
};

fn hub(memory: &Arc<Memory>) -> Hub {
    Hub::new(Arc::clone(memory) as _)
}

/// Host and patient in a live session, both greeted.
async fn live(hub: &Hub) -> (Tab, Tab) {
    let mut host = Tab::open(hub, HOST, 11, (0, 0)).await.unwrap();
    host.snapshot().await;
    let mut patient = Tab::open(hub, PATIENT, 22, (0, 0)).await.unwrap();
    let who = patient.snapshot().await.me;
    host.act(Act::Admit { who }).await;
    assert_eq!(patient.snapshot().await.state.phase, Phase::Live);
    (host, patient)
}

#[tokio::test]
async fn drawing_is_told_before_it_is_kept_and_acknowledged_after() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient) = live(&hub).await;
    let closed = memory.gate.write().await;
    // What was kept before is not what is waited for.
    let _before = timeout(Duration::ZERO, memory.tried.notified()).await;
    let stroke = patient.act(Act::Board(begin(0, 1.0))).await;
    let first = host.told(stroke).await;
    timeout(SOON, memory.tried.notified())
        .await
        .expect("it is not being kept");
    // The log takes nothing, and drawing goes on.
    let more = patient.act(Act::Board(append(stroke, 2.0))).await;
    assert_eq!(host.told(more).await, first + 1);
    drop(closed);
    assert_eq!(patient.told(more).await, first + 1);
    patient.kept(more).await;
    let kept: Vec<u64> = memory
        .events()
        .iter()
        .filter(|event| matches!(event.change, Change::Board(_)))
        .map(|event| event.seq)
        .collect();
    assert_eq!(kept, [first, first + 1]);
}

/// Whoever drew alone has it on the screen: it comes back with what they are told next, in order.
#[tokio::test]
async fn an_own_stroke_comes_back_with_the_next_frame() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient) = live(&hub).await;
    let closed = memory.gate.write().await;
    let own = patient.act(Act::Board(begin(0, 1.0))).await;
    host.told(own).await;
    let foreign = host.act(Act::Board(begin(0, 2.0))).await;
    let heard = patient
        .until("strokes", |message| match message {
            ServerMsg::Events(events) => Some(events.clone()),
            _ => None,
        })
        .await;
    let causes: Vec<_> = heard.iter().filter_map(|event| event.cause).map(|id| id.no).collect();
    assert_eq!(causes, [own, foreign]);
    assert_eq!(heard[0].seq + 1, heard[1].seq);
    drop(closed);
    patient.kept(own).await;
    host.kept(foreign).await;
}

#[tokio::test]
async fn everything_else_is_kept_first_and_nothing_overtakes_it() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient) = live(&hub).await;
    let before = patient.act(Act::Board(begin(0, 1.0))).await;
    host.told(before).await;
    patient.kept(before).await;
    let closed = memory.gate.write().await;
    let _before = timeout(Duration::ZERO, memory.tried.notified()).await;
    let show = host.act(Act::Show(Shown::Board { sheet: 0 })).await;
    timeout(SOON, memory.tried.notified()).await.expect("nothing is kept");
    let after = patient.act(Act::Board(append(before, 2.0))).await;
    // Longer than a batch waits for anything but the log; what is no event goes through all the while.
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(60) {
        patient.say(ClientMsg::RenderAck(SEEN)).await;
        let heard = host.hear().await;
        assert!(matches!(heard, Some(ServerMsg::Receipt { .. })), "{heard:?}");
    }
    drop(closed);
    let mut told = Vec::new();
    while !told.iter().any(|(no, _)| *no == Some(after)) {
        let Some(ServerMsg::Events(events)) = host.hear().await else {
            panic!("the host was not told: {told:?}")
        };
        for event in events {
            if event.cause.is_some_and(|cause| cause.no == show) && matches!(event.change, Change::Shown { .. }) {
                assert!(memory.events().contains(&event), "told before it was kept");
            }
            told.push((event.cause.map(|cause| cause.no), event.seq));
        }
    }
    assert!(told.is_sorted_by_key(|(_, seq)| *seq), "{told:?}");
    patient.kept(after).await;
    let log: Vec<u64> = memory.events().iter().map(|event| event.seq).collect();
    assert!(log.is_sorted(), "{log:?}");
}

/// A greeting says what is kept: whoever comes back forgets what it names.
#[tokio::test]
async fn a_greeting_waits_for_the_log() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient) = live(&hub).await;
    let stroke = patient.act(Act::Board(begin(0, 1.0))).await;
    host.told(stroke).await;
    patient.leave(Departure::Cut).await;
    let mut back = Tab::open(&hub, PATIENT, 22, (0, 0)).await.unwrap();
    assert_eq!(back.snapshot().await.last_op, stroke);
    let drawn = |change: &Change| matches!(change, Change::Board(_));
    assert!(memory.events().iter().any(|event| drawn(&event.change)));
}

/// Killed when everybody had seen the stroke and the log had not.
#[tokio::test]
async fn a_stroke_that_was_told_and_not_kept_is_said_again_after_a_kill() {
    let memory = Memory::new();
    let before = hub(&memory);
    let (mut host, mut patient) = live(&before).await;
    let kept = patient.act(Act::Board(begin(0, 1.0))).await;
    patient.kept(kept).await;
    let closed = memory.gate.write().await;
    let lost = patient.act(Act::Board(append(kept, 2.0))).await;
    let seen = host.told(lost).await;
    let found = memory.after_a_kill();
    let after = hub(&found);

    // Whoever drew comes back first, and is heard although the host is not there to unlock the board.
    let mut back = Tab::open(&after, PATIENT, 22, (1, seen)).await.unwrap();
    let greeting = back.snapshot().await;
    assert_eq!((greeting.last_op, greeting.state.epoch), (kept, 2));
    let points = |board: &room::model::Board| board.strokes().map(|(_, stroke)| stroke.points.len()).sum::<usize>();
    assert_eq!(points(&greeting.state.board), 1, "the log never had it");
    back.next_op = lost;
    assert_eq!(back.act(Act::Board(append(kept, 2.0))).await, lost);
    back.kept(lost).await;
    // Whoever had seen it holds numbers that mean nothing any more, and gets everything.
    let mut host = Tab::open(&after, HOST, 11, (1, seen)).await.unwrap();
    assert_eq!(points(&host.snapshot().await.state.board), 2);

    // From here on the board is locked as ever while the host is away.
    host.leave(Departure::Cut).await;
    back.until("that the host is cut", |message| match message {
        ServerMsg::Events(events) => events
            .iter()
            .any(|event| {
                matches!(&event.change, Change::Person(p)
                    if p.id == ParticipantId(1) && p.presence == Presence::Resuming)
            })
            .then_some(()),
        _ => None,
    })
    .await;
    let locked = back.act(Act::Board(begin(0, 3.0))).await;
    assert_eq!(back.answer(locked).await, Err(Refusal::Locked));
    drop(closed);
}

#[tokio::test]
async fn while_the_database_is_away_drawing_goes_on_and_nothing_is_acknowledged() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient) = live(&hub).await;
    memory.away.store(true, Ordering::SeqCst);
    let stroke = patient.act(Act::Board(begin(0, 1.0))).await;
    host.told(stroke).await;
    let mut last = stroke;
    for x in [2.0, 3.0] {
        timeout(SOON, memory.tried.notified()).await.expect("it is tried again");
        last = patient.act(Act::Board(append(stroke, x))).await;
        host.told(last).await;
    }
    memory.away.store(false, Ordering::SeqCst);
    patient.kept(last).await;
    timeout(SOON, memory.saves.notified())
        .await
        .expect("the whole state heals the log");
    assert_eq!(patient.closing(), None::<Closing>);
    let found = Tab::open(&self::hub(&memory.after_a_kill()), PATIENT, 22, (0, 0)).await;
    let board = found.unwrap().snapshot().await.state.board;
    assert_eq!(
        board
            .strokes()
            .map(|(_, stroke)| stroke.points.len())
            .collect::<Vec<_>>(),
        [3]
    );
}
