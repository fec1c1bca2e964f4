//! The task of a room with sockets played by hand.

use crate::support::{GUARDIAN, HOST, Memory, PATIENT, Tab, VIDEO, append, begin, visit};
use kernel::{TherapistId, VisitId};
use live::{Closing, server::Departure};
use room::{
    model::{Act, Change, ClientMsg, ParticipantId, Phase, PlayState, Presence, Refusal, Rights, ServerMsg, Shown},
    session::{Hub, Milestone},
};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::time::timeout;

fn hub(memory: &Arc<Memory>) -> Hub {
    Hub::new(Arc::clone(memory) as _)
}

/// Host and patient in a live session, both greeted.
async fn live(hub: &Hub) -> (Tab, Tab, ParticipantId) {
    let mut host = Tab::open(hub, HOST, 11, (0, 0)).await.unwrap();
    host.snapshot().await;
    let mut patient = Tab::open(hub, PATIENT, 22, (0, 0)).await.unwrap();
    let who = patient.snapshot().await.me;
    host.act(Act::Admit { who }).await;
    assert_eq!(patient.snapshot().await.state.phase, Phase::Live);
    (host, patient, who)
}

async fn presence(tab: &mut Tab, who: ParticipantId, wanted: Presence) {
    tab.until("a change of presence", |message| match message {
        ServerMsg::Events(events) => events
            .iter()
            .any(|event| matches!(&event.change, Change::Person(p) if p.id == who && p.presence == wanted))
            .then_some(()),
        _ => None,
    })
    .await;
}

#[tokio::test]
async fn somebody_who_waits_learns_of_the_host_and_nobody_else() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, _patient, _) = live(&hub).await;
    host.act(Act::Board(begin(0, 1.0))).await;
    let mut guardian = Tab::open(&hub, GUARDIAN, 33, (0, 0)).await.unwrap();
    let seen = guardian.snapshot().await;
    assert_eq!(seen.state.people.len(), 2, "themselves and the host");
    assert!(seen.state.board.is_empty());
    let op = host.act(Act::Show(Shown::Video { item: VIDEO })).await;
    host.answer(op).await.unwrap();
    let op = host
        .act(Act::Note {
            text: "soon".to_owned(),
        })
        .await;
    host.answer(op).await.unwrap();
    let note = guardian.hear().await.unwrap();
    assert!(
        matches!(&note, ServerMsg::Events(events) if matches!(events.as_slice(), [only] if only.change == Change::Note("soon".to_owned()))),
        "{note:?}"
    );
}

#[tokio::test]
async fn a_short_cut_gets_the_gap_and_a_stranger_state_gets_everything() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient, _) = live(&hub).await;
    let op = host.act(Act::Board(begin(0, 1.0))).await;
    let seq = host.answer(op).await.unwrap();
    patient.leave(Departure::Cut).await;
    let op = host.act(Act::Board(append(op, 2.0))).await;
    host.answer(op).await.unwrap();

    let mut back = Tab::open(&hub, PATIENT, 22, (1, seq)).await.unwrap();
    let missed = back
        .until("the gap", |message| match message {
            ServerMsg::Resumed { missed, .. } => Some(missed.clone()),
            _ => None,
        })
        .await;
    assert!(missed.iter().any(|event| matches!(event.change, Change::Board(_))));
    assert!(missed.iter().all(|event| event.seq > seq));

    let mut elsewhere = Tab::open(&hub, PATIENT, 22, (9, seq)).await.unwrap();
    assert_eq!(
        elsewhere.snapshot().await.state.board.len(),
        1,
        "another epoch: the whole room"
    );
}

#[tokio::test]
async fn an_act_that_is_sent_twice_acts_once() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient, _) = live(&hub).await;
    let stroke = patient.act(Act::Board(begin(0, 1.0))).await;
    let op_no = patient.act(Act::Board(append(stroke, 2.0))).await;
    patient.answer(op_no).await.unwrap();
    let again = ClientMsg::Act {
        op_no,
        act: Act::Board(append(stroke, 2.0)),
    };
    patient.say(again).await;
    let next = host.act(Act::Board(begin(0, 2.0))).await;
    host.answer(next).await.unwrap();
    let mut look = Tab::open(&hub, HOST, 12, (0, 0)).await.unwrap();
    let board = look.snapshot().await.state.board;
    let lengths: Vec<usize> = board.strokes().map(|(_, stroke)| stroke.points.len()).collect();
    assert_eq!(lengths, [2, 1], "the second chunk is there once");
}

#[tokio::test]
async fn a_newer_tab_closes_the_older_one() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (host, mut patient, who) = live(&hub).await;
    let mut newer = Tab::open(&hub, PATIENT, 23, (0, 0)).await.unwrap();
    let greeting = newer.snapshot().await;
    assert_eq!(patient.closing(), Some(Closing::Superseded));
    assert_eq!(greeting.me, who, "the same person");
    assert_eq!(greeting.state.phase, Phase::Live, "at the same place");
    // The old socket's farewell, which comes late, takes nothing away.
    patient.leave(Departure::Cut).await;
    let op = newer.act(Act::Hand { up: true }).await;
    newer.answer(op).await.unwrap();
    assert_eq!(host.closing(), None);
}

#[tokio::test]
async fn while_the_host_is_away_the_board_is_locked_and_nobody_is_promoted() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient, _) = live(&hub).await;
    host.leave(Departure::Cut).await;
    presence(&mut patient, ParticipantId(1), Presence::Resuming).await;
    let op = patient.act(Act::Board(begin(0, 1.0))).await;
    assert_eq!(patient.answer(op).await, Err(Refusal::Locked));
    let op = patient.act(Act::End).await;
    assert_eq!(patient.answer(op).await, Err(Refusal::NotAllowed));

    memory.advance(30_000);
    presence(&mut patient, ParticipantId(1), Presence::Left).await;
    let mut back = Tab::open(&hub, HOST, 99, (0, 0)).await.unwrap();
    let greeting = back.snapshot().await;
    assert_eq!(
        greeting.state.host().map(|host| host.id),
        Some(greeting.me),
        "the host comes back as host"
    );
    let op = patient.act(Act::Board(begin(0, 1.0))).await;
    patient.answer(op).await.unwrap();
}

#[tokio::test]
async fn a_lock_set_by_the_host_survives_a_reload_of_the_patient() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient, who) = live(&hub).await;
    let rights = Rights::View;
    let op = host.act(Act::SetRights { who, rights }).await;
    host.answer(op).await.unwrap();
    patient.leave(Departure::Cut).await;
    let mut back = Tab::open(&hub, PATIENT, 22, (0, 0)).await.unwrap();
    back.next_op = back.snapshot().await.last_op + 1;
    let op = back.act(Act::Board(begin(0, 1.0))).await;
    assert_eq!(back.answer(op).await, Err(Refusal::Locked));
}

#[tokio::test]
async fn a_film_waits_for_everybody_and_then_starts_without_the_late() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient, who) = live(&hub).await;
    host.act(Act::Show(Shown::Video { item: VIDEO })).await;
    host.act(Act::Play { pos_ms: 1_000 }).await;
    let playing = |message: &ServerMsg, state: PlayState| match message {
        ServerMsg::Events(events) => events.iter().find_map(|event| match &event.change {
            Change::Playback { playback, late } if playback.state == state => Some((*playback, late.clone())),
            _ => None,
        }),
        _ => None,
    };
    let (preparing, _) = host.until("preparing", |m| playing(m, PlayState::Preparing)).await;
    let epoch = preparing.epoch;
    host.say(ClientMsg::Prepared { epoch, rtt_ms: 20 }).await;
    patient.say(ClientMsg::Prepared { epoch, rtt_ms: 80 }).await;
    let (started, late) = host.until("the start", |m| playing(m, PlayState::Playing)).await;
    assert_eq!(
        started.at_ms,
        memory.now_ms.load(Ordering::SeqCst) + 40 + 150,
        "half the slowest round trip"
    );
    assert!(late.is_empty());

    host.act(Act::Seek { pos_ms: 5_000 }).await;
    let (preparing, _) = host.until("preparing", |m| playing(m, PlayState::Preparing)).await;
    let report = ClientMsg::Prepared {
        epoch: preparing.epoch,
        rtt_ms: 20,
    };
    host.say(report).await;
    memory.advance(1_500);
    let (_, late) = host.until("the start", |m| playing(m, PlayState::Playing)).await;
    assert_eq!(late, [who], "the patient is marked as late");
}

#[tokio::test]
async fn the_end_reaches_everybody_and_the_visits_record() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (mut host, mut patient, _) = live(&hub).await;
    memory.advance(60_000);
    host.act(Act::End).await;
    patient
        .until("the end", |message| match message {
            ServerMsg::Events(events) => events
                .iter()
                .any(|event| event.change == Change::Phase(Phase::Ended))
                .then_some(()),
            _ => None,
        })
        .await;
    assert_eq!(patient.closing(), Some(Closing::Left));
    let milestones = memory.milestones();
    assert!(
        milestones.starts_with(&[Milestone::CheckedIn, Milestone::Begun]),
        "{milestones:?}"
    );
    assert_eq!(milestones.last(), Some(&Milestone::Ended));
    let stays: Vec<u64> = milestones
        .iter()
        .filter_map(|milestone| match milestone {
            Milestone::Left { entered_ms, at_ms, .. } => Some(at_ms - entered_ms),
            _ => None,
        })
        .collect();
    assert_eq!(stays, [60_000, 60_000], "both were there for a minute");
    patient.leave(Departure::Cut).await;
    host.leave(Departure::Cut).await;
    let late = Tab::open(&hub, PATIENT, 22, (0, 0)).await;
    assert!(matches!(late, Err(Closing::NotOpen | Closing::Restart)), "{late:?}");
}

#[tokio::test]
async fn a_killed_room_comes_back_as_it_was_acknowledged() {
    let memory = Memory::new();
    let before = hub(&memory);
    let (mut host, mut patient, who) = live(&before).await;
    let op = patient.act(Act::Board(begin(0, 1.0))).await;
    patient.answer(op).await.unwrap();
    let op = host.act(Act::Show(Shown::Board { sheet: 0 })).await;
    host.answer(op).await.unwrap();

    // Another hub over the same log: what a restarted server is.
    let after = hub(&memory);
    let mut back = Tab::open(&after, PATIENT, 22, (1, 5)).await.unwrap();
    let greeting = back.snapshot().await;
    assert_eq!(greeting.me, who);
    assert_eq!(greeting.last_op, 1, "its acts are known");
    assert_eq!(greeting.state.epoch, 2);
    assert_eq!(greeting.state.board.len(), 1);
    assert_eq!(greeting.state.stage.shown, Shown::Board { sheet: 0 });
    assert_eq!(greeting.state.phase, Phase::Live);
    assert!(!greeting.state.host_here(), "the host has not come back yet");
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_acknowledged() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (_host, mut patient, _) = live(&hub).await;
    memory.down.store(true, Ordering::SeqCst);
    patient.act(Act::Board(begin(0, 1.0))).await;
    for _ in 0..100 {
        if patient.closing().is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(patient.closing(), Some(Closing::Restart));
    while let Some(message) = patient.hear().await {
        assert!(!matches!(message, ServerMsg::Kept { .. }), "acknowledged and not kept");
    }
    memory.down.store(false, Ordering::SeqCst);
    let mut back = Tab::open(&hub, PATIENT, 22, (0, 0)).await.unwrap();
    let greeting = back.snapshot().await;
    assert_eq!(
        (greeting.last_op, greeting.state.board.len()),
        (0, 0),
        "the page sends it again"
    );
}

#[tokio::test]
async fn a_database_that_forgot_strokes_gets_them_again() {
    let memory = Memory::new();
    let before = hub(&memory);
    let (_host, mut patient, _) = live(&before).await;
    let forgotten = patient.act(Act::Board(begin(0, 1.0))).await;
    patient.kept(forgotten).await;
    memory.forgets.store(true, Ordering::SeqCst);
    // The first is kept at the second attempt; the second is kept with or after the state.
    for x in [2.0, 3.0] {
        let stroke = patient.act(Act::Board(begin(0, x))).await;
        patient.kept(stroke).await;
    }
    let mut back = Tab::open(&hub(&memory), PATIENT, 22, (0, 0)).await.unwrap();
    assert_eq!(back.snapshot().await.state.board.len(), 3);
}

#[tokio::test]
async fn the_therapist_sees_who_waits_and_how_ready_they_are() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let therapist = TherapistId::new(crate::support::uuid(1));
    let mut patient = Tab::open(&hub, PATIENT, 22, (0, 0)).await.unwrap();
    patient.snapshot().await;
    let op = patient.act(Act::Ready).await;
    patient.answer(op).await.unwrap();
    let waiting = hub.waiting(therapist);
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].ready);
    assert_eq!(waiting[0].visit, visit());
    assert!(
        hub.waiting(TherapistId::new(crate::support::uuid(4))).is_empty(),
        "a colleague sees nobody"
    );

    patient.leave(Departure::Bye).await;
    for _ in 0..100 {
        if hub.waiting(therapist).is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(hub.waiting(therapist).is_empty());
    assert_eq!(memory.milestones().last(), Some(&Milestone::NobodyWaits));
}

#[tokio::test]
async fn a_seat_is_judged_again_and_a_silent_database_takes_none_away() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let (host, _patient, _) = live(&hub).await;
    assert_eq!(host.may_stay().await, Ok(()));
    *memory.goes.lock().unwrap() = Some(Closing::CalledOff);
    assert_eq!(host.may_stay().await, Err(Closing::CalledOff));
    memory.down.store(true, Ordering::SeqCst);
    assert_eq!(host.may_stay().await, Ok(()));
}

#[tokio::test]
async fn an_unknown_account_and_an_absent_visit_are_told_the_same() {
    let memory = Memory::new();
    let hub = hub(&memory);
    let stranger = crate::support::Member {
        account: 77,
        seat: PATIENT.seat,
    };
    let answer = Tab::open(&hub, stranger, 1, (0, 0)).await;
    assert!(matches!(answer, Err(Closing::NotAllowed)), "{answer:?}");
    assert_ne!(visit(), VisitId::new(crate::support::uuid(8)));
}

/// The database is killed and comes back while nobody draws: no batch finds it away.
#[tokio::test]
async fn strokes_that_were_forgotten_in_a_pause_are_kept_again() {
    let memory = Memory::new();
    let before = hub(&memory);
    let (_host, mut patient, _) = live(&before).await;
    let forgotten = patient.act(Act::Board(begin(0, 1.0))).await;
    patient.kept(forgotten).await;
    memory.forget_drawing();
    let soon = Duration::from_secs(10);
    timeout(soon, memory.saves.notified())
        .await
        .expect("the room noticed nothing");
    let mut back = Tab::open(&hub(&memory), PATIENT, 22, (0, 0)).await.unwrap();
    assert_eq!(back.snapshot().await.state.board.len(), 1);

    // What was not forgotten is asked for and not kept twice.
    timeout(soon, memory.asked.notified()).await.expect("asked");
    let second = patient.act(Act::Board(begin(0, 2.0))).await;
    patient.kept(second).await;
    timeout(soon, memory.asked.notified()).await.expect("asked again");
    let third = patient.act(Act::Board(begin(0, 3.0))).await;
    patient.kept(third).await;
    assert!(timeout(Duration::ZERO, memory.saves.notified()).await.is_err());
}

/// Who a device is, the browser says: one person does not use up the numbers of the room.
#[tokio::test]
async fn one_person_gets_so_many_numbers_and_no_more() {
    let memory = Memory::new();
    let hub = hub(&memory);
    for device in 0..64 {
        Tab::open(&hub, PATIENT, 1_000 + device, (0, 0)).await.unwrap();
    }
    let refused = Tab::open(&hub, PATIENT, 2_000, (0, 0)).await;
    assert!(matches!(refused, Err(Closing::TooManyDevices)), "{refused:?}");
    let mut known = Tab::open(&hub, PATIENT, 1_000, (0, 0)).await.unwrap();
    known.snapshot().await;
    let mut host = Tab::open(&hub, HOST, 11, (0, 0)).await.unwrap();
    host.snapshot().await;
}
