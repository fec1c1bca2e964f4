//! Undo takes back one's own acts and nothing else (G28).

use crate::support::begin;
use proptest::prelude::*;
use room::model::{Board, ClientId, OpId, ParticipantId, Replica, Sheet, StrokeId, UndoStack, board::Op};
use std::collections::BTreeSet;

const SHEET: Sheet = Sheet::Blank(0);

/// Two people on one board, whose operations are confirmed at once in the order they are made.
struct Pair {
    replicas: [Replica; 2],
    undo: [UndoStack; 2],
    next: [u32; 2],
}

impl Pair {
    fn new() -> Self {
        Self {
            replicas: [1, 2].map(|who| Replica::new(ParticipantId(who), Board::default())),
            undo: [UndoStack::default(), UndoStack::default()],
            next: [1, 1],
        }
    }

    fn id(&mut self, who: usize) -> OpId {
        let no = self.next[who];
        self.next[who] += 1;
        let client = ClientId(u16::try_from(who).unwrap() + 1);
        OpId { client, no }
    }

    fn carry_out(&mut self, who: usize, id: OpId, op: &Op) {
        let author = ParticipantId(u16::try_from(who).unwrap() + 1);
        for replica in &mut self.replicas {
            replica.confirm(id, author, op);
        }
    }

    fn act(&mut self, who: usize, op: Op) -> OpId {
        let id = self.id(who);
        let touched = self.replicas[who].act(id, op.clone());
        self.undo[who].did(id, &op, &touched);
        self.carry_out(who, id, &op);
        id
    }

    fn undo(&mut self, who: usize) -> bool {
        let id = self.id(who);
        let op = self.undo[who].undo(&self.replicas[who], id);
        op.inspect(|op| self.carry_out(who, id, op)).is_some()
    }

    fn redo(&mut self, who: usize) -> bool {
        let id = self.id(who);
        let op = self.undo[who].redo(&self.replicas[who], id);
        op.inspect(|op| self.carry_out(who, id, op)).is_some()
    }

    fn visible(&self) -> BTreeSet<StrokeId> {
        self.replicas[0].visible(SHEET).map(|(id, _)| id).collect()
    }
}

#[test]
fn undo_and_redo_are_each_others_inverse() {
    let mut pair = Pair::new();
    let first = pair.act(0, begin(0, 1.0));
    let second = pair.act(0, begin(0, 2.0));
    pair.act(0, Op::Erase { strokes: vec![first] });
    assert!(pair.undo(0));
    assert_eq!(pair.visible(), [first, second].into());
    assert!(pair.undo(0) && pair.undo(0) && !pair.undo(0));
    assert_eq!(pair.visible(), BTreeSet::new());
    assert!(pair.redo(0) && pair.redo(0) && pair.redo(0) && !pair.redo(0));
    assert_eq!(pair.visible(), [second].into());
    assert!(pair.undo(0), "what was redone can be undone");
    assert_eq!(pair.visible(), [first, second].into());
}

#[test]
fn two_who_erase_the_same_stroke_do_not_undo_each_other() {
    let mut pair = Pair::new();
    let stroke = pair.act(0, begin(0, 1.0));
    pair.act(0, Op::Erase { strokes: vec![stroke] });
    pair.act(1, Op::Erase { strokes: vec![stroke] });
    pair.undo(0);
    assert_eq!(pair.visible(), BTreeSet::new(), "the other one's erase stands");
    pair.undo(1);
    assert_eq!(pair.visible(), [stroke].into());
}

#[test]
fn clearing_the_sheet_is_undone_as_one_act() {
    let mut pair = Pair::new();
    let drawn: BTreeSet<StrokeId> = (0..5).map(|n| pair.act(n % 2, begin(0, 1.0))).collect();
    pair.act(0, Op::Clear { sheet: SHEET });
    assert_eq!(pair.visible(), BTreeSet::new());
    assert!(pair.undo(0));
    assert_eq!(pair.visible(), drawn);
}

#[test]
fn a_stroke_that_somebody_else_erased_is_skipped() {
    let mut pair = Pair::new();
    let older = pair.act(0, begin(0, 1.0));
    let newer = pair.act(0, begin(0, 2.0));
    pair.act(1, Op::Erase { strokes: vec![newer] });
    assert!(pair.undo(0), "the older one is still to be taken back");
    assert_eq!(pair.visible(), BTreeSet::new());
    assert!(!pair.undo(0));
    assert_ne!(older, newer);
}

#[test]
fn after_a_reload_own_strokes_can_still_be_undone() {
    let mut pair = Pair::new();
    let mine = pair.act(0, begin(0, 1.0));
    let theirs = pair.act(1, begin(0, 2.0));
    pair.undo[0] = UndoStack::of(&pair.replicas[0], ClientId(1));
    assert!(pair.undo(0) && !pair.undo(0));
    assert_eq!(pair.visible(), [theirs].into());
    assert_ne!(mine, theirs);
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Draw(usize),
    Erase(usize, u8),
    Clear(usize),
    Undo(usize),
    Redo(usize),
}

proptest! {
    #[test]
    fn undoing_everything_leaves_what_the_other_one_made(steps in proptest::collection::vec(prop_oneof![
        3 => (0..2_usize).prop_map(Step::Draw),
        1 => (0..2_usize, any::<u8>()).prop_map(|(who, which)| Step::Erase(who, which)),
        1 => (0..2_usize).prop_map(Step::Clear),
        2 => (0..2_usize).prop_map(Step::Undo),
        1 => (0..2_usize).prop_map(Step::Redo),
    ], 1..60)) {
        let mut pair = Pair::new();
        // An undo skips what somebody else erased; if that comes back later, it stays.
        let mut erased_by_other = BTreeSet::new();
        for step in steps {
            if matches!(step, Step::Erase(1, _) | Step::Clear(1) | Step::Redo(1)) {
                erased_by_other.extend(pair.replicas[0].confirmed().strokes().map(|(id, _)| id));
            }
            match step {
                Step::Draw(who) => { pair.act(who, begin(0, 1.0)); }
                Step::Erase(who, which) => {
                    let all: Vec<StrokeId> = pair.replicas[0].confirmed().strokes().map(|(id, _)| id).collect();
                    if let Some(stroke) = all.get(usize::from(which) % all.len().max(1)) {
                        pair.act(who, Op::Erase { strokes: vec![*stroke] });
                    }
                }
                Step::Clear(who) => { pair.act(who, Op::Clear { sheet: SHEET }); }
                Step::Undo(who) => {
                    let theirs = |id: &StrokeId| usize::from(id.client.0) != who + 1;
                    let before: BTreeSet<StrokeId> = pair.visible().into_iter().filter(theirs).collect();
                    pair.undo(who);
                    let after: BTreeSet<StrokeId> = pair.visible().into_iter().filter(theirs).collect();
                    prop_assert!(before.is_subset(&after), "an undo took away somebody else's stroke");
                }
                Step::Redo(who) => { pair.redo(who); }
            }
            prop_assert_eq!(pair.replicas[0].confirmed(), pair.replicas[1].confirmed());
        }
        while pair.undo(0) {}
        let left: Vec<StrokeId> = pair.visible().difference(&erased_by_other).copied().collect();
        prop_assert!(left.iter().all(|id| id.client == ClientId(2)), "own strokes are left after all undos");
    }
}
