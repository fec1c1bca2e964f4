//! Stretches of time and what can be done with sorted lists of them.

use serde::{Deserialize, Serialize};

/// A half-open stretch `[from, until)`, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub from: i64,
    pub until: i64,
}

impl Span {
    pub const fn new(from: i64, until: i64) -> Self {
        Self { from, until }
    }

    pub const fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// A stretch in which visits may lie: a shift, or what an absence leaves of it. Shifts that touch stay apart: a visit lies
/// inside one shift. The grid of start times is counted from `anchor`, the start of the shift it was
/// cut from: an absence in the middle does not move the later times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    pub until: i64,
    pub anchor: i64,
}

impl Window {
    pub const fn new(from: i64, until: i64) -> Self {
        Self {
            from,
            until,
            anchor: from,
        }
    }
}

/// `windows - holes`, appended to `out`. Both lists are sorted by start; windows do not overlap, holes may.
pub fn subtract(windows: &[Window], holes: &[Span], out: &mut Vec<Window>) {
    let mut first = 0;
    for window in windows {
        // Holes that end before this window never matter again: windows only move forward.
        while holes.get(first).is_some_and(|hole| hole.until <= window.from) {
            first += 1;
        }
        let mut from = window.from;
        for hole in holes[first..].iter().take_while(|hole| hole.from < window.until) {
            if hole.from > from {
                out.push(Window {
                    from,
                    until: hole.from,
                    anchor: window.anchor,
                });
            }
            from = from.max(hole.until);
        }
        if from < window.until {
            out.push(Window {
                from,
                until: window.until,
                anchor: window.anchor,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, Window, subtract};

    #[test]
    fn an_absence_splits_a_window_and_keeps_its_grid() {
        let mut out = Vec::new();
        subtract(
            &[Window::new(0, 100)],
            &[Span::new(30, 40), Span::new(35, 38), Span::new(95, 200)],
            &mut out,
        );
        let piece = |from, until| Window { from, until, anchor: 0 };
        assert_eq!(out, vec![piece(0, 30), piece(40, 95)]);
    }
}
