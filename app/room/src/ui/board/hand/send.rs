//! What a pen has gathered goes out: once a frame while it moves, and whole and simplified when it is lifted.

use super::{Choice, Drawing, Hand, State, Work};
use crate::{
    client::dom::now_ms,
    model::{Op, board::simplify, wire::Ephemeral},
};

/// A stroke longer than this goes on as a new one: the room takes 2,048 points at once.
const LONGEST: usize = 2_000;
/// Points closer than this to the line between their neighbours are not kept, in units.
const KEEP_WITHIN: f64 = 0.5;
/// One batch per frame of an ordinary screen, with room for its jitter.
const FLUSH_EVERY_MS: f64 = 14.0;

impl Hand {
    /// A screen of 120 frames a second must not send twice as much as one of 60.
    pub(super) fn flush_in_time(&self) {
        let now = now_ms();
        if now - self.flushed_at.get() >= FLUSH_EVERY_MS {
            self.flushed_at.set(now);
            self.flush();
        }
    }

    /// What has gathered since the last time.
    pub(super) fn flush(&self) {
        let op = match &mut self.state.borrow_mut().work {
            Work::Drawing(drawing) if !drawing.fresh.is_empty() => {
                let points = std::mem::take(&mut drawing.fresh).into();
                Some(Op::Append {
                    stroke: drawing.stroke.no,
                    points,
                })
            }
            Work::Erasing { hit, .. } if !hit.is_empty() => Some(Op::Erase {
                strokes: std::mem::take(hit).into_iter().collect(),
            }),
            _ => None,
        };
        // The board was locked in the middle of a stroke: it ends here.
        if op.is_some_and(|op| self.room.draw(op).is_none()) {
            self.state.borrow_mut().work = Work::Idle;
        }
        self.go_on_if_long();
    }

    fn go_on_if_long(&self) {
        let (sheet, last) = match &*self.state.borrow() {
            State {
                sheet: Some(sheet),
                work: Work::Drawing(drawing),
                ..
            } if drawing.all.len() >= LONGEST => (*sheet, drawing.all.last().copied()),
            _ => return,
        };
        self.end_stroke();
        if let (Choice::Draw(ink), Some(last)) = (self.pencil.choice(), last)
            && let Some(stroke) = self.room.draw(Op::Begin {
                sheet,
                ink,
                points: vec![last].into(),
            })
        {
            let drawing = Drawing {
                stroke,
                all: vec![last],
                fresh: Vec::new(),
                last_ms: now_ms(),
            };
            self.state.borrow_mut().work = Work::Drawing(drawing);
        }
    }

    /// The pen goes up, or the page is turned under it.
    pub(super) fn lift(&self) {
        self.flush();
        self.end_stroke();
        if matches!(self.state.borrow().work, Work::Pointing) {
            self.room.point(Ephemeral::Gone);
        }
        self.state.borrow_mut().work = Work::Idle;
    }

    fn end_stroke(&self) {
        let work = std::mem::take(&mut self.state.borrow_mut().work);
        match work {
            Work::Drawing(drawing) => {
                let points = simplify(&drawing.all.into(), KEEP_WITHIN);
                self.room.draw(Op::End {
                    stroke: drawing.stroke.no,
                    points,
                });
            }
            other => self.state.borrow_mut().work = other,
        }
    }

    /// A palm began it: it is taken back.
    pub(super) fn drop_work(&self) {
        let drawing = matches!(self.state.borrow().work, Work::Drawing(_));
        self.end_stroke();
        self.state.borrow_mut().work = Work::Idle;
        if drawing {
            self.room.undo();
        }
    }
}
