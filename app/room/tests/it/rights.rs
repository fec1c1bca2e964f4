//! Every message from every seat, in the waiting room and inside: a message that is missing here fails the test.

use crate::support::{DOCUMENT, GUARDIAN, HOST, Member, PATIENT, PICTURE, START_MS, VIDEO, begin, kit, uuid};
use kernel::AccountId;
use room::{
    model::{
        Act, Board, Card, ClientId, ClientMsg, OpId, ParticipantId, Readiness, Refusal, Rights, Sheet, Shown,
        board::Op,
        wire::{Ephemeral, RenderAck, ServerMsg, Signal},
    },
    session::{Aside, Core, Kept},
};
use std::collections::BTreeSet;

/// One name per message, from one list: a new message does not compile until it is in the list, and fails until the table
/// below says who may send it.
macro_rules! messages {
    ($($name:literal: $message:pat,)+) => {
        const NAMES: &[&str] = &[$($name),+];

        const fn name(message: &ClientMsg) -> &'static str {
            match message {
                $($message => $name,)+
            }
        }
    };
}

messages! {
    "readiness": ClientMsg::Readiness(_),
    "sending": ClientMsg::Sending { .. },
    "signal": ClientMsg::Signal { .. },
    "prepared": ClientMsg::Prepared { .. },
    "render ack": ClientMsg::RenderAck(_),
    "ephemeral": ClientMsg::Ephemeral(_),
    "ready": ClientMsg::Act { act: Act::Ready, .. },
    "hand": ClientMsg::Act { act: Act::Hand { .. }, .. },
    "card": ClientMsg::Act { act: Act::Card { .. }, .. },
    "card seen": ClientMsg::Act { act: Act::CardSeen { .. }, .. },
    "admit": ClientMsg::Act { act: Act::Admit { .. }, .. },
    "show": ClientMsg::Act { act: Act::Show(_), .. },
    "play": ClientMsg::Act { act: Act::Play { .. }, .. },
    "pause": ClientMsg::Act { act: Act::Pause, .. },
    "seek": ClientMsg::Act { act: Act::Seek { .. }, .. },
    "speed": ClientMsg::Act { act: Act::Speed { .. }, .. },
    "set rights": ClientMsg::Act { act: Act::SetRights { .. }, .. },
    "note": ClientMsg::Act { act: Act::Note { .. }, .. },
    "end": ClientMsg::Act { act: Act::End, .. },
    "begin": ClientMsg::Act { act: Act::Board(Op::Begin { .. }), .. },
    "append": ClientMsg::Act { act: Act::Board(Op::Append { .. }), .. },
    "end stroke": ClientMsg::Act { act: Act::Board(Op::End { .. }), .. },
    "erase": ClientMsg::Act { act: Act::Board(Op::Erase { .. }), .. },
    "clear": ClientMsg::Act { act: Act::Board(Op::Clear { .. }), .. },
    "restore": ClientMsg::Act { act: Act::Board(Op::Restore { .. }), .. },
}

/// Host's own stroke in the scene below.
const HOSTS_STROKE: OpId = OpId {
    client: ClientId(1),
    no: 100,
};

fn act(act: Act) -> ClientMsg {
    ClientMsg::Act { op_no: 1_000, act }
}

fn board(op: Op) -> ClientMsg {
    act(Act::Board(op))
}

use Verdict::{No, Silent, Yes};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Verdict {
    /// Changes the room or reaches somebody.
    Yes,
    /// Refused, with this reason.
    No(Refusal),
    /// A report that is not heard.
    Silent,
}

/// message, host inside, patient in the waiting room, patient inside, patient inside while the host is away.
fn table() -> Vec<(ClientMsg, [Verdict; 4])> {
    let (host, patient) = (ParticipantId(1), ParticipantId(2));
    let own_stroke = 50;
    let drawing = [Yes, No(Refusal::NotInRoom), Yes, No(Refusal::Locked)];
    let not_theirs = [Yes, No(Refusal::NotInRoom), No(Refusal::NotYours), No(Refusal::Locked)];
    let locked = [Yes, No(Refusal::NotInRoom), No(Refusal::Locked), No(Refusal::Locked)];
    let inside = [Yes, Silent, Yes, Silent];
    let ack = RenderAck {
        stage_seq: 1,
        painted_at_ms: START_MS,
        visible: true,
        audio_blocked: false,
        media_pos_ms: None,
    };
    let ready = Readiness {
        loaded: 3,
        ..Readiness::default()
    };
    let none = Vec::new;
    vec![
        (ClientMsg::Readiness(ready), [Yes, Yes, Yes, Yes]),
        (
            ClientMsg::Sending {
                microphone: true,
                camera: true,
            },
            [Yes, Yes, Yes, Yes],
        ),
        // The host calls the patient, the patient calls the host; nobody calls from or into the waiting room.
        (
            ClientMsg::Signal {
                to: patient,
                signal: Signal::Hello,
            },
            [Yes, Silent, Silent, Silent],
        ),
        (
            ClientMsg::Signal {
                to: host,
                signal: Signal::Hello,
            },
            [Silent, Silent, Yes, Silent],
        ),
        (
            ClientMsg::Prepared { epoch: 1, rtt_ms: 10 },
            [Silent, Silent, Silent, Silent],
        ),
        (ClientMsg::RenderAck(ack), [Yes, Silent, Yes, Yes]),
        (ClientMsg::Ephemeral(Ephemeral::Cursor { x: 1, y: 1 }), inside),
        (
            act(Act::Ready),
            [No(Refusal::NotNow), Yes, No(Refusal::NotNow), No(Refusal::NotNow)],
        ),
        (act(Act::Hand { up: true }), [Yes, No(Refusal::NotInRoom), Yes, Yes]),
        (
            act(Act::Card {
                card: Some(Card::Louder),
            }),
            [No(Refusal::NotAllowed), No(Refusal::NotInRoom), Yes, Yes],
        ),
        (board(begin(0, 1.0)), drawing),
        (
            board(Op::Append {
                stroke: own_stroke,
                points: none().into(),
            }),
            drawing,
        ),
        (
            board(Op::End {
                stroke: own_stroke,
                points: none().into(),
            }),
            drawing,
        ),
        (
            board(Op::Erase {
                strokes: vec![HOSTS_STROKE],
            }),
            not_theirs,
        ),
        (board(Op::Clear { sheet: Sheet::Blank(0) }), locked),
        (board(Op::Restore { erase: 1 }), drawing),
    ]
    .into_iter()
    .chain(host_table(patient))
    .collect()
}

/// What the host alone may ask for.
fn host_table(patient: ParticipantId) -> Vec<(ClientMsg, [Verdict; 4])> {
    let host_only = [
        Yes,
        No(Refusal::NotAllowed),
        No(Refusal::NotAllowed),
        No(Refusal::NotAllowed),
    ];
    vec![
        (act(Act::CardSeen { who: patient }), host_only),
        (act(Act::Admit { who: patient }), host_only),
        (act(Act::Show(Shown::Picture { item: PICTURE })), host_only),
        (act(Act::Play { pos_ms: 0 }), host_only),
        (act(Act::Pause), host_only),
        (act(Act::Seek { pos_ms: 0 }), host_only),
        (act(Act::Speed { rate: 900 }), host_only),
        (
            act(Act::SetRights {
                who: patient,
                rights: Rights::View,
            }),
            host_only,
        ),
        (act(Act::Note { text: String::new() }), host_only),
        (act(Act::End), host_only),
    ]
}

struct Scene {
    core: Core,
    host: (ParticipantId, ClientId),
    guest: (ParticipantId, ClientId),
}

/// A live session with a video on the stage; the guest is on the given seat.
fn scene(guest: Member, admitted: bool, host_here: bool) -> Scene {
    let kept = Kept {
        epoch: 1,
        ..Kept::default()
    };
    let mut core = Core::new(kept, &kit(), START_MS + 3_600_000, START_MS);
    let mut join = |member: Member| {
        let account = AccountId::new(uuid(member.account));
        core.join(account, member.seat, "", uuid(member.account), START_MS)
            .unwrap()
    };
    let (host, guest) = (join(HOST), join(guest));
    let mut say = |(who, client): (ParticipantId, ClientId), op_no, act| {
        assert_eq!(core.hear(who, client, ClientMsg::Act { op_no, act }, START_MS), None);
    };
    say(host, 1, Act::Show(Shown::Video { item: VIDEO }));
    say(host, 100, Act::Board(begin(0, 1.0)));
    if admitted {
        say(host, 101, Act::Admit { who: guest.0 });
        say(guest, 50, Act::Board(begin(0, 1.0)));
    }
    if !host_here {
        core.line_broke(host.0, START_MS);
    }
    core.take();
    Scene { core, host, guest }
}

fn verdict(mut scene: Scene, of_host: bool, message: &ClientMsg) -> Verdict {
    let (who, client) = if of_host { scene.host } else { scene.guest };
    let heard = scene.core.hear(who, client, message.clone(), START_MS + 1_000);
    match heard {
        Some(Aside::To(_, ServerMsg::Reject { why, .. })) => No(why),
        Some(_) => Yes,
        None if scene.core.has_news() => Yes,
        None => Silent,
    }
}

#[test]
fn every_message_from_every_seat() {
    let table = table();
    let named: BTreeSet<&str> = table.iter().map(|(message, _)| name(message)).collect();
    let all: BTreeSet<&str> = NAMES.iter().copied().collect();
    assert_eq!(named, all, "each message needs a row");
    for (message, expected) in &table {
        let host_message = own_for_host(message);
        let host = verdict(scene(PATIENT, true, true), true, &host_message);
        assert_eq!(host, expected[0], "{} from the host", name(message));
        for seat in [PATIENT, GUARDIAN] {
            let where_ = [(false, true), (true, true), (true, false)];
            for (n, (admitted, host_here)) in where_.into_iter().enumerate() {
                let found = verdict(scene(seat, admitted, host_here), false, message);
                let place = ["in the waiting room", "inside", "inside, host away"][n];
                assert_eq!(found, expected[n + 1], "{} from {:?} {place}", name(message), seat.seat);
            }
        }
    }
}

/// The host's own stroke is number 100 where the guest's is number 50.
fn own_for_host(message: &ClientMsg) -> ClientMsg {
    let mut message = message.clone();
    if let ClientMsg::Act {
        act: Act::Board(Op::Append { stroke, .. } | Op::End { stroke, .. }),
        ..
    } = &mut message
    {
        *stroke = HOSTS_STROKE.no;
    }
    message
}

#[test]
fn nothing_is_heard_after_the_end() {
    for (message, _) in table() {
        let mut ended = scene(PATIENT, true, true);
        ended.core.hear(
            ended.host.0,
            ended.host.1,
            ClientMsg::Act {
                op_no: 999,
                act: Act::End,
            },
            START_MS,
        );
        ended.core.take();
        let found = verdict(ended, false, &message);
        assert!(
            matches!(found, No(Refusal::NotNow) | Silent),
            "{}: {found:?}",
            name(&message)
        );
    }
}

#[test]
fn rights_decide_on_the_board() {
    let board = Board::default();
    let id = OpId {
        client: ClientId(9),
        no: 1,
    };
    for (rights, draws, clears) in [
        (Rights::View, false, false),
        (Rights::Point, false, false),
        (Rights::Draw, true, false),
        (Rights::Full, true, true),
    ] {
        let clear = Op::Clear { sheet: Sheet::Blank(0) };
        assert_eq!(
            board.check(ParticipantId(1), rights, id, &begin(0, 1.0)).is_ok(),
            draws,
            "{rights:?}"
        );
        assert_eq!(
            board.check(ParticipantId(1), rights, id, &clear).is_ok(),
            clears,
            "{rights:?}"
        );
    }
}

#[test]
fn only_the_kit_of_this_visit_is_shown() {
    for (shown, refusal) in [
        (
            Shown::Page {
                item: DOCUMENT,
                page: 3,
            },
            None,
        ),
        (
            Shown::Page {
                item: DOCUMENT,
                page: 4,
            },
            Some(Refusal::NotInKit),
        ),
        (
            Shown::Page {
                item: DOCUMENT,
                page: 0,
            },
            Some(Refusal::NotInKit),
        ),
        (Shown::Picture { item: VIDEO }, Some(Refusal::NotInKit)),
        (
            Shown::Video {
                item: crate::support::item(0xff),
            },
            Some(Refusal::NotInKit),
        ),
        (Shown::Board { sheet: 0 }, None),
        (Shown::Board { sheet: 50 }, Some(Refusal::TooLarge)),
    ] {
        let found = verdict(scene(PATIENT, true, true), true, &act(Act::Show(shown)));
        assert_eq!(found, refusal.map_or(Yes, No), "{shown:?}");
    }
}
