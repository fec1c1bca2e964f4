//! Somebody opens a patient's record.

use kernel::{
    Ctx, PatientId,
    audit::{self, Looked, Subject},
};

use super::clinical;
use crate::{
    PeopleError,
    model::{PatientRecord, patient::years_between},
    store,
};

/// The record, as far as the actor may see it: a therapist of the care team with what is sealed, the patient, a guardian
/// and a liaison without.
///
/// # Errors
/// `NotFound` when absent or not the actor's to see.
pub async fn open_patient(ctx: &Ctx, id: PatientId) -> Result<PatientRecord, PeopleError> {
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let record = store::patient::record(&mut tx, id)
        .await?
        .ok_or(PeopleError::NotFound)?;
    let clinical = clinical::open(&ctx.house, &mut tx, id).await?;
    audit::record(&mut tx, Looked::Read, Subject::new("patient", id.uuid()).of(id));
    if clinical.is_some() {
        audit::record(&mut tx, Looked::Read, Subject::new("clinical", id.uuid()).of(id));
    }
    tx.commit().await?;
    Ok(PatientRecord {
        full_name: format!("{} {}", record.given_name, record.family_name),
        card: record.card,
        birth_date: record.birth_date.map(|date| date.format("%-d %B %Y").to_string()),
        age: record.birth_date.map(|date| years_between(date, now.date_naive())),
        gender: record.gender,
        email: record.email,
        phone: record.phone,
        clinical,
    })
}
