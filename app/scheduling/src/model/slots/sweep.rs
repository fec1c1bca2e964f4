//! One pass over windows and taken time, yielding start times.

use super::{Span, Window};
use serde::{Deserialize, Serialize};

/// How visits of one service are laid into windows. All in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Length of the visit; at least 1.
    pub length: i64,
    /// Distance of start times, counted from the window's anchor; at least 1.
    pub step: i64,
    /// Blocked time before and after a visit. It must be free, but may reach past the window: nobody books into it there.
    pub before: i64,
    pub after: i64,
    /// No start before this instant (minimum notice) ...
    pub earliest: i64,
    /// ... nor at or after this one (horizon).
    pub latest: i64,
}

impl Grid {
    /// All that a visit starting at `start` takes of its therapist.
    pub const fn taken(&self, start: i64) -> Span {
        Span::new(start - self.before, start + self.length + self.after)
    }

    /// The first grid point at or after `at`.
    const fn align(&self, window: &Window, at: i64) -> i64 {
        let behind = at - window.anchor;
        if behind <= 0 {
            return window.anchor;
        }
        let steps = behind / self.step;
        let on_grid = window.anchor + steps * self.step;
        if on_grid < at { on_grid + self.step } else { on_grid }
    }

    /// The bookable start times. `windows` are sorted and disjoint (`merge`, `subtract`), `busy` is sorted by start and
    /// may overlap itself (deliberate overbooking).
    pub const fn starts<'a>(self, windows: &'a [Window], busy: &'a [Span]) -> Starts<'a> {
        Starts {
            grid: self,
            windows,
            busy,
            next: None,
        }
    }

    /// Whether a visit may start at `start`, going by the hours alone. What is taken is the database's to judge.
    pub fn offers(&self, windows: &[Window], start: i64) -> bool {
        let after = windows.partition_point(|window| window.from <= start);
        let Some(window) = after.checked_sub(1).and_then(|index| windows.get(index)) else {
            return false;
        };
        start >= self.earliest
            && start < self.latest
            && start + self.length <= window.until
            && self.align(window, start) == start
    }
}

/// The start times, in order. Holds two cursors that only move forward.
#[derive(Debug, Clone)]
pub struct Starts<'a> {
    grid: Grid,
    windows: &'a [Window],
    busy: &'a [Span],
    /// The next candidate in the first window; `None` when that window has not been entered.
    next: Option<i64>,
}

impl Iterator for Starts<'_> {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        let grid = self.grid;
        while let Some(window) = self.windows.first() {
            let mut start = match self.next {
                Some(start) => start,
                None => grid.align(window, window.from.max(grid.earliest)),
            };
            loop {
                // Before the horizon: a start pushed past its window says nothing about the next window.
                if start + grid.length > window.until {
                    break;
                }
                if start >= grid.latest {
                    self.windows = &[];
                    return None;
                }
                let taken = grid.taken(start);
                // Starts only grow, so what ends before this one never matters again.
                while let [gone, rest @ ..] = self.busy
                    && gone.until <= taken.from
                {
                    self.busy = rest;
                }
                match self.busy.first() {
                    Some(busy) if busy.from < taken.until => start = grid.align(window, busy.until + grid.before),
                    _ => {
                        self.next = Some(start + grid.step);
                        return Some(start);
                    }
                }
            }
            self.windows = &self.windows[1..];
            self.next = None;
        }
        None
    }
}

/// The `count` start times nearest to `wish`, in order of time. `starts` must be sorted.
pub fn nearest(starts: &[i64], wish: i64, count: usize) -> &[i64] {
    let middle = starts.partition_point(|start| *start < wish);
    let (mut from, mut until) = (middle, middle);
    while until - from < count && (from > 0 || until < starts.len()) {
        let before = from.checked_sub(1).map(|index| wish - starts[index]);
        let after = starts.get(until).map(|start| start - wish);
        match (before, after) {
            (Some(before), Some(after)) if before < after => from -= 1,
            (Some(_), None) => from -= 1,
            _ => until += 1,
        }
    }
    &starts[from..until]
}

#[cfg(test)]
mod tests {
    use super::{Grid, Span, Window, nearest};

    const HOUR: i64 = 3600;

    fn grid() -> Grid {
        Grid {
            length: HOUR,
            step: HOUR,
            before: 0,
            after: 0,
            earliest: 0,
            latest: 1_000 * HOUR,
        }
    }

    fn hours(starts: impl Iterator<Item = i64>) -> Vec<i64> {
        starts.map(|start| start / HOUR).collect()
    }

    #[test]
    fn an_empty_calendar_gives_every_grid_point_that_fits() {
        let windows = [Window::new(9 * HOUR, 12 * HOUR + 1800)];
        assert_eq!(hours(grid().starts(&windows, &[])), [9, 10, 11]);
    }

    #[test]
    fn neighbours_may_touch_but_buffers_add_up() {
        let windows = [Window::new(9 * HOUR, 15 * HOUR)];
        let visit = [Span::new(11 * HOUR, 12 * HOUR)];
        assert_eq!(hours(grid().starts(&windows, &visit)), [9, 10, 12, 13, 14]);
        let buffered = Grid {
            before: 600,
            after: 600,
            ..grid()
        };
        let with_buffers = [Span::new(11 * HOUR - 600, 12 * HOUR + 600)];
        assert_eq!(hours(buffered.starts(&windows, &with_buffers)), [9, 13, 14]);
    }

    #[test]
    fn notice_and_horizon_bound_the_starts() {
        let windows = [Window::new(9 * HOUR, 15 * HOUR)];
        let bounded = Grid {
            earliest: 10 * HOUR + 1,
            latest: 13 * HOUR,
            ..grid()
        };
        assert_eq!(hours(bounded.starts(&windows, &[])), [11, 12]);
    }

    #[test]
    fn a_busy_window_at_the_horizon_does_not_hide_the_next_one() {
        let windows = [Window::new(9 * HOUR, 11 * HOUR), Window::new(11 * HOUR, 14 * HOUR)];
        let visit = [Span::new(9 * HOUR, 12 * HOUR)];
        let bounded = Grid {
            latest: 12 * HOUR + 1,
            ..grid()
        };
        assert_eq!(hours(bounded.starts(&windows, &visit)), [12]);
    }

    #[test]
    fn what_the_sweep_yields_is_offered_and_a_time_off_the_grid_is_not() {
        let windows = [Window::new(9 * HOUR, 12 * HOUR)];
        assert!(grid().starts(&windows, &[]).all(|start| grid().offers(&windows, start)));
        assert!(!grid().offers(&windows, 9 * HOUR + 60));
        assert!(!grid().offers(&windows, 12 * HOUR));
        assert!(!grid().offers(&windows, 8 * HOUR));
    }

    #[test]
    fn the_nearest_times_lie_on_both_sides() {
        assert_eq!(nearest(&[1, 5, 8, 20], 7, 3), [1, 5, 8]);
        assert_eq!(nearest(&[1, 2, 3], 100, 2), [2, 3]);
        assert!(nearest(&[], 7, 3).is_empty());
    }
}
