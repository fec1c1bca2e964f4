//! Seals and opens what a therapist knows of a patient's health.

use kernel::{House, PatientId, Phi, StoreError, Tx, seal::Place};

use crate::{
    model::{Clinical, NewPatient},
    store::clinical::{self, Sealed, TABLE},
};

const fn place(patient: PatientId, column: &'static str) -> Place {
    Place {
        table: TABLE,
        column,
        row: patient.uuid(),
    }
}

pub async fn seal(house: &House, tx: &mut Tx, patient: PatientId, new: &NewPatient) -> Result<Sealed, StoreError> {
    let now = house.clock.now();
    let mut sealed = Sealed::default();
    if let Some(text) = &new.diagnosis {
        let at = place(patient, "diagnosis");
        sealed.diagnosis = Some(house.vault.seal(tx, now, patient, at, text.as_bytes()).await?);
    }
    if let Some(text) = &new.note {
        let at = place(patient, "note");
        sealed.note = Some(house.vault.seal(tx, now, patient, at, text.as_bytes()).await?);
    }
    Ok(sealed)
}

/// `None` when there is nothing, or the actor is not of the care team.
pub async fn open(house: &House, tx: &mut Tx, patient: PatientId) -> Result<Option<Clinical>, StoreError> {
    let Some(sealed) = clinical::find(tx, patient).await? else {
        return Ok(None);
    };
    Ok(Some(Clinical {
        diagnosis: text(house, tx, patient, "diagnosis", sealed.diagnosis).await?,
        note: text(house, tx, patient, "note", sealed.note).await?,
    }))
}

async fn text(
    house: &House,
    tx: &mut Tx,
    patient: PatientId,
    column: &'static str,
    sealed: Option<Vec<u8>>,
) -> Result<Option<Phi<String>>, StoreError> {
    let Some(sealed) = sealed else { return Ok(None) };
    let bytes = house.vault.open(tx, patient, place(patient, column), &sealed).await?;
    let text = String::from_utf8(bytes).map_err(|_| StoreError::Corrupt("sealed text"))?;
    Ok(Some(Phi::new(text)))
}
