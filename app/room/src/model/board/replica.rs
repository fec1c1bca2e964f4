//! The board in a browser: what the server confirmed, plus own operations that are still on their way.
//!
//! Own operations show at once. Strokes they touch are kept in an overlay, computed from the confirmed board and the
//! pending operations; when the server's order arrives, the overlay is computed anew. Nothing is ever rolled back by hand.

use super::{Board, Op, Sheet, Stroke, StrokeId, Touched};
use crate::model::{OpId, ParticipantId};
use std::collections::VecDeque;

#[derive(Debug, Clone)]
pub struct Replica {
    confirmed: Board,
    /// Strokes touched by `pending`, as they will look.
    overlay: Board,
    pending: VecDeque<(OpId, Op)>,
    /// Own operations that are confirmed and not yet in the server's log: a server that dies now has to hear them again.
    unkept: VecDeque<(OpId, Op)>,
    me: ParticipantId,
}

impl Replica {
    pub fn new(me: ParticipantId, confirmed: Board) -> Self {
        Self {
            confirmed,
            overlay: Board::default(),
            pending: VecDeque::new(),
            unkept: VecDeque::new(),
            me,
        }
    }

    /// A fresh board from the server (after a cut). Operations up to `last_op` are in its log; the rest are still pending, or
    /// pending again, and the caller sends them again.
    pub fn reset(&mut self, confirmed: Board, last_op: u32) {
        self.confirmed = confirmed;
        // Confirmed in the order of their numbers, so these come before what is still pending.
        let mut open = std::mem::take(&mut self.unkept);
        open.append(&mut self.pending);
        open.retain(|(id, _)| id.no > last_op);
        self.pending = open;
        self.overlay_anew();
    }

    /// The server's log has own operations up to this one.
    pub fn kept(&mut self, last_op: u32) {
        self.unkept.retain(|(id, _)| id.no > last_op);
    }

    /// Nothing own is still on its way to the server or its log.
    pub fn is_kept(&self) -> bool {
        self.pending.is_empty() && self.unkept.is_empty()
    }

    /// An own operation: shown at once.
    pub fn act(&mut self, id: OpId, op: Op) -> Touched {
        self.cover(&op, id);
        let touched = self.overlay.apply(id, self.me, &op);
        self.pending.push_back((id, op));
        touched
    }

    /// An operation in the server's order, own ones included.
    pub fn confirm(&mut self, id: OpId, author: ParticipantId, op: &Op) -> Touched {
        let touched = self.confirmed.apply(id, author, op);
        let own = self.pending.iter().position(|(pending, _)| *pending == id);
        if own.is_some() || !self.pending.is_empty() {
            self.unkept.extend(own.and_then(|at| self.pending.remove(at)));
            self.overlay_anew();
        }
        touched
    }

    /// The server refused an own operation: it is as if it had never been done.
    pub fn refuse(&mut self, id: OpId) {
        self.pending.retain(|(pending, _)| *pending != id);
        self.overlay_anew();
    }

    /// What the server has confirmed: what the hash is taken of.
    pub const fn confirmed(&self) -> &Board {
        &self.confirmed
    }

    /// Operations to send again after a reconnect, oldest first.
    pub fn pending(&self) -> impl Iterator<Item = &(OpId, Op)> {
        self.pending.iter()
    }

    /// A stroke as it looks here and now.
    pub fn stroke(&self, id: StrokeId) -> Option<&Stroke> {
        self.overlay.stroke(id).or_else(|| self.confirmed.stroke(id))
    }

    /// What is to be seen on a sheet here and now, in painting order; strokes not confirmed yet come last.
    pub fn visible(&self, sheet: Sheet) -> impl Iterator<Item = (StrokeId, &Stroke)> {
        let confirmed = self
            .confirmed
            .strokes()
            .map(|(id, stroke)| (id, self.overlay.stroke(id).unwrap_or(stroke)));
        let own = self
            .overlay
            .strokes()
            .filter(|(id, _)| self.confirmed.stroke(*id).is_none());
        confirmed
            .chain(own)
            .filter(move |(_, stroke)| stroke.sheet == sheet && stroke.is_visible())
    }

    fn overlay_anew(&mut self) {
        self.overlay = Board::default();
        let pending = std::mem::take(&mut self.pending);
        for (id, op) in &pending {
            self.cover(op, *id);
            self.overlay.apply(*id, self.me, op);
        }
        self.pending = pending;
    }

    /// Copies the confirmed strokes that `op` will touch into the overlay.
    fn cover(&mut self, op: &Op, id: OpId) {
        let mark = |no: u32| OpId { client: id.client, no };
        let names: Vec<StrokeId> = match op {
            Op::Begin { .. } => Vec::new(),
            Op::Append { stroke, .. } | Op::End { stroke, .. } => vec![mark(*stroke)],
            Op::Erase { strokes } => strokes.clone(),
            Op::Clear { sheet } => self.confirmed.visible(*sheet).map(|(id, _)| id).collect(),
            Op::Restore { erase } => {
                let erase = mark(*erase);
                self.confirmed
                    .strokes()
                    .filter(|(_, stroke)| stroke.erased_by.contains(&erase))
                    .map(|(id, _)| id)
                    .collect()
            }
        };
        for name in names {
            if self.overlay.stroke(name).is_none()
                && let Some(stroke) = self.confirmed.stroke(name)
            {
                self.overlay.insert(name, stroke.clone());
            }
        }
    }
}
