//! Where the arrows lead: from block to block, and with a block in hand from quarter hour to quarter hour.

use super::block::{GridColumn, Hours, QUARTER};

/// A block, by the places of its column and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    pub column: usize,
    pub block: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
}

impl Step {
    pub fn read(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "Home" => Self::Home,
            "End" => Self::End,
            _ => return None,
        })
    }
}

/// The blocks of a column that can be reached, by time.
fn stops(column: &GridColumn) -> Vec<usize> {
    let mut stops: Vec<usize> = (0..column.blocks.len())
        .filter(|index| column.blocks[*index].href.is_some())
        .collect();
    stops.sort_by_key(|index| (column.blocks[*index].from, *index));
    stops
}

/// The first block of all.
pub fn first(columns: &[GridColumn]) -> Option<At> {
    columns
        .iter()
        .enumerate()
        .find_map(|(column, one)| stops(one).first().map(|block| At { column, block: *block }))
}

/// The block with this id.
pub fn find(columns: &[GridColumn], id: &str) -> Option<At> {
    columns.iter().enumerate().find_map(|(column, one)| {
        let block = one.blocks.iter().position(|block| block.id == id)?;
        Some(At { column, block })
    })
}

/// The block one step on; `None` where there is none. Sideways it is the one nearest in time, over empty columns.
pub fn walk(columns: &[GridColumn], at: At, step: Step) -> Option<At> {
    let own = stops(columns.get(at.column)?);
    let place = own.iter().position(|block| *block == at.block)?;
    let here = |block: &usize| At {
        column: at.column,
        block: *block,
    };
    match step {
        Step::Up => place.checked_sub(1).and_then(|place| own.get(place)).map(here),
        Step::Down => own.get(place + 1).map(here),
        Step::Home => own.first().map(here),
        Step::End => own.last().map(here),
        Step::Left => (0..at.column).rev().find_map(|column| nearest(columns, column, at)),
        Step::Right => (at.column + 1..columns.len()).find_map(|column| nearest(columns, column, at)),
    }
}

fn nearest(columns: &[GridColumn], column: usize, at: At) -> Option<At> {
    let from = columns[at.column].blocks[at.block].from;
    let there = &columns[column];
    stops(there)
        .into_iter()
        .min_by_key(|block| there.blocks[*block].from.abs_diff(from))
        .map(|block| At { column, block })
}

/// A block in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    pub at: At,
    pub column: usize,
    /// Minutes after midnight.
    pub from: u16,
}

impl Carried {
    pub fn lift(columns: &[GridColumn], at: At) -> Option<Self> {
        let block = columns
            .get(at.column)?
            .blocks
            .get(at.block)
            .filter(|block| block.movable)?;
        Some(Self {
            at,
            column: at.column,
            from: block.from,
        })
    }

    /// How long it is.
    pub fn minutes(self, columns: &[GridColumn]) -> u16 {
        let block = &columns[self.at.column].blocks[self.at.block];
        block.until - block.from
    }

    /// Over another place: on a whole quarter hour, inside the hours that are shown.
    #[must_use]
    pub fn over(self, columns: &[GridColumn], hours: Hours, column: usize, from: i32) -> Self {
        let (first, last) = (i32::from(hours.first) * 60, i32::from(hours.last) * 60);
        let latest = (last - i32::from(self.minutes(columns))).max(first);
        let quarter = i32::from(QUARTER);
        let from = (from.clamp(first, latest) + quarter / 2) / quarter * quarter;
        Self {
            column: column.min(columns.len().saturating_sub(1)),
            from: u16::try_from(from.min(latest / quarter * quarter)).unwrap_or_default(),
            ..self
        }
    }

    /// One step of the keyboard; a block that begins between two quarter hours steps onto one.
    #[must_use]
    pub fn step(self, columns: &[GridColumn], hours: Hours, step: Step) -> Self {
        let from = i32::from(self.from);
        let quarter = i32::from(QUARTER);
        let (column, from) = match step {
            Step::Up => (self.column, (from - 1).div_euclid(quarter) * quarter),
            Step::Down => (self.column, (from / quarter + 1) * quarter),
            Step::Left => (self.column.saturating_sub(1), from),
            Step::Right => (self.column + 1, from),
            Step::Home => (self.column, 0),
            Step::End => (self.column, 1_440),
        };
        if matches!(step, Step::Left | Step::Right) {
            // The same time of another day stays as odd as it is.
            return Self {
                column: column.min(columns.len().saturating_sub(1)),
                ..self
            };
        }
        self.over(columns, hours, column, from)
    }

    /// Has it left its place?
    pub fn moved(self, columns: &[GridColumn]) -> bool {
        self.column != self.at.column || self.from != columns[self.at.column].blocks[self.at.block].from
    }
}

/// "09:30"
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::{At, Carried, Step, first, walk};
    use crate::grid::{
        BlockLook,
        block::{GridBlock, GridColumn, Hours},
    };

    const HOURS: Hours = Hours { first: 8, last: 18 };

    fn visit(from: u16) -> GridBlock {
        GridBlock {
            id: from.to_string(),
            from,
            until: from + 45,
            href: Some("/x".to_owned()),
            movable: true,
            ..GridBlock::default()
        }
    }

    fn days(days: &[&[u16]]) -> Vec<GridColumn> {
        days.iter()
            .map(|day| GridColumn {
                blocks: day.iter().map(|from| visit(*from)).collect(),
                ..GridColumn::default()
            })
            .collect()
    }

    fn at(column: usize, block: usize) -> At {
        At { column, block }
    }

    #[test]
    fn arrows_go_by_time_and_over_empty_days() {
        let week = days(&[&[600, 540], &[], &[900, 590]]);
        assert_eq!(first(&week), Some(at(0, 1)));
        assert_eq!(walk(&week, at(0, 1), Step::Down), Some(at(0, 0)));
        assert_eq!(walk(&week, at(0, 0), Step::Down), None);
        assert_eq!(
            walk(&week, at(0, 0), Step::Right),
            Some(at(2, 1)),
            "the nearest in time"
        );
        assert_eq!(walk(&week, at(2, 0), Step::Left), Some(at(0, 0)));
        assert_eq!(walk(&week, at(2, 0), Step::Home), Some(at(2, 1)));
    }

    #[test]
    fn what_leads_nowhere_is_no_stop() {
        let kept = GridBlock {
            look: BlockLook::Hatched,
            href: None,
            ..visit(480)
        };
        let mut week = days(&[&[600]]);
        week[0].blocks.insert(0, kept);
        assert_eq!(first(&week), Some(at(0, 1)));
        assert_eq!(walk(&week, at(0, 1), Step::Up), None);
    }

    #[test]
    fn a_carried_block_steps_by_quarters_and_stays_inside() {
        let week = days(&[&[605], &[]]);
        let carried = Carried::lift(&week, at(0, 0)).unwrap();
        assert!(!carried.moved(&week));
        let step = |carried: Carried, step| carried.step(&week, HOURS, step);
        assert_eq!(step(carried, Step::Down).from, 615, "onto the next quarter");
        assert_eq!(step(carried, Step::Up).from, 600);
        let right = step(carried, Step::Right);
        assert_eq!((right.column, right.from, right.moved(&week)), (1, 605, true));
        assert_eq!(step(right, Step::Right).column, 1, "the last day");
        assert_eq!(step(carried, Step::Home).from, 480);
        let end = step(carried, Step::End).from;
        assert!(end % 15 == 0 && end + 45 <= 1_080, "{end}");
    }

    #[test]
    fn what_may_not_move_is_not_lifted() {
        let mut week = days(&[&[600]]);
        week[0].blocks[0].movable = false;
        assert_eq!(Carried::lift(&week, at(0, 0)), None);
    }
}
