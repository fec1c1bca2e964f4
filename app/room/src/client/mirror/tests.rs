use super::*;
use crate::model::{Board, Color, Ink, Phase, Point, Seat, Tool, Width};

const SHEET: Sheet = Sheet::Blank(0);
const ME: ParticipantId = ParticipantId(2);
const CLIENT: ClientId = ClientId(5);

fn state(board: Board) -> RoomState {
    let mut state = RoomState::new(9);
    for (id, seat) in [(ParticipantId(1), Seat::Host), (ME, Seat::Patient)] {
        let mut person = Person::new(id, seat, String::new(), 0);
        person.admitted = true;
        person.presence = crate::model::Presence::InRoom;
        state.people.insert(id, person);
    }
    state.phase = Phase::Live;
    state.board = board;
    state
}

fn snapshot(last_op: u32, board: Board) -> ServerMsg {
    ServerMsg::Snapshot(Box::new(Greeting {
        me: ME,
        client: CLIENT,
        last_op,
        state: state(board),
    }))
}

fn joined() -> Mirror {
    let mut mirror = Mirror::default();
    let (heard, sent) = mirror.hear(snapshot(0, Board::empty()));
    assert_eq!(heard, [Heard::Everything]);
    assert!(sent.is_empty());
    mirror
}

fn begin() -> Op {
    let ink = Ink {
        tool: Tool::Pen,
        color: Color::Blue,
        width: Width::Normal,
    };
    Op::Begin {
        sheet: SHEET,
        ink,
        points: vec![Point::at(10.0, 10.0, 0.5, 0.0)].into(),
    }
}

fn confirmed(seq: u64, no: u32, op: Op) -> ServerMsg {
    let cause = Some(OpId { client: CLIENT, no });
    ServerMsg::Events(vec![Event {
        seq,
        t_ms: 0,
        actor: ME,
        cause,
        change: Change::Board(op),
    }])
}

#[test]
fn a_stroke_shows_at_once_and_is_sent_until_it_is_confirmed() {
    let mut mirror = joined();
    let (id, _, _) = mirror.draw(begin()).unwrap();
    assert_eq!(mirror.replica().visible(SHEET).count(), 1);
    assert_eq!(mirror.replica().confirmed().len(), 0);
    let (_, again) = mirror.hear(ServerMsg::Resumed {
        last_op: 0,
        missed: Vec::new(),
    });
    assert_eq!(
        again,
        [ClientMsg::Act {
            op_no: id.no,
            act: Act::Board(begin())
        }]
    );
    mirror.hear(confirmed(1, id.no, begin()));
    assert_eq!(mirror.replica().confirmed().len(), 1);
    let (_, again) = mirror.hear(ServerMsg::Resumed {
        last_op: id.no,
        missed: Vec::new(),
    });
    assert!(again.is_empty());
}

/// Everybody had seen the stroke; the server that was killed had not written it down.
#[test]
fn a_stroke_that_was_told_is_sent_again_until_it_is_kept() {
    let mut mirror = joined();
    let (first, _, _) = mirror.draw(begin()).unwrap();
    let (second, _, _) = mirror.draw(begin()).unwrap();
    let (third, _, _) = mirror.draw(begin()).unwrap();
    mirror.hear(confirmed(1, first.no, begin()));
    mirror.hear(confirmed(2, second.no, begin()));
    mirror.hear(ServerMsg::Kept { last_op: first.no });
    assert!(!mirror.is_settled());

    let mut board = Board::empty();
    board.apply(first, ME, &begin());
    mirror.resume_from();
    let (_, again) = mirror.hear(snapshot(first.no, board));
    let numbers: Vec<u32> = again
        .iter()
        .map(|message| match message {
            ClientMsg::Act { op_no, .. } => *op_no,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(numbers, [second.no, third.no]);
    assert_eq!(
        mirror.replica().visible(SHEET).count(),
        3,
        "the page shows them all along"
    );
    mirror.hear(confirmed(1, second.no, begin()));
    mirror.hear(confirmed(2, third.no, begin()));
    mirror.hear(ServerMsg::Kept { last_op: third.no });
    assert!(mirror.is_settled());
    assert_eq!(mirror.replica().confirmed().len(), 3);
}

/// The room takes the numbers of a tab for answered up to the highest it has heard.
#[test]
fn on_a_new_line_nothing_overtakes_what_is_sent_again() {
    let mut mirror = Mirror::default();
    assert!(mirror.is_in_step(), "nothing is open before the first greeting");
    mirror.hear(snapshot(0, Board::empty()));
    let (lost, _, _) = mirror.draw(begin()).unwrap();
    assert!(mirror.is_in_step());
    mirror.resume_from();
    assert!(!mirror.is_in_step(), "the hello is not answered");
    let (drawn_meanwhile, _, _) = mirror.draw(begin()).unwrap();
    let (_, again) = mirror.hear(ServerMsg::Resumed {
        last_op: 0,
        missed: Vec::new(),
    });
    assert!(mirror.is_in_step());
    let act = |id: OpId| ClientMsg::Act {
        op_no: id.no,
        act: Act::Board(begin()),
    };
    assert_eq!(again, [act(lost), act(drawn_meanwhile)]);
}

/// What is not drawing is told when it is kept: its event is its answer.
#[test]
fn other_acts_are_answered_by_their_event() {
    let mut mirror = joined();
    mirror.act(Act::Note { text: String::new() });
    mirror.hear(ServerMsg::Events(vec![Event {
        seq: 1,
        t_ms: 0,
        actor: ME,
        cause: Some(OpId { client: CLIENT, no: 1 }),
        change: Change::Note(String::new()),
    }]));
    assert!(mirror.is_settled());
}

#[test]
fn a_refused_stroke_is_gone_even_when_the_refusal_was_lost_in_a_cut() {
    let mut mirror = joined();
    let (id, _, _) = mirror.draw(begin()).unwrap();
    let (heard, _) = mirror.hear(ServerMsg::Reject {
        op_no: id.no,
        why: Refusal::Locked,
    });
    assert_eq!(heard, [Heard::Refused(Act::Board(begin()), Refusal::Locked)]);
    assert_eq!(mirror.replica().visible(SHEET).count(), 0);

    let (id, _, _) = mirror.draw(begin()).unwrap();
    mirror.hear(ServerMsg::Resumed {
        last_op: id.no,
        missed: Vec::new(),
    });
    assert_eq!(mirror.replica().visible(SHEET).count(), 0);
}

#[test]
fn a_fresh_snapshot_keeps_what_the_server_has_not_seen() {
    let mut mirror = joined();
    let (first, _, _) = mirror.draw(begin()).unwrap();
    let (second, _, _) = mirror.draw(begin()).unwrap();
    let mut board = Board::empty();
    board.apply(first, ME, &begin());
    let (_, again) = mirror.hear(snapshot(first.no, board));
    assert_eq!(again.len(), 1);
    assert_eq!(
        mirror.replica().visible(SHEET).map(|(id, _)| id).collect::<Vec<_>>(),
        [first, second]
    );
}

#[test]
fn a_reload_counts_on_and_can_undo_what_was_drawn_before_it() {
    let mut board = Board::empty();
    board.apply(OpId { client: CLIENT, no: 3 }, ME, &begin());
    let mut mirror = Mirror::default();
    mirror.hear(snapshot(7, board));
    assert!(mirror.can_undo());
    let (_, sent) = mirror.undo().unwrap();
    assert!(matches!(
        sent,
        ClientMsg::Act {
            op_no: 8,
            act: Act::Board(Op::Erase { .. })
        }
    ));
    assert_eq!(mirror.replica().visible(SHEET).count(), 0);
    let (_, sent) = mirror.redo().unwrap();
    assert!(matches!(
        sent,
        ClientMsg::Act {
            op_no: 9,
            act: Act::Board(Op::Restore { erase: 8 })
        }
    ));
}

#[test]
fn a_locked_board_draws_nothing() {
    let mut mirror = joined();
    let mut me = mirror.me().unwrap().clone();
    me.rights = Rights::View;
    let event = Event {
        seq: 4,
        t_ms: 0,
        actor: ParticipantId(1),
        cause: None,
        change: Change::Person(me),
    };
    mirror.hear(ServerMsg::Events(vec![event]));
    assert_eq!(mirror.draw(begin()), None);
    assert!(mirror.erasable(SHEET).is_empty());
}
