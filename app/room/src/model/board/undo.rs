//! Undo and redo of one's own acts. Each act has an inverse that is sent like any other operation; what others did in
//! the meantime is never overwritten, and an act whose trace somebody else removed is skipped.

use super::{Op, Replica, StrokeId, Touched};
use crate::model::{ClientId, OpId};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Done {
    Drew(StrokeId),
    /// An `Erase` or `Clear`, and the strokes it took away.
    Removed(OpId, Vec<StrokeId>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Undone {
    /// A stroke taken back by this erase.
    Drew(StrokeId, OpId),
    /// Strokes that came back.
    Removed(Vec<StrokeId>),
}

#[derive(Debug, Clone, Default)]
pub struct UndoStack {
    done: Vec<Done>,
    undone: Vec<Undone>,
}

impl UndoStack {
    /// After a reload: the own strokes that can still be seen are undoable, newest first.
    pub fn of(replica: &Replica, client: ClientId) -> Self {
        let mut own: Vec<StrokeId> = replica
            .confirmed()
            .strokes()
            .filter(|(id, stroke)| id.client == client && stroke.is_visible())
            .map(|(id, _)| id)
            .collect();
        own.sort_unstable();
        Self {
            done: own.into_iter().map(Done::Drew).collect(),
            undone: Vec::new(),
        }
    }

    /// Notes an own act that was not an undo or redo, with what it touched.
    pub fn did(&mut self, id: OpId, op: &Op, touched: &Touched) {
        match (op, touched) {
            (Op::Begin { .. }, _) => self.done.push(Done::Drew(id)),
            (Op::Erase { .. } | Op::Clear { .. }, Touched::Strokes(gone)) if !gone.is_empty() => {
                self.done.push(Done::Removed(id, gone.clone()));
            }
            _ => return,
        }
        self.undone.clear();
    }

    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The inverse of the newest own act that still shows, to be acted under `id`. `None` when nothing is left.
    pub fn undo(&mut self, replica: &Replica, id: OpId) -> Option<Op> {
        while let Some(done) = self.done.pop() {
            match done {
                Done::Drew(stroke) if visible(replica, stroke) => {
                    self.undone.push(Undone::Drew(stroke, id));
                    return Some(Op::Erase { strokes: vec![stroke] });
                }
                // Even where somebody else's erase stands too: only when both take theirs back does the stroke return.
                Done::Removed(by, strokes) if strokes.iter().any(|stroke| erased_by(replica, *stroke, by)) => {
                    self.undone.push(Undone::Removed(strokes));
                    return Some(Op::Restore { erase: by.no });
                }
                // Somebody else removed it, or it came back already.
                Done::Drew(_) | Done::Removed(..) => {}
            }
        }
        None
    }

    /// Does the newest undone act again.
    pub fn redo(&mut self, replica: &Replica, id: OpId) -> Option<Op> {
        while let Some(undone) = self.undone.pop() {
            match undone {
                Undone::Drew(stroke, by) if only_erased_by(replica, stroke, by) => {
                    self.done.push(Done::Drew(stroke));
                    return Some(Op::Restore { erase: by.no });
                }
                Undone::Removed(strokes) => {
                    let strokes: Vec<StrokeId> = strokes.into_iter().filter(|s| visible(replica, *s)).collect();
                    if !strokes.is_empty() {
                        self.done.push(Done::Removed(id, strokes.clone()));
                        return Some(Op::Erase { strokes });
                    }
                }
                Undone::Drew(..) => {}
            }
        }
        None
    }
}

fn visible(replica: &Replica, stroke: StrokeId) -> bool {
    replica.stroke(stroke).is_some_and(super::Stroke::is_visible)
}

/// Whether this erase still stands against the stroke.
fn erased_by(replica: &Replica, stroke: StrokeId, by: OpId) -> bool {
    replica
        .stroke(stroke)
        .is_some_and(|stroke| stroke.erased_by.contains(&by))
}

/// Whether taking this erase back makes the stroke show again.
fn only_erased_by(replica: &Replica, stroke: StrokeId, by: OpId) -> bool {
    replica.stroke(stroke).is_some_and(|stroke| stroke.erased_by == [by])
}
