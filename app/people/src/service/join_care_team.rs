//! A therapist joins a patient's care team because a liaison approved a visit of the two, or proposed one and the patient
//! said yes.

use chrono::{DateTime, Utc};
use kernel::{
    Actor, Ids, PatientId, StoreError, TherapistId, Tx,
    audit::{self, Looked, Subject},
};

use crate::{
    RelationKind,
    model::Relation,
    store::{self, relation::NewRelation},
};

/// Links the two, unless they are linked already. Row security refuses everybody but a liaison, and a patient's side
/// that accepts what a liaison proposed.
///
/// # Errors
/// `Forbidden` for another role, `StoreError` when the database does not answer.
pub async fn join_care_team(
    tx: &mut Tx,
    ids: &dyn Ids,
    actor: &Actor,
    patient: PatientId,
    therapist: TherapistId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let relation = Relation {
        kind: RelationKind::CareTeam,
        scope: Vec::new(),
        starts_at: now,
        ends_at: None,
    };
    let link = NewRelation {
        id: ids.uuid(),
        account: therapist.into(),
        patient,
        relation: &relation,
        evidence: None,
        created_by: actor.account,
    };
    if store::relation::insert(tx, &link).await? {
        audit::record(tx, Looked::Created, Subject::new("relation", link.id).of(patient));
    }
    Ok(())
}
