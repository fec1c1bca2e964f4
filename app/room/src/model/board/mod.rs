//! The board: a server-ordered log of operations and the document they make. No CRDT: a server is always there, it gives
//! the order, and rights are checked in one place.
//!
//! A stroke is visible while no erasing operation stands against it. Each erase leaves its own mark and an undo takes
//! back only its own mark, so that two people who erase the same stroke do not undo each other.

pub mod ink;
mod points;
mod replica;
mod simplify;
mod undo;

pub use ink::{Ink, Tool};
pub use points::{Point, Points};
pub use replica::Replica;
pub use simplify::simplify;
pub use undo::UndoStack;

use super::{ItemId, OpId, ParticipantId, Refusal, Rights};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Points of one operation. A frame of drawing holds a handful; the final points of a long stroke a few hundred.
pub const MAX_POINTS_PER_OP: usize = 2_048;
pub const MAX_POINTS_PER_STROKE: usize = 8_192;
/// Strokes one operation may name.
pub const MAX_STROKES_PER_OP: usize = 512;
/// Strokes of one visit, erased ones included: an undo can bring them back.
pub const MAX_STROKES: usize = 20_000;
pub const MAX_SHEETS: u16 = 50;

/// A stroke is named by the operation that began it.
pub type StrokeId = OpId;

/// A drawing surface of its own: a blank sheet of the whiteboard, or the layer over one page of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sheet {
    Blank(u16),
    Over { item: ItemId, page: u16 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// The pen goes down. The new stroke is named by this operation's id.
    Begin { sheet: Sheet, ink: Ink, points: Points },
    /// More points for a stroke of the same client.
    Append { stroke: u32, points: Points },
    /// The pen goes up. `points`, when not empty, replace the whole stroke by its simplified form.
    End { stroke: u32, points: Points },
    /// Takes strokes away.
    Erase { strokes: Vec<StrokeId> },
    /// Takes every visible stroke of a sheet away, as one act.
    Clear { sheet: Sheet },
    /// Takes an own earlier `Erase` or `Clear` back, as far as nobody else has erased the same strokes.
    Restore { erase: u32 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stroke {
    pub sheet: Sheet,
    pub author: ParticipantId,
    pub ink: Ink,
    pub points: Points,
    /// The pen is up: nothing more comes.
    pub ended: bool,
    /// The erasing operations that stand against this stroke.
    erased_by: Vec<OpId>,
}

impl Stroke {
    pub const fn is_visible(&self) -> bool {
        self.erased_by.is_empty()
    }
}

/// What an operation changed, so that only that is painted again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    Nothing,
    /// Began, grew or ended.
    Stroke(StrokeId),
    /// Appeared or went away.
    Strokes(Vec<StrokeId>),
}

/// The document. `strokes` in the order of their begin, which is the order of painting.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Board {
    strokes: BTreeMap<StrokeId, Stroke>,
    order: Vec<StrokeId>,
}

impl Board {
    pub const fn empty() -> Self {
        Self {
            strokes: BTreeMap::new(),
            order: Vec::new(),
        }
    }

    pub fn stroke(&self, id: StrokeId) -> Option<&Stroke> {
        self.strokes.get(&id)
    }

    /// All strokes in painting order, erased ones included.
    pub fn strokes(&self) -> impl Iterator<Item = (StrokeId, &Stroke)> {
        self.order.iter().filter_map(|id| Some((*id, self.strokes.get(id)?)))
    }

    /// What is to be seen on a sheet, in painting order.
    pub fn visible(&self, sheet: Sheet) -> impl Iterator<Item = (StrokeId, &Stroke)> {
        self.strokes()
            .filter(move |(_, stroke)| stroke.sheet == sheet && stroke.is_visible())
    }

    pub fn len(&self) -> usize {
        self.strokes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// Whether `author` may do this now. The server asks for every operation; the browser asks before it shows one.
    ///
    /// # Errors
    /// `Locked` by rights, `NotYours`, `NoSuchStroke`, `TooLarge`, `BoardFull`.
    pub fn check(&self, author: ParticipantId, rights: Rights, id: OpId, op: &Op) -> Result<(), Refusal> {
        if rights < Rights::Draw {
            return Err(Refusal::Locked);
        }
        match op {
            Op::Begin { sheet, points, .. } => {
                if self.strokes.len() >= MAX_STROKES {
                    return Err(Refusal::BoardFull);
                }
                if self.strokes.contains_key(&id) {
                    return Err(Refusal::NotYours);
                }
                if matches!(sheet, Sheet::Blank(n) if *n >= MAX_SHEETS) {
                    return Err(Refusal::TooLarge);
                }
                fits(points, 0)
            }
            Op::Append { stroke, points } => {
                let stroke = self.own_open(author, id, *stroke)?;
                fits(points, stroke.points.len())
            }
            Op::End { stroke, points } => {
                self.own_open(author, id, *stroke)?;
                fits(points, 0)
            }
            Op::Erase { strokes } => {
                if strokes.len() > MAX_STROKES_PER_OP {
                    return Err(Refusal::TooLarge);
                }
                for stroke in strokes {
                    let stroke = self.strokes.get(stroke).ok_or(Refusal::NoSuchStroke)?;
                    if stroke.author != author && rights < Rights::Full {
                        return Err(Refusal::NotYours);
                    }
                }
                Ok(())
            }
            Op::Clear { .. } if rights < Rights::Full => Err(Refusal::Locked),
            Op::Clear { .. } | Op::Restore { .. } => Ok(()),
        }
    }

    fn own_open(&self, author: ParticipantId, id: OpId, stroke: u32) -> Result<&Stroke, Refusal> {
        let name = StrokeId {
            client: id.client,
            no: stroke,
        };
        let stroke = self.strokes.get(&name).ok_or(Refusal::NoSuchStroke)?;
        if stroke.author != author || stroke.ended {
            return Err(Refusal::NotYours);
        }
        Ok(stroke)
    }

    /// Carries an operation out. Total: what does not fit changes nothing, so that every replica that sees the same
    /// operations in the same order holds the same board.
    pub fn apply(&mut self, id: OpId, author: ParticipantId, op: &Op) -> Touched {
        match op {
            Op::Begin { sheet, ink, points } => {
                if self.strokes.contains_key(&id) {
                    return Touched::Nothing;
                }
                let stroke = Stroke {
                    sheet: *sheet,
                    author,
                    ink: *ink,
                    points: points.clone(),
                    ended: false,
                    erased_by: Vec::new(),
                };
                self.strokes.insert(id, stroke);
                self.order.push(id);
                Touched::Stroke(id)
            }
            Op::Append { stroke, points } => self.grow(id, *stroke, |stroke| stroke.points.extend(points)),
            Op::End { stroke, points } => self.grow(id, *stroke, |stroke| {
                stroke.ended = true;
                if !points.is_empty() {
                    stroke.points = points.clone();
                }
            }),
            Op::Erase { strokes } => {
                let mut gone = Vec::new();
                for name in strokes {
                    if let Some(stroke) = self.strokes.get_mut(name)
                        && !stroke.erased_by.contains(&id)
                    {
                        stroke.erased_by.push(id);
                        gone.push(*name);
                    }
                }
                Touched::Strokes(gone)
            }
            Op::Clear { sheet } => {
                let mut gone = Vec::new();
                for (name, stroke) in &mut self.strokes {
                    if stroke.sheet == *sheet && stroke.is_visible() {
                        stroke.erased_by.push(id);
                        gone.push(*name);
                    }
                }
                Touched::Strokes(gone)
            }
            Op::Restore { erase } => {
                let mark = OpId {
                    client: id.client,
                    no: *erase,
                };
                let mut back = Vec::new();
                for (name, stroke) in &mut self.strokes {
                    if let Some(at) = stroke.erased_by.iter().position(|by| *by == mark) {
                        stroke.erased_by.remove(at);
                        back.push(*name);
                    }
                }
                Touched::Strokes(back)
            }
        }
    }

    fn grow(&mut self, id: OpId, stroke: u32, change: impl FnOnce(&mut Stroke)) -> Touched {
        let name = StrokeId {
            client: id.client,
            no: stroke,
        };
        match self.strokes.get_mut(&name) {
            Some(stroke) if !stroke.ended => {
                change(stroke);
                Touched::Stroke(name)
            }
            _ => Touched::Nothing,
        }
    }

    /// A stroke as it is, for the overlay of a replica.
    pub(crate) fn insert(&mut self, id: StrokeId, stroke: Stroke) {
        if self.strokes.insert(id, stroke).is_none() {
            self.order.push(id);
        }
    }
}

fn fits(points: &Points, before: usize) -> Result<(), Refusal> {
    if points.len() > MAX_POINTS_PER_OP || before + points.len() > MAX_POINTS_PER_STROKE {
        return Err(Refusal::TooLarge);
    }
    Ok(())
}
