//! The desk asks a therapist what became of a visit: one letter. Nobody turns it off, because a person sends it and not a clock.

use super::clerk::put_down;
use crate::{
    model::Kind,
    store::{
        self,
        letter::{About, NewLetter},
    },
};
use async_trait::async_trait;
use kernel::{
    AccountId, House, StoreError, Task,
    outbox::{Handler, Worker},
};
use scheduling::service::{events::ConfirmationAsked, visit_in_short};
use std::sync::Arc;
use uuid::Uuid;

#[must_use]
pub fn listen(worker: Worker, house: &House) -> Worker {
    worker.on::<ConfirmationAsked>(Arc::new(AskedClerk { house: house.clone() }))
}

struct AskedClerk {
    house: House,
}

#[async_trait]
impl Handler for AskedClerk {
    async fn handle(&self, event: Uuid, payload: serde_json::Value) -> anyhow::Result<()> {
        let asked: ConfirmationAsked = serde_json::from_value(payload)?;
        write(&self.house, event, &asked).await?;
        Ok(())
    }
}

async fn write(house: &House, event: Uuid, asked: &ConfirmationAsked) -> Result<(), StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    if !store::heard::note(&mut tx, event, now).await? {
        return Ok(());
    }
    let Some(visit) = visit_in_short(&mut tx, asked.visit).await? else {
        return Ok(());
    };
    let letter = NewLetter {
        id: house.ids.next(),
        kind: Kind::ConfirmNudge,
        account: AccountId::from(asked.therapist),
        patient: visit.patient,
        about: About::Visit(visit.visit),
        times: Some((visit.starts, visit.ends)),
        sequence: None,
        cause: event.to_string(),
    };
    put_down(&mut tx, &[letter], now).await?;
    tx.commit().await
}
