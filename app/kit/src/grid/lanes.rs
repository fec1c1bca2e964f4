//! Blocks that overlap, side by side: one sweep over their edges, O(n log n), only over what is visible.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// Minutes after midnight, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: u16,
    pub until: u16,
}

impl Stretch {
    pub const fn new(from: u16, until: u16) -> Self {
        Self { from, until }
    }

    pub const fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// Where a stretch stands: in `lane`, over `width` lanes, of `lanes` that its group has together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Laid {
    /// Its place in the list that was laid.
    pub index: usize,
    pub lane: u16,
    pub width: u16,
    pub lanes: u16,
}

/// Lays what touches `visible` into as few lanes as there are blocks at once; each is as wide as the free lanes to its right
/// allow. In order of time; of two that start together the longer one is first, to the left.
pub fn lay(stretches: &[Stretch], visible: Stretch) -> Vec<Laid> {
    let mut order: Vec<usize> = (0..stretches.len())
        .filter(|index| stretches[*index].overlaps(visible))
        .collect();
    order.sort_by_key(|index| (stretches[*index].from, Reverse(stretches[*index].until), *index));

    let mut laid: Vec<Laid> = Vec::with_capacity(order.len());
    // What is going on at the sweep's edge: its ends in order, and by lane its place in `laid`.
    let mut ends: BinaryHeap<Reverse<(u16, u16)>> = BinaryHeap::new();
    let mut going_on: BTreeMap<u16, usize> = BTreeMap::new();
    let mut free: BinaryHeap<Reverse<u16>> = BinaryHeap::new();
    let (mut group, mut lanes) = (0, 0);
    for index in order {
        let stretch = stretches[index];
        while let Some(&Reverse((until, lane))) = ends.peek()
            && until <= stretch.from
        {
            ends.pop();
            going_on.remove(&lane);
            free.push(Reverse(lane));
        }
        if going_on.is_empty() {
            close(&mut laid[group..], lanes);
            (group, lanes) = (laid.len(), 0);
            free.clear();
        }
        let lane = if let Some(Reverse(lane)) = free.pop() {
            lane
        } else {
            lanes += 1;
            lanes - 1
        };
        // Until the group is closed, `width` is the first lane to the right that is taken at the same time. Only the nearest
        // neighbour on the left can learn something new: those beyond it are bounded by it.
        let bound = going_on.range(lane + 1..).next().map_or(u16::MAX, |(lane, _)| *lane);
        if let Some((_, left)) = going_on.range(..lane).next_back() {
            laid[*left].width = laid[*left].width.min(lane);
        }
        going_on.insert(lane, laid.len());
        ends.push(Reverse((stretch.until, lane)));
        laid.push(Laid {
            index,
            lane,
            width: bound,
            lanes: 0,
        });
    }
    close(&mut laid[group..], lanes);
    laid
}

/// A group is over: nothing later overlaps with it, so its lanes are known.
fn close(group: &mut [Laid], lanes: u16) {
    for one in group {
        one.width = one.width.min(lanes) - one.lane;
        one.lanes = lanes;
    }
}

#[cfg(test)]
mod tests {
    use super::{Laid, Stretch, lay};
    use proptest::prelude::*;

    const DAY: Stretch = Stretch::new(0, 1_440);

    fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
        let one = (0_u16..1_400, 1_u16..240).prop_map(|(from, length)| Stretch::new(from, (from + length).min(1_440)));
        proptest::collection::vec(one, 0..60)
    }

    #[test]
    fn blocks_that_touch_share_a_lane_and_a_lone_one_is_as_wide_as_the_day() {
        let day = [
            Stretch::new(600, 645),
            Stretch::new(645, 690),
            Stretch::new(660, 700),
            Stretch::new(900, 945),
        ];
        let laid = lay(&day, DAY);
        let shape: Vec<_> = laid
            .iter()
            .map(|one| (one.index, one.lane, one.width, one.lanes))
            .collect();
        assert_eq!(shape, [(0, 0, 1, 1), (1, 0, 1, 2), (2, 1, 1, 2), (3, 0, 1, 1)]);
    }

    #[test]
    fn a_block_takes_the_lanes_that_others_left() {
        // Two short ones beside a long one; below them the long one's right side is free.
        let day = [
            Stretch::new(0, 100),
            Stretch::new(0, 30),
            Stretch::new(0, 20),
            Stretch::new(50, 90),
        ];
        let laid = lay(&day, DAY);
        let last = laid.iter().find(|one| one.index == 3).unwrap();
        assert_eq!((last.lane, last.width, last.lanes), (1, 2, 3));
    }

    #[test]
    fn only_what_is_visible_is_laid() {
        let day = [Stretch::new(0, 60), Stretch::new(50, 120), Stretch::new(300, 360)];
        let indices: Vec<_> = lay(&day, Stretch::new(60, 200)).iter().map(|one| one.index).collect();
        assert_eq!(indices, [1]);
    }

    proptest! {
        #[test]
        fn nothing_covers_anything_and_each_appears_once(stretches in stretches(), from in 0_u16..1_440, length in 1_u16..1_440) {
            let visible = Stretch::new(from, from + length);
            let laid = lay(&stretches, visible);
            let mut seen: Vec<usize> = laid.iter().map(|one| one.index).collect();
            seen.sort_unstable();
            let expected: Vec<usize> = (0..stretches.len()).filter(|index| stretches[*index].overlaps(visible)).collect();
            prop_assert_eq!(seen, expected);
            for (place, one) in laid.iter().enumerate() {
                prop_assert!(one.width >= 1 && one.lane + one.width <= one.lanes);
                for other in &laid[place + 1..] {
                    let at_once = stretches[one.index].overlaps(stretches[other.index]);
                    prop_assert!(!(at_once && beside(one, other)), "{one:?} {other:?}");
                }
            }
        }

        #[test]
        fn each_is_as_wide_as_free_lanes_allow_and_there_are_no_more_lanes_than_needed(stretches in stretches()) {
            let laid = lay(&stretches, DAY);
            for one in &laid {
                let next = one.lane + one.width;
                let stopped = laid.iter().any(|other| {
                    other.lane == next && stretches[other.index].overlaps(stretches[one.index])
                });
                prop_assert!(next == one.lanes || stopped, "{one:?} could be wider");
                // The last lane of a group was opened because all others were taken at that moment.
                let crowd = laid.iter().filter(|other| other.lanes == one.lanes).map(|other| {
                    let start = stretches[other.index].from;
                    stretches.iter().filter(|stretch| stretch.from <= start && start < stretch.until).count()
                });
                prop_assert!(crowd.max().unwrap_or_default() >= usize::from(one.lanes));
            }
        }
    }

    /// Do their lanes meet?
    fn beside(one: &Laid, other: &Laid) -> bool {
        one.lane < other.lane + other.width && other.lane < one.lane + one.width
    }
}
