//! The last events, so that somebody who was cut for a moment gets the gap and not the whole room.

use crate::model::Event;
use std::collections::VecDeque;

const EVENTS: usize = 4_096;
const AGE_MS: u64 = 5 * 60 * 1_000;

#[derive(Debug, Default)]
pub(super) struct Ring(VecDeque<Event>);

impl Ring {
    pub(super) fn push(&mut self, event: Event) {
        let now = event.t_ms;
        self.0.push_back(event);
        while self.0.len() > EVENTS || self.0.front().is_some_and(|oldest| oldest.t_ms + AGE_MS < now) {
            self.0.pop_front();
        }
    }

    /// Everything after `seq`, when nothing of it has been let go. `newest` is the number of the last event there was.
    pub(super) fn after(&self, seq: u64, newest: u64) -> Option<impl Iterator<Item = &Event>> {
        let whole = seq == newest || self.0.front().is_some_and(|oldest| oldest.seq <= seq + 1);
        (whole && seq <= newest).then(|| self.0.iter().filter(move |event| event.seq > seq))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Change, ParticipantId};

    fn event(seq: u64, t_ms: u64) -> Event {
        Event {
            seq,
            t_ms,
            actor: ParticipantId::ROOM,
            cause: None,
            change: Change::Note(String::new()),
        }
    }

    #[test]
    fn a_gap_is_filled_or_refused_as_a_whole() {
        let mut ring = Ring::default();
        assert_eq!(ring.after(0, 0).map(Iterator::count), Some(0));
        for seq in 1..=5_000 {
            ring.push(event(seq, 1_000));
        }
        assert_eq!(ring.after(4_990, 5_000).map(Iterator::count), Some(10));
        assert_eq!(ring.after(904, 5_000).map(Iterator::count), Some(4_096));
        assert!(ring.after(903, 5_000).is_none(), "one event is missing");
        assert!(
            ring.after(5_001, 5_000).is_none(),
            "a client from the future holds another room"
        );
    }

    #[test]
    fn events_older_than_five_minutes_are_let_go() {
        let mut ring = Ring::default();
        ring.push(event(1, 0));
        ring.push(event(2, 299_000));
        assert!(ring.after(0, 2).is_some());
        ring.push(event(3, 300_001));
        assert!(ring.after(0, 3).is_none());
        assert!(ring.after(1, 3).is_some());
    }
}
