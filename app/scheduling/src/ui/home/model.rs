//! The patient's home: whose visit is next, what is only asked for, what comes after.

use crate::{
    api::view::{AgendaRow, Standing},
    model::VisitState,
};

/// The upcoming rows as the home page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Upcoming {
    /// The next thing of each person, soonest first: a guardian sees one card per child.
    pub next: Vec<AgendaRow>,
    /// Open requests that are nobody's next thing.
    pub requests: Vec<AgendaRow>,
    /// Visits after the next.
    pub later: Vec<AgendaRow>,
}

/// Sorts rows that are in order of time. A visit goes before a request as somebody's next thing: it has a room to join.
pub fn upcoming(rows: Vec<AgendaRow>) -> Upcoming {
    let mut sorted = Upcoming::default();
    let (visits, requests): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| matches!(row.standing, Standing::Visit(_)));
    for row in visits {
        if has_next(&sorted.next, &row) {
            sorted.later.push(row);
        } else {
            sorted.next.push(row);
        }
    }
    for row in requests {
        if has_next(&sorted.next, &row) {
            sorted.requests.push(row);
        } else {
            sorted.next.push(row);
        }
    }
    sorted.next.sort_by_key(|row| row.when.starts);
    sorted
}

fn has_next(next: &[AgendaRow], row: &AgendaRow) -> bool {
    next.iter().any(|known| known.person.patient == row.person.patient)
}

/// Of what is over, the visits that were. What was cancelled or taken back may lie ahead, and the calendar lists it.
pub fn been(rows: Vec<AgendaRow>) -> impl Iterator<Item = AgendaRow> {
    rows.into_iter()
        .filter(|row| matches!(row.standing, Standing::Visit(state) if state != VisitState::Cancelled))
}

#[cfg(test)]
mod tests {
    use super::{been, upcoming};
    use crate::{
        api::view::{AgendaRow, Bookable, Standing},
        model::{RequestState, VisitState},
        ui::testing::agenda_row,
    };
    use kernel::{PatientId, RequestId};
    use uuid::Uuid;

    fn request(starts: &str) -> AgendaRow {
        AgendaRow {
            about: Bookable::Request(RequestId::new(Uuid::from_u128(9))),
            standing: Standing::Request(RequestState::Pending),
            ..agenda_row(starts)
        }
    }

    #[test]
    fn a_confirmed_visit_is_next_even_when_a_request_lies_before_it() {
        let sorted = upcoming(vec![
            request("2026-11-23T16:00:00Z"),
            agenda_row("2026-11-24T16:00:00Z"),
        ]);
        assert_eq!(sorted.next.len(), 1);
        assert!(matches!(sorted.next[0].standing, Standing::Visit(_)));
        assert_eq!(sorted.requests.len(), 1);
    }

    #[test]
    fn what_was_taken_back_is_no_past_visit() {
        let with = |standing| AgendaRow {
            standing,
            ..agenda_row("2026-11-30T16:00:00Z")
        };
        let rows = vec![
            with(Standing::Request(RequestState::Withdrawn)),
            with(Standing::Visit(VisitState::Cancelled)),
            with(Standing::Visit(VisitState::Completed)),
        ];
        let been: Vec<_> = been(rows).collect();
        assert_eq!(been.len(), 1);
        assert_eq!(been[0].standing, Standing::Visit(VisitState::Completed));
    }

    #[test]
    fn a_lone_request_is_the_next_thing() {
        let sorted = upcoming(vec![request("2026-11-23T16:00:00Z")]);
        assert_eq!((sorted.next.len(), sorted.requests.len()), (1, 0));
    }

    #[test]
    fn every_child_has_a_card_sorted_by_time() {
        let mut other = agenda_row("2026-11-23T16:00:00Z");
        other.person.patient = PatientId::new(Uuid::from_u128(22));
        let sorted = upcoming(vec![
            other,
            agenda_row("2026-11-24T16:00:00Z"),
            agenda_row("2026-11-25T16:00:00Z"),
        ]);
        assert_eq!((sorted.next.len(), sorted.later.len()), (2, 1));
        assert!(sorted.next[0].when.starts < sorted.next[1].when.starts);
    }
}
