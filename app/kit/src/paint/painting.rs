//! What is painted, stroke by stroke, and the way back. No component, no browser.

/// A set of layers: bit 0 is the first layer.
pub type Brush = u16;

/// Columns by rows of cells; each cell holds the layers that are painted there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Painting {
    columns: u16,
    rows: u16,
    cells: Vec<Brush>,
}

/// A rectangle of cells between two corners, both included, in whatever order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Column and row.
    pub from: (u16, u16),
    pub to: (u16, u16),
}

impl Area {
    pub const fn cell(at: (u16, u16)) -> Self {
        Self { from: at, to: at }
    }

    pub fn columns(self) -> std::ops::RangeInclusive<u16> {
        self.from.0.min(self.to.0)..=self.from.0.max(self.to.0)
    }

    pub fn rows(self) -> std::ops::RangeInclusive<u16> {
        self.from.1.min(self.to.1)..=self.from.1.max(self.to.1)
    }
}

/// Rows of one column with the same layers, one after another; `until` is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub column: u16,
    pub from: u16,
    pub until: u16,
    pub layers: Brush,
}

impl Painting {
    pub fn blank(columns: u16, rows: u16) -> Self {
        Self {
            columns,
            rows,
            cells: vec![0; usize::from(columns) * usize::from(rows)],
        }
    }

    pub const fn columns(&self) -> u16 {
        self.columns
    }

    pub const fn rows(&self) -> u16 {
        self.rows
    }

    /// The layers at a place; none outside the grid.
    pub fn at(&self, column: u16, row: u16) -> Brush {
        self.index(column, row)
            .and_then(|index| self.cells.get(index))
            .copied()
            .unwrap_or_default()
    }

    fn index(&self, column: u16, row: u16) -> Option<usize> {
        (column < self.columns && row < self.rows)
            .then(|| usize::from(column) * usize::from(self.rows) + usize::from(row))
    }

    /// Paints the layers of `brush` over an area, or takes them away. What lies outside the grid is left out.
    pub fn stroke(&mut self, area: Area, brush: Brush, paint: bool) {
        for column in area.columns() {
            for row in area.rows() {
                if let Some(cell) = self.index(column, row).and_then(|index| self.cells.get_mut(index)) {
                    *cell = if paint { *cell | brush } else { *cell & !brush };
                }
            }
        }
    }

    /// Everything painted, column by column from the top.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for column in 0..self.columns {
            let mut from = 0;
            for row in 1..=self.rows {
                let layers = self.at(column, from);
                if row == self.rows || self.at(column, row) != layers {
                    if layers != 0 {
                        runs.push(Run {
                            column,
                            from,
                            until: row,
                            layers,
                        });
                    }
                    from = row;
                }
            }
        }
        runs
    }

    /// Is every layer of the brush there, in every cell of the area?
    pub fn holds(&self, area: Area, brush: Brush) -> bool {
        area.columns()
            .all(|column| area.rows().all(|row| self.at(column, row) & brush == brush))
    }
}

/// How many strokes can be taken back.
const MOST_KEPT: usize = 100;

/// A painting with the strokes that can be taken back and done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    now: Painting,
    past: Vec<Painting>,
    future: Vec<Painting>,
}

impl History {
    pub const fn new(now: Painting) -> Self {
        Self {
            now,
            past: Vec::new(),
            future: Vec::new(),
        }
    }

    pub const fn now(&self) -> &Painting {
        &self.now
    }

    /// A stroke that changes nothing is not remembered.
    pub fn stroke(&mut self, area: Area, brush: Brush, paint: bool) {
        let mut next = self.now.clone();
        next.stroke(area, brush, paint);
        if next == self.now {
            return;
        }
        if self.past.len() == MOST_KEPT {
            self.past.remove(0);
        }
        self.past.push(std::mem::replace(&mut self.now, next));
        self.future.clear();
    }

    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.now, before));
        }
    }

    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.now, after));
        }
    }

    pub const fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, History, Painting, Run};

    fn area(from: (u16, u16), to: (u16, u16)) -> Area {
        Area { from, to }
    }

    #[test]
    fn a_stroke_fills_its_rectangle_from_any_corner() {
        let mut painting = Painting::blank(3, 4);
        painting.stroke(area((1, 3), (0, 2)), 1, true);
        assert_eq!(painting.runs().len(), 2);
        assert!(painting.holds(area((0, 2), (1, 3)), 1));
        assert_eq!((painting.at(0, 1), painting.at(2, 2)), (0, 0));
    }

    #[test]
    fn layers_lie_over_each_other_and_are_cleared_apart() {
        let mut painting = Painting::blank(1, 4);
        painting.stroke(area((0, 0), (0, 3)), 0b01, true);
        painting.stroke(area((0, 2), (0, 3)), 0b10, true);
        let run = |from, until, layers| Run {
            column: 0,
            from,
            until,
            layers,
        };
        assert_eq!(painting.runs(), [run(0, 2, 0b01), run(2, 4, 0b11)]);
        painting.stroke(area((0, 0), (0, 3)), 0b01, false);
        assert_eq!(painting.runs(), [run(2, 4, 0b10)]);
    }

    #[test]
    fn nothing_is_painted_outside() {
        let mut painting = Painting::blank(2, 2);
        painting.stroke(area((1, 1), (9, 9)), 1, true);
        assert_eq!(painting.runs().len(), 1);
        assert_eq!(painting.at(9, 9), 0);
    }

    #[test]
    fn strokes_are_taken_back_and_done_again_until_the_next_one() {
        let mut history = History::new(Painting::blank(1, 4));
        history.stroke(Area::cell((0, 0)), 1, true);
        history.stroke(Area::cell((0, 1)), 1, true);
        history.stroke(Area::cell((0, 1)), 1, true); // changes nothing
        history.undo();
        assert_eq!(history.now().runs()[0].until, 1);
        history.redo();
        assert_eq!(history.now().runs()[0].until, 2);
        history.undo();
        history.undo();
        assert!(!history.can_undo() && history.now().runs().is_empty());
        history.stroke(Area::cell((0, 3)), 1, true);
        assert!(!history.can_redo());
    }

    #[test]
    fn the_oldest_strokes_are_forgotten() {
        let mut history = History::new(Painting::blank(1, 300));
        for row in 0..200 {
            history.stroke(Area::cell((0, row)), 1, true);
        }
        (0..300).for_each(|_| history.undo());
        assert_eq!(history.now().runs()[0].until, 100);
    }
}
