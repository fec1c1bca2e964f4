//! A therapist enters a patient and becomes their care team (R35).

use kernel::{
    Ctx, PatientId, Role, Zone,
    audit::{self, Looked, Subject},
};

use super::clinical;
use crate::{
    PeopleError, RelationKind,
    model::{
        Relation,
        patient::{PatientForm, Wrong},
    },
    store::{self, patient::Entered, relation::NewRelation},
};

/// Enters the patient of the form.
///
/// # Errors
/// `Invalid` names every wrong field at once; `NotFound` for anybody but a therapist.
pub async fn add_patient(ctx: &Ctx, form: &PatientForm) -> Result<PatientId, PeopleError> {
    if ctx.actor.role != Role::Therapist {
        return Err(PeopleError::NotFound);
    }
    let now = ctx.clock.now();
    let zone = form.zone.trim().parse::<Zone>();
    // "Today" where the day begins first (UTC+14): a child born today may be entered anywhere.
    let today = (now + chrono::Duration::hours(14)).date_naive();
    let patient = match (form.parse(today), zone) {
        (Ok(patient), Ok(_)) => patient,
        (Ok(_), Err(_)) => {
            return Err(PeopleError::Invalid(vec![Wrong {
                field: "zone",
                code: "missing",
            }]));
        }
        (Err(wrong), _) => return Err(PeopleError::Invalid(wrong)),
    };

    let id: PatientId = ctx.ids.next();
    let by = ctx.actor.account;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::patient::insert(
        &mut tx,
        id,
        &patient,
        &Entered {
            by,
            at: now,
            account: None,
        },
    )
    .await?;
    let relation = Relation {
        kind: RelationKind::CareTeam,
        scope: Vec::new(),
        starts_at: now,
        ends_at: None,
    };
    let link = NewRelation {
        id: ctx.ids.uuid(),
        account: by,
        patient: id,
        relation: &relation,
        evidence: None,
        created_by: by,
    };
    store::relation::insert(&mut tx, &link).await?;
    let sealed = clinical::seal(&ctx.house, &mut tx, id, &patient).await?;
    if sealed.diagnosis.is_some() || sealed.note.is_some() {
        store::clinical::insert(&mut tx, id, &sealed, by, now).await?;
        audit::record(&mut tx, Looked::Created, Subject::new("clinical", id.uuid()).of(id));
    }
    audit::record(&mut tx, Looked::Created, Subject::new("patient", id.uuid()).of(id));
    tx.commit().await?;
    Ok(id)
}
