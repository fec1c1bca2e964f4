//! What a key does in the grid.

use super::Area;

/// Where the keyboard stands: the rectangle between where Shift went down and the cell it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub anchor: (u16, u16),
    pub at: (u16, u16),
}

impl Cursor {
    pub const fn new(at: (u16, u16)) -> Self {
        Self { anchor: at, at }
    }

    pub const fn area(self) -> Area {
        Area {
            from: self.anchor,
            to: self.at,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Move(Cursor),
    Paint,
    Clear,
    Undo,
    Redo,
}

/// A key as the browser names it, with what was held down.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    pub name: &'a str,
    pub shift: bool,
    /// Control, or Command on a Mac.
    pub control: bool,
}

/// Rows that `PageUp` and `PageDown` step over.
const PAGE: u16 = 4;

/// `None`: the key is not the grid's.
pub fn act(cursor: Cursor, key: Key<'_>, (columns, rows): (u16, u16)) -> Option<Act> {
    let (column, row) = cursor.at;
    let (last_column, last_row) = (columns.saturating_sub(1), rows.saturating_sub(1));
    let to = match (key.name, key.control) {
        ("z" | "Z", true) if key.shift => return Some(Act::Redo),
        ("z", true) => return Some(Act::Undo),
        ("y", true) => return Some(Act::Redo),
        ("Home", true) => (0, 0),
        ("End", true) => (last_column, last_row),
        (_, true) => return None,
        ("Enter" | " ", _) => return Some(Act::Paint),
        ("Delete" | "Backspace", _) => return Some(Act::Clear),
        ("ArrowLeft", _) => (column.saturating_sub(1), row),
        ("ArrowRight", _) => ((column + 1).min(last_column), row),
        ("ArrowUp", _) => (column, row.saturating_sub(1)),
        ("ArrowDown", _) => (column, (row + 1).min(last_row)),
        ("PageUp", _) => (column, row.saturating_sub(PAGE)),
        ("PageDown", _) => (column, (row + PAGE).min(last_row)),
        ("Home", _) => (0, row),
        ("End", _) => (last_column, row),
        _ => return None,
    };
    let anchor = if key.shift { cursor.anchor } else { to };
    Some(Act::Move(Cursor { anchor, at: to }))
}

#[cfg(test)]
mod tests {
    use super::{Act, Cursor, Key, act};

    fn press(cursor: Cursor, name: &str, shift: bool, control: bool) -> Option<Act> {
        act(cursor, Key { name, shift, control }, (7, 96))
    }

    #[test]
    fn shift_extends_from_where_it_went_down() {
        let start = Cursor::new((1, 36));
        let Some(Act::Move(down)) = press(start, "ArrowDown", true, false) else {
            panic!("a move");
        };
        let Some(Act::Move(right)) = press(down, "ArrowRight", true, false) else {
            panic!("a move");
        };
        assert_eq!((right.anchor, right.at), ((1, 36), (2, 37)));
        let Some(Act::Move(alone)) = press(right, "ArrowDown", false, false) else {
            panic!("a move");
        };
        assert_eq!(alone, Cursor::new((2, 38)));
    }

    #[test]
    fn the_edges_hold() {
        let corner = Cursor::new((0, 0));
        assert_eq!(press(corner, "ArrowUp", false, false), Some(Act::Move(corner)));
        assert_eq!(press(corner, "ArrowLeft", false, false), Some(Act::Move(corner)));
        let last = Cursor::new((6, 95));
        assert_eq!(press(corner, "End", false, true), Some(Act::Move(last)));
        assert_eq!(press(last, "PageDown", false, false), Some(Act::Move(last)));
    }

    #[test]
    fn painting_clearing_and_the_way_back_have_their_keys_and_others_stay_the_browsers() {
        let at = Cursor::new((3, 3));
        assert_eq!(press(at, "Enter", false, false), Some(Act::Paint));
        assert_eq!(press(at, "Delete", false, false), Some(Act::Clear));
        assert_eq!(press(at, "z", false, true), Some(Act::Undo));
        assert_eq!(press(at, "Z", true, true), Some(Act::Redo));
        assert_eq!(press(at, "y", false, true), Some(Act::Redo));
        assert_eq!(press(at, "Tab", false, false), None);
        assert_eq!(press(at, "r", false, true), None);
    }
}
