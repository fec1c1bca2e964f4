//! What other slices ask, inside their own transaction. None of these writes an audit entry: the caller's use case does,
//! because it knows what was looked at.

use chrono::{DateTime, Utc};
use kernel::{AccountId, Actor, PatientId, StoreError, TherapistId, Tx};
use std::collections::HashMap;

use crate::{
    CaredFor, FoundBy, Pairing, PatientCard, PeopleError, RelationKind, Scope, TherapistCard, TherapistFilter, store,
};

/// Everybody `actor` may book for: a patient themself, a guardian's children within the scope of the link, a therapist's
/// own patients. Themself first, then by family name.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn cared_for(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<CaredFor>, StoreError> {
    let linked = store::relation::of_account(tx, actor.account).await?;
    Ok(linked
        .into_iter()
        .filter(|(_, relation)| match relation.kind {
            RelationKind::CareTeam => relation.is_live(now),
            RelationKind::SelfPatient | RelationKind::Guardian => relation.covers(Scope::Book, now),
        })
        .map(|(person, _)| person)
        .collect())
}

/// The accounts that answer for these patients: their own, and of a child the guardians who book for or attend with it.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn responsible(
    tx: &mut Tx,
    patients: &[PatientId],
    now: DateTime<Utc>,
) -> Result<Vec<(PatientId, AccountId)>, StoreError> {
    let links = store::relation::of_patients(tx, patients).await?;
    Ok(links
        .into_iter()
        .filter(|(_, _, link)| link.covers(Scope::Book, now) || link.covers(Scope::Attend, now))
        .map(|(patient, account, _)| (patient, account))
        .collect())
}

/// May `actor` book, move and cancel for `patient`? As themself or as a guardian, never as a therapist or liaison.
///
/// # Errors
/// `NotFound` when they may not; absent, foreign and ended answer alike.
pub async fn may_act_for(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    now: DateTime<Utc>,
) -> Result<RelationKind, PeopleError> {
    may(tx, actor, patient, Scope::Book, now).await
}

/// May `actor` act for `patient` in `scope`? As themself always, as a guardian if the link covers it.
///
/// # Errors
/// `NotFound` when they may not; absent, foreign and ended answer alike.
pub async fn may(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    scope: Scope,
    now: DateTime<Utc>,
) -> Result<RelationKind, PeopleError> {
    store::relation::between(tx, actor.account, patient)
        .await?
        .into_iter()
        .find(|relation| relation.covers(scope, now))
        .map(|relation| relation.kind)
        .ok_or(PeopleError::NotFound)
}

/// May `actor` book, move and cancel for `patient`, as `may_act_for` has it, and what stands between the patient and
/// `therapist`? One statement for both.
///
/// # Errors
/// `NotFound` when they may not, or when there is no such therapist; absent, foreign and ended answer alike.
pub async fn pairing(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    therapist: TherapistId,
    now: DateTime<Utc>,
) -> Result<Pairing, PeopleError> {
    store::relation::pairings(tx, actor.account, patient, therapist)
        .await?
        .into_iter()
        .find(|(relation, _)| relation.covers(Scope::Book, now))
        .map(|(_, pairing)| pairing)
        .ok_or(PeopleError::NotFound)
}

/// The patient's card, `None` when absent or not the actor's to see.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn patient_card(tx: &mut Tx, patient: PatientId) -> Result<Option<PatientCard>, StoreError> {
    Ok(store::patient::cards(tx, &[patient]).await?.pop())
}

/// The cards of several patients in one statement, in no order; those absent or not the actor's to see are left out.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn patient_cards(tx: &mut Tx, patients: &[PatientId]) -> Result<Vec<PatientCard>, StoreError> {
    store::patient::cards(tx, patients).await
}

/// The therapist's card.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn therapist_card(tx: &mut Tx, therapist: TherapistId) -> Result<Option<TherapistCard>, StoreError> {
    store::therapist::card(tx, therapist).await
}

/// Therapists who fit every wish of the filter, by name; those who take no new patients are among them.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn find_therapists(tx: &mut Tx, filter: &TherapistFilter) -> Result<Vec<TherapistCard>, StoreError> {
    store::therapist::find(tx, filter).await
}

/// What patients may ask about a therapist; `None` for nobody.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn found_by(tx: &mut Tx, therapist: TherapistId) -> Result<Option<FoundBy>, StoreError> {
    store::found_by::of(tx, therapist).await
}

/// Changes it, as the therapist or as a liaison. `false` when the actor may not, or there is nobody.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn set_found_by(tx: &mut Tx, therapist: TherapistId, found: &FoundBy) -> Result<bool, StoreError> {
    store::found_by::set(tx, therapist, found).await
}

/// Who is of a gender, and who takes an insurance: everybody of whom one of the two is true. What is not asked is true of all.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn matching(
    tx: &mut Tx,
    gender: Option<&str>,
    insurer: Option<&str>,
) -> Result<Vec<(TherapistId, bool, bool)>, StoreError> {
    store::found_by::matching(tx, gender, insurer).await
}

/// The US states where each of these has a licence that is valid today, sorted; who has none is left out. One statement.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn licence_states(
    tx: &mut Tx,
    therapists: &[TherapistId],
) -> Result<HashMap<TherapistId, Vec<String>>, StoreError> {
    store::therapist::licence_states(tx, therapists).await
}

/// Has the therapist a licence for the patient's state on the day of `at`, by the patient's clock?
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn licensed_at(
    tx: &mut Tx,
    therapist: TherapistId,
    patient: PatientId,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    Ok(store::therapist::licence_end(tx, therapist, patient)
        .await?
        .is_some_and(|end| at < end))
}

/// Until when each of these therapists may see each of these patients; a pair without a licence is left out. One statement.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn licence_ends(
    tx: &mut Tx,
    pairs: &[(TherapistId, PatientId)],
) -> Result<HashMap<(TherapistId, PatientId), DateTime<Utc>>, StoreError> {
    store::therapist::licence_ends(tx, pairs).await
}
