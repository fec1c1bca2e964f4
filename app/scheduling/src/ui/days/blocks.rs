//! What a calendar holds, as blocks of a grid.

use crate::{
    api::view::{AgendaRow, Bookable, CareBlock, CareBlockKind, MyBlock, Standing},
    model::{RequestState, VisitState},
    ui::words::{self, Reader},
};
use kit::prelude::{BlockLook, GridBlock};

const fn look(standing: Standing) -> BlockLook {
    match standing {
        Standing::Visit(VisitState::Scheduled) => BlockLook::Plain,
        Standing::Visit(VisitState::Waiting | VisitState::InProgress | VisitState::Ended) => BlockLook::Waiting,
        Standing::Request(_) => BlockLook::Hatched,
        Standing::Visit(_) => BlockLook::Quiet,
    }
}

/// The state in words, where it is not the usual one.
fn state_word(standing: Standing, reader: Reader) -> &'static str {
    match standing {
        Standing::Visit(VisitState::Scheduled) => "",
        Standing::Visit(state) => words::visit_word(state, reader),
        Standing::Request(state) => words::request_word(state),
    }
}

fn joined(parts: [&str; 2]) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The id of a row's block.
pub fn id(row: &AgendaRow) -> String {
    match row.about {
        Bookable::Visit(visit) => visit.to_string(),
        Bookable::Request(request) => request.to_string(),
    }
}

/// A stretch of a therapist's day, for the therapist or the desk. `place` tells nameless ones of a page apart.
pub fn of_staff(block: &CareBlock, area: &str, place: usize) -> GridBlock {
    let plain = GridBlock {
        id: format!("{place}-{}", block.from_minute),
        from: block.from_minute,
        until: block.until_minute,
        clock: format!("{} to {}", block.when.from, block.when.until),
        ..GridBlock::default()
    };
    match (&block.kind, &block.visit) {
        (CareBlockKind::Visit, Some(row)) => GridBlock {
            id: id(row),
            look: look(row.standing),
            title: row.person.name.clone(),
            note: joined([&row.service.name, state_word(row.standing, Reader::Staff)]),
            href: Some(format!("{area}/visits/{}", id(row))),
            movable: block.movable,
            ..plain
        },
        (CareBlockKind::Visit | CareBlockKind::Kept, _) => GridBlock {
            look: BlockLook::Hatched,
            title: "Kept".to_owned(),
            ..plain
        },
        (kind, _) => GridBlock {
            look: BlockLook::Off,
            title: if *kind == CareBlockKind::Closure {
                "Closed"
            } else {
                "Time off"
            }
            .to_owned(),
            ..plain
        },
    }
}

/// A visit or request of a family.
pub fn of_family(block: &MyBlock, href: String) -> GridBlock {
    let row = &block.row;
    let whom = if row.person.me {
        String::new()
    } else {
        format!("for {}", row.person.name)
    };
    GridBlock {
        id: id(row),
        look: match row.standing {
            Standing::Request(RequestState::Pending) => BlockLook::Hatched,
            standing => look(standing),
        },
        from: block.from_minute,
        until: block.until_minute,
        clock: format!("{} to {}", row.when.from, row.when.until),
        title: row.therapist.name.clone(),
        note: joined([&whom, state_word(row.standing, Reader::Patient)]),
        href: Some(href),
        movable: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{of_family, of_staff};
    use crate::{
        api::view::{CareBlock, CareBlockKind, MyBlock, Standing},
        model::{RequestState, VisitState},
        ui::testing::{agenda_row, when},
    };
    use kit::prelude::BlockLook;

    fn block(kind: CareBlockKind, standing: Option<Standing>) -> CareBlock {
        CareBlock {
            kind,
            when: when("2026-11-24T16:00:00Z"),
            from_minute: 600,
            until_minute: 645,
            visit: standing.map(|standing| crate::api::view::AgendaRow {
                standing,
                ..agenda_row("2026-11-24T16:00:00Z")
            }),
            movable: standing.is_some(),
        }
    }

    #[test]
    fn what_is_kept_has_no_name_and_leads_nowhere() {
        let kept = of_staff(&block(CareBlockKind::Kept, None), "/care", 3);
        assert_eq!((kept.title.as_str(), kept.href, kept.movable), ("Kept", None, false));
        assert_eq!(kept.look, BlockLook::Hatched);
        assert_ne!(kept.id, of_staff(&block(CareBlockKind::Kept, None), "/care", 4).id);
    }

    #[test]
    fn a_visit_names_the_patient_and_its_state_where_it_is_not_the_usual_one() {
        let scheduled = Some(Standing::Visit(VisitState::Scheduled));
        let visit = of_staff(&block(CareBlockKind::Visit, scheduled), "/desk", 0);
        assert_eq!((visit.title.as_str(), visit.note.as_str()), ("Ana Example", "Therapy"));
        assert_eq!(visit.clock, "10:00 to 10:45");
        assert!(visit.movable && visit.href.is_some_and(|href| href.starts_with("/desk/visits/")));
        let ended = of_staff(
            &block(CareBlockKind::Visit, Some(Standing::Visit(VisitState::Ended))),
            "/care",
            0,
        );
        assert_eq!(
            (ended.look, ended.note.as_str()),
            (BlockLook::Waiting, "Therapy, To confirm")
        );
    }

    #[test]
    fn a_family_tells_what_is_requested_from_what_is_confirmed() {
        let row = crate::api::view::AgendaRow {
            standing: Standing::Request(RequestState::Pending),
            ..agenda_row("2026-11-24T16:00:00Z")
        };
        let block = MyBlock {
            from_minute: 600,
            until_minute: 645,
            row,
        };
        let block = of_family(&block, "/x".to_owned());
        assert_eq!((block.look, block.note.as_str()), (BlockLook::Hatched, "Requested"));
    }
}
