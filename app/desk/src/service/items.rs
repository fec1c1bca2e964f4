//! Everything that waits, asked from the slices, in the order of the desk.

use crate::{
    Error,
    model::{Age, Facts, Held, ItemId, Kind, OwnedBy, Place},
    store,
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, TherapistId, Tx};
use scheduling::{
    api::view::Standing,
    model::{RequestState, ServiceId, VisitState},
    service::{Waiting, WaitsFor, waiting},
};

use super::lost_letters;

/// So many of each kind are looked at. A desk with more behind it works from the front all the same.
const MOST: i64 = 500;

/// One item with what its order and its owner depend on.
#[derive(Debug, Clone)]
pub struct Item {
    pub facts: Facts,
    pub about: About,
    pub held: Option<Held>,
}

/// The visit or the request that an item is about.
#[derive(Debug, Clone, Copy)]
pub struct About {
    pub standing: Standing,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
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
    let bookings = waiting(tx, now, MOST).await?;
    let letters = lost_letters::waiting(tx, now, MOST).await?;
    let mut items: Vec<Item> = bookings
        .iter()
        .map(of_booking)
        .chain(letters)
        .map(|(facts, about)| Item {
            held: held.get(&facts.item).copied(),
            facts,
            about,
        })
        .filter(|item| !aside.contains(&item.id()))
        .collect();
    items.sort_by_key(|item| item.place(now));
    Ok(items)
}

fn of_booking(waiting: &Waiting) -> (Facts, About) {
    let (kind, standing) = match waiting.waits_for {
        WaitsFor::Decision(state) => (Kind::Request, Standing::Request(state)),
        WaitsFor::Absence => (Kind::Affected, Standing::Visit(VisitState::Scheduled)),
        WaitsFor::Confirmation => (Kind::Confirm, Standing::Visit(VisitState::Ended)),
        WaitsFor::FreeTime { offered } => {
            let state = if offered {
                RequestState::Proposed
            } else {
                RequestState::Waitlisted
            };
            (Kind::Waitlist, Standing::Request(state))
        }
    };
    let facts = Facts {
        item: ItemId { kind, id: waiting.id },
        starts: waiting.starts,
        due: waiting.due,
        since: waiting.since,
        time_gone: waiting.waits_for == WaitsFor::Decision(RequestState::Conflicted),
        theirs: waiting.theirs,
    };
    let about = About {
        standing,
        patient: waiting.patient,
        therapist: waiting.therapist,
        service: waiting.service,
        starts: waiting.starts,
        ends: waiting.ends,
    };
    (facts, about)
}
