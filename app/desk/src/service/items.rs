//! Everything that waits, asked from the slices, in the order of the desk.

use crate::{
    Error,
    model::{Age, Facts, Held, ItemId, Kind, OwnedBy, Place},
    store,
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, Tx};
use scheduling::{
    model::RequestState,
    service::{Waiting, WaitsFor, waiting},
};

/// So many of each kind are looked at. A desk with more behind it works from the front all the same.
const MOST: i64 = 500;

/// One item with what its order and its owner depend on.
#[derive(Debug, Clone)]
pub struct Item {
    pub facts: Facts,
    pub waiting: Waiting,
    pub held: Option<Held>,
}

impl Item {
    pub const fn id(&self) -> ItemId {
        self.facts.item
    }

    pub fn place(&self, now: DateTime<Utc>) -> Place {
        self.facts.place(now)
    }
}

/// Which items are wanted; empty means all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Only {
    pub kind: Option<Kind>,
    pub owner: Option<OwnedBy>,
    pub age: Option<Age>,
}

impl Only {
    pub fn fits(self, item: &Item, me: AccountId, now: DateTime<Utc>) -> bool {
        self.kind.is_none_or(|kind| item.id().kind == kind)
            && self.owner.is_none_or(|owner| owner.fits(item.held, me))
            && self.age.is_none_or(|age| item.facts.age(now) == age)
    }
}

/// All items, the most pressing first.
pub async fn all(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Item>, Error> {
    let held = store::taken::all(tx).await?;
    let aside = store::taken::put_aside(tx).await?;
    let mut items: Vec<Item> = waiting(tx, now, MOST)
        .await?
        .into_iter()
        .map(|waiting| {
            let facts = facts(&waiting);
            Item {
                held: held.get(&facts.item).copied(),
                facts,
                waiting,
            }
        })
        .filter(|item| !aside.contains(&item.id()))
        .collect();
    items.sort_by_key(|item| item.place(now));
    Ok(items)
}

fn facts(waiting: &Waiting) -> Facts {
    let kind = match waiting.waits_for {
        WaitsFor::Decision(_) => Kind::Request,
        WaitsFor::Absence => Kind::Affected,
        WaitsFor::Confirmation => Kind::Confirm,
    };
    Facts {
        item: ItemId { kind, id: waiting.id },
        starts: waiting.starts,
        due: waiting.due,
        since: waiting.since,
        time_gone: waiting.waits_for == WaitsFor::Decision(RequestState::Conflicted),
        theirs: false,
    }
}
