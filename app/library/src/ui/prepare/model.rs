//! Changes of a kit, as the page shows them before the server has answered.

use crate::{
    api::view::{ItemView, PrepareView, RowView},
    model::ItemId,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Add(ItemId),
    Take(ItemId),
    /// To a place counted from 0.
    Move(ItemId, u32),
    Waiting(Option<ItemId>),
    Message(String),
}

/// Carries a change out on the page. The server's answer replaces the outcome.
pub fn apply(kit: &mut PrepareView, change: &Change, shelf: &[ItemView]) {
    match change {
        Change::Add(id) => {
            let item = shelf.iter().find(|item| item.id == *id);
            if let Some(item) = item.filter(|_| !kit.rows.iter().any(|row| row.item == *id)) {
                kit.rows.push(row(item));
            }
        }
        Change::Take(id) => kit.rows.retain(|row| row.item != *id),
        Change::Move(id, place) => {
            if let Some(from) = kit.rows.iter().position(|row| row.item == *id) {
                let row = kit.rows.remove(from);
                let place = usize::try_from(*place).unwrap_or(usize::MAX);
                kit.rows.insert(place.min(kit.rows.len()), row);
            }
        }
        Change::Waiting(item) => kit.waiting = *item,
        Change::Message(text) => kit.message.clone_from(text),
    }
}

fn row(item: &ItemView) -> RowView {
    RowView {
        item: item.id,
        name: item.name.clone(),
        kind: Some(item.kind),
        pages: item.pages,
        duration_ms: item.duration_ms,
    }
}

/// The place of an item after one step up or down; `None` at the end of the way.
pub fn step(kit: &PrepareView, item: ItemId, down: bool) -> Option<u32> {
    let from = kit.rows.iter().position(|row| row.item == item)?;
    let to = if down { from + 1 } else { from.checked_sub(1)? };
    (to < kit.rows.len()).then_some(u32::try_from(to).ok()?)
}

#[cfg(test)]
mod tests {
    use super::{Change, apply, step};
    use crate::{
        api::view::{ItemView, PrepareView},
        model::{ItemId, ItemKind, ItemState},
    };
    use kernel::{__uuid::Uuid, VisitId};
    use kit::prelude::TimeParts;

    fn id(n: u128) -> ItemId {
        ItemId::new(Uuid::from_u128(n))
    }

    fn shelf() -> Vec<ItemView> {
        (1..=3)
            .map(|n| ItemView {
                id: id(n),
                name: n.to_string(),
                kind: ItemKind::Picture,
                state: ItemState::Ready,
                bytes: 1,
                width: 1,
                height: 1,
                pages: 0,
                duration_ms: 0,
            })
            .collect()
    }

    fn names(kit: &PrepareView) -> String {
        kit.rows.iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn rows_are_added_once_moved_and_taken() {
        let mut kit = PrepareView {
            visit: VisitId::new(Uuid::nil()),
            when: TimeParts::default(),
            patient_name: String::new(),
            is_open: true,
            rows: Vec::new(),
            waiting: None,
            message: String::new(),
        };
        for n in [1, 2, 3, 2, 9] {
            apply(&mut kit, &Change::Add(id(n)), &shelf());
        }
        assert_eq!(names(&kit), "123");
        assert_eq!(
            (
                step(&kit, id(1), false),
                step(&kit, id(1), true),
                step(&kit, id(3), true)
            ),
            (None, Some(1), None)
        );
        apply(&mut kit, &Change::Move(id(3), 0), &shelf());
        assert_eq!(names(&kit), "312");
        apply(&mut kit, &Change::Move(id(3), 99), &shelf());
        assert_eq!(names(&kit), "123");
        apply(&mut kit, &Change::Take(id(2)), &shelf());
        assert_eq!(names(&kit), "13");
    }
}
