//! The names behind items, loaded once per page.

use crate::{
    Error,
    api::view::{ItemRow, Owner},
    model::Held,
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, Actor, Tx, Zone};
use scheduling::service::{
    cast::{Cast, service_view},
    zones,
};
use std::collections::HashMap;

use super::items::Item;

/// Patients, therapists, services and colleagues of a page.
pub struct Names {
    cast: Cast,
    colleagues: HashMap<AccountId, String>,
    me: Actor,
    /// The reader's zone.
    pub zone: Zone,
    pub now: DateTime<Utc>,
}

impl Names {
    pub async fn load(tx: &mut Tx, me: Actor, zone: Zone, now: DateTime<Utc>, items: &[Item]) -> Result<Self, Error> {
        let cast = Cast::load(
            tx,
            items.iter().map(|item| item.about.patient),
            items.iter().map(|item| item.about.therapist),
        )
        .await?;
        let mut accounts: Vec<AccountId> = items.iter().filter_map(|item| item.held.map(|held| held.by)).collect();
        accounts.sort_unstable();
        accounts.dedup();
        Ok(Self {
            cast,
            colleagues: colleagues(tx, &accounts).await?,
            me,
            zone,
            now,
        })
    }

    pub fn owner(&self, held: Held) -> Owner {
        Owner {
            name: self.colleagues.get(&held.by).cloned().unwrap_or_default(),
            mine: held.is_open_to(self.me.account),
            since: zones::moment(self.zone, held.since),
            may_take_over: held.may_be_taken_over(self.me.account, self.now),
        }
    }

    pub fn row(&self, item: &Item) -> Result<ItemRow, Error> {
        let (about, facts) = (&item.about, &item.facts);
        Ok(ItemRow {
            item: item.id(),
            risk: facts.risk(self.now),
            standing: about.standing,
            person: self.cast.person(about.patient),
            therapist: self.cast.face(about.therapist),
            service: service_view(self.cast.service(about.service)?),
            // One clock for the whole list: whoever compares rows must not have to convert.
            when: zones::when(self.zone, about.starts, about.ends),
            due: zones::moment(self.zone, facts.due),
            due_in: (facts.due - self.now).num_minutes(),
            waited: (self.now - facts.since).num_minutes().max(0),
            owner: item.held.map(|held| self.owner(held)),
        })
    }
}

/// What colleagues are called; no statement for nobody.
pub async fn colleagues(tx: &mut Tx, accounts: &[AccountId]) -> Result<HashMap<AccountId, String>, Error> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(identity::service::names(tx, accounts).await?.into_iter().collect())
}
