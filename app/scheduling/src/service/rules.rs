//! The rules in force, inside the transaction that goes by them.

use crate::{
    model::{Parameters, Rulebook, ServiceId},
    store,
};
use chrono::{DateTime, Utc};
use kernel::{StoreError, TherapistId, Tx};
use uuid::Uuid;

/// Longest reason, summary or words, in characters: the one number that is the same for everybody.
pub const TEXT_LIMIT: usize = Parameters::DEFAULT.text_limit;

/// The rules for a service of a therapist.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn of(
    tx: &mut Tx,
    service: ServiceId,
    therapist: TherapistId,
    now: DateTime<Utc>,
) -> Result<Parameters, StoreError> {
    let book = store::rules::in_force(tx, Some(&[service.uuid()]), Some(&[therapist.uuid()]), now).await?;
    Ok(book.of(service, therapist))
}

/// The rules for the rows of a list, in one statement.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn of_all(
    tx: &mut Tx,
    pairs: impl IntoIterator<Item = (ServiceId, TherapistId)>,
    now: DateTime<Utc>,
) -> Result<Rulebook, StoreError> {
    let (mut services, mut therapists): (Vec<Uuid>, Vec<Uuid>) = pairs
        .into_iter()
        .map(|(service, therapist)| (service.uuid(), therapist.uuid()))
        .unzip();
    if services.is_empty() {
        return Ok(Rulebook::default());
    }
    for ids in [&mut services, &mut therapists] {
        ids.sort_unstable();
        ids.dedup();
    }
    store::rules::in_force(tx, Some(&services), Some(&therapists), now).await
}

/// Everything that is set for anybody.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn of_everybody(tx: &mut Tx, now: DateTime<Utc>) -> Result<Rulebook, StoreError> {
    store::rules::in_force(tx, None, None, now).await
}

/// The rules for every service of one therapist.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn of_therapist(tx: &mut Tx, therapist: TherapistId, now: DateTime<Utc>) -> Result<Rulebook, StoreError> {
    store::rules::in_force(tx, None, Some(&[therapist.uuid()]), now).await
}

/// The rules for one service with whoever offers it.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn of_service(tx: &mut Tx, service: ServiceId, now: DateTime<Utc>) -> Result<Rulebook, StoreError> {
    store::rules::in_force(tx, Some(&[service.uuid()]), None, now).await
}
