//! The log of a room: sealed under the patient's key, appended before anybody hears of it, read back on the first join.

use crate::{
    session::{Batch, Kept, Record, Saved},
    store,
};
use kernel::{House, PatientId, StoreError, Tx, VisitId, seal::Place};
use uuid::Uuid;

/// Reads and writes one room's log inside the caller's transaction.
#[derive(Debug)]
pub struct Log<'a> {
    pub house: &'a House,
    pub visit: VisitId,
    pub patient: PatientId,
}

impl Log<'_> {
    /// Everything that was kept, under a fresh epoch.
    ///
    /// # Errors
    /// `StoreError` when the database does not answer, `Seal` when a batch was changed or moved.
    pub async fn open(&self, tx: &mut Tx) -> Result<Kept, StoreError> {
        let opened = store::log::open(tx, self.visit, self.patient, self.house.clock.now()).await?;
        let saved = match opened.saved {
            Some(sealed) => {
                let plain = self.unseal(tx, self.saved_place(), &sealed).await?;
                Some(Saved::decode(&plain)?)
            }
            None => None,
        };
        let mut records = Vec::new();
        for batch in store::log::after(tx, self.visit, opened.saved_n).await? {
            let plain = self.unseal(tx, batch_place(batch.id), &batch.body).await?;
            records.extend(Record::decode_all(&plain)?);
        }
        let epoch = u64::try_from(opened.epoch).map_err(|_| StoreError::Corrupt("epoch"))?;
        Ok(Kept { epoch, saved, records })
    }

    /// Appends what a batch says, and replaces the saved state when a new one comes with it. Answers its entry.
    ///
    /// # Errors
    /// `StoreError` when the database does not answer.
    pub async fn append(&self, tx: &mut Tx, batch: &Batch) -> Result<Uuid, StoreError> {
        if batch.is_drawing() {
            store::log::do_not_hurry(tx).await?;
        }
        let now = self.house.clock.now();
        let id = self.house.ids.uuid();
        let plain = Record::encode_all(&batch.records)?;
        let vault = &self.house.vault;
        let body = vault.seal(tx, now, self.patient, batch_place(id), &plain).await?;
        let n = store::log::append(tx, self.visit, id, now, &body).await?;
        if let Some(saved) = &batch.saved {
            let sealed = vault
                .seal(tx, now, self.patient, self.saved_place(), &saved.encode()?)
                .await?;
            store::log::save(tx, self.visit, &sealed, n).await?;
        }
        Ok(id)
    }

    /// Whether an entry is in the log: a database that was killed has forgotten the last strokes (decision 0016).
    ///
    /// # Errors
    /// `StoreError` when the database does not answer.
    pub async fn holds(&self, tx: &mut Tx, entry: Uuid) -> Result<bool, StoreError> {
        store::log::holds(tx, self.visit, entry).await
    }

    /// Appends a batch of records alone, in one round trip: what comes sixty times a second while somebody draws. Answers its
    /// entry; `None`, and nothing is kept, when the batch carries more or the patient's key is still to be read; `append` does it then.
    ///
    /// # Errors
    /// `StoreError` when the database does not answer.
    pub async fn append_alone(&self, batch: &Batch) -> Result<Option<Uuid>, StoreError> {
        if !batch.is_records_alone() {
            return Ok(None);
        }
        let id = self.house.ids.uuid();
        let plain = Record::encode_all(&batch.records)?;
        let Some(body) = self
            .house
            .vault
            .seal_from_memory(self.patient, batch_place(id), &plain)?
        else {
            return Ok(None);
        };
        let now = self.house.clock.now();
        let mut alone = self.house.db.alone().await?;
        let appended = if batch.is_drawing() {
            store::log::append_unhurried(&mut alone, self.visit, id, now, &body).await
        } else {
            store::log::append(&mut alone, self.visit, id, now, &body).await
        };
        alone.settle(appended).map(|_| Some(id))
    }

    async fn unseal(&self, tx: &mut Tx, place: Place, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.house.vault.open(tx, self.patient, place, sealed).await
    }

    const fn saved_place(&self) -> Place {
        Place {
            table: "room.session",
            column: "saved",
            row: self.visit.uuid(),
        }
    }
}

const fn batch_place(row: Uuid) -> Place {
    Place {
        table: "room.batch",
        column: "body",
        row,
    }
}
