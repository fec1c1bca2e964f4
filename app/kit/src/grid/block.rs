//! What a grid is made of: columns with their ground, blocks with their look.

use super::lanes::{Laid, Stretch, lay};

/// How a block looks. What it means is said in its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlockLook {
    #[default]
    Plain,
    /// Waits for somebody.
    Waiting,
    /// Over, done.
    Quiet,
    /// Kept for something that is not decided.
    Hatched,
    /// Nothing can be here.
    Off,
}

impl BlockLook {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Waiting => "waiting",
            Self::Quiet => "quiet",
            Self::Hatched => "hatched",
            Self::Off => "off",
        }
    }
}

/// A stretch of a column with words on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GridBlock {
    /// What a move and a preview name it by; unique in the grid.
    pub id: String,
    pub look: BlockLook,
    /// Minutes after midnight.
    pub from: u16,
    pub until: u16,
    /// "10:00", as it is read there.
    pub clock: String,
    pub title: String,
    pub note: String,
    /// Where Enter and a press lead; without one it is ground, not a stop for the keyboard.
    pub href: Option<String>,
    /// It may be carried elsewhere.
    pub movable: bool,
}

/// A day, or a person's day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GridColumn {
    /// What a move names it by.
    pub key: String,
    pub title: String,
    pub note: String,
    pub href: Option<String>,
    pub today: bool,
    /// When it is open: the lighter ground.
    pub open: Vec<(u16, u16)>,
    pub blocks: Vec<GridBlock>,
    /// What stands there when there is no block.
    pub empty: String,
}

/// Where a block was put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridMove {
    pub id: String,
    /// The key of the column.
    pub column: String,
    /// Minutes after midnight.
    pub minute: u16,
}

/// More lanes than these are not readable; the rest is counted.
const MOST_LANES: u16 = 6;
/// The parts of a column's width that classes name.
pub const TRACKS: u16 = 12;
pub const QUARTER: u16 = 15;

/// The hours that are shown, so that an ordinary day begins at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub first: u16,
    /// The hour at which it ends.
    pub last: u16,
}

impl Hours {
    /// From eight to six, and as far as something is there.
    pub fn of(columns: &[GridColumn]) -> Self {
        let (mut first, mut last) = (8, 18);
        for column in columns {
            let open = column.open.iter().copied();
            // What is shut does not stretch the day: an absence lasts from midnight to midnight.
            let blocks = column.blocks.iter().filter(|block| block.look != BlockLook::Off);
            for (from, until) in open.chain(blocks.map(|block| (block.from, block.until))) {
                first = first.min(from / 60);
                last = last.max(until.div_ceil(60));
            }
        }
        Self {
            first,
            last: last.min(24),
        }
    }

    pub const fn rows(self) -> u16 {
        (self.last - self.first) * 4
    }

    /// The classes that place a stretch: one per quarter hour, because the content security policy allows no inline style.
    pub fn rows_of(self, from: u16, until: u16) -> String {
        let top = self.first * 4;
        let start = (from / QUARTER).clamp(top, top + self.rows() - 1);
        let end = until.div_ceil(QUARTER).clamp(start + 1, top + self.rows());
        format!("q{} n{}", start - top, end - start)
    }
}

/// A block in its place, or the count of those that no lane was left for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    Block { index: usize, start: u16, span: u16 },
    More { count: usize, from: u16, until: u16 },
}

/// Lays a column's blocks over its tracks. What is off is ground and takes no lane.
pub fn place(column: &GridColumn, hours: Hours) -> Vec<Placed> {
    let lanes: Vec<usize> = (0..column.blocks.len())
        .filter(|index| column.blocks[*index].look != BlockLook::Off)
        .collect();
    let stretches: Vec<Stretch> = lanes
        .iter()
        .map(|index| Stretch::new(column.blocks[*index].from, column.blocks[*index].until))
        .collect();
    let mut placed = Vec::with_capacity(lanes.len());
    let mut more: Option<(usize, u16, u16)> = None;
    let visible = Stretch::new(hours.first * 60, hours.last * 60);
    for Laid {
        index,
        lane,
        width,
        lanes: of,
    } in lay(&stretches, visible)
    {
        let (last, of) = if of <= MOST_LANES {
            (lane + width, of)
        } else {
            ((lane + width).min(MOST_LANES - 1), MOST_LANES)
        };
        if lane < last {
            let start = lane * TRACKS / of;
            placed.push(Placed::Block {
                index: lanes[index],
                start,
                span: last * TRACKS / of - start,
            });
            continue;
        }
        let Stretch { from, until } = stretches[index];
        more = Some(match more {
            Some((count, start, end)) if from < end => (count + 1, start, end.max(until)),
            before => {
                placed.extend(before.map(rest));
                (1, from, until)
            }
        });
    }
    placed.extend(more.map(rest));
    placed
}

const fn rest((count, from, until): (usize, u16, u16)) -> Placed {
    Placed::More { count, from, until }
}

#[cfg(test)]
mod tests {
    use super::{BlockLook, GridBlock, GridColumn, Hours, Placed, TRACKS, place};

    fn block(from: u16, until: u16) -> GridBlock {
        GridBlock {
            from,
            until,
            ..GridBlock::default()
        }
    }

    fn column(blocks: Vec<GridBlock>) -> GridColumn {
        GridColumn {
            blocks,
            ..GridColumn::default()
        }
    }

    #[test]
    fn an_ordinary_day_begins_at_eight_and_an_absence_does_not_stretch_it() {
        let off = GridBlock {
            look: BlockLook::Off,
            ..block(0, 1_440)
        };
        let day = [column(vec![block(600, 645), off])];
        let hours = Hours::of(&day);
        assert_eq!((hours.first, hours.last, hours.rows()), (8, 18, 40));
        assert_eq!(hours.rows_of(600, 645), "q8 n3");
        assert_eq!(hours.rows_of(605, 650), "q8 n4", "whole quarter hours");
        assert_eq!(hours.rows_of(0, 1_440), "q0 n40");
        let late = Hours::of(&[column(vec![block(1_410, 1_440)])]);
        assert_eq!((late.first, late.last), (8, 24));
    }

    #[test]
    fn a_crowd_is_counted_where_no_lane_is_left() {
        let placed = place(&column(vec![block(600, 660); 40]), Hours { first: 8, last: 18 });
        let blocks: Vec<_> = placed
            .iter()
            .filter(|one| matches!(one, Placed::Block { .. }))
            .collect();
        assert_eq!(blocks.len(), 5);
        assert_eq!(
            placed.last(),
            Some(&Placed::More {
                count: 35,
                from: 600,
                until: 660
            })
        );
        for one in blocks {
            let Placed::Block { start, span, .. } = one else {
                continue;
            };
            assert!(start + span <= TRACKS - 2, "the last lane is for the count");
        }
    }

    #[test]
    fn two_at_once_have_half_each() {
        let placed = place(
            &column(vec![block(600, 660), block(630, 690)]),
            Hours { first: 8, last: 18 },
        );
        assert_eq!(
            placed,
            [
                Placed::Block {
                    index: 0,
                    start: 0,
                    span: 6
                },
                Placed::Block {
                    index: 1,
                    start: 6,
                    span: 6
                }
            ]
        );
    }
}
