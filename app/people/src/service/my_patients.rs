//! A therapist looks at the list of own patients (R35).

use kernel::{
    Ctx, PatientId, Role,
    audit::{self, Looked, Subject},
};

use crate::{
    PeopleError,
    model::{PatientLine, PatientList, patient::years_between},
    store,
};

const PAGE: usize = 50;

/// The patients of the actor's care teams by family name, fifty at a time, after the patient `after`.
///
/// # Errors
/// `NotFound` for anybody but a therapist.
pub async fn my_patients(ctx: &Ctx, after: Option<PatientId>) -> Result<PatientList, PeopleError> {
    if ctx.actor.role != Role::Therapist {
        return Err(PeopleError::NotFound);
    }
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    // One more than shown tells whether there is a next page.
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = store::patient::of_therapist(&mut tx, ctx.actor.account, now, after, limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    for line in &found {
        audit::record(
            &mut tx,
            Looked::Read,
            Subject::new("patient", line.id.uuid()).of(line.id),
        );
    }
    tx.commit().await?;
    Ok(PatientList {
        next: found.last().filter(|_| more).map(|line| line.id),
        lines: found
            .into_iter()
            .map(|line| PatientLine {
                id: line.id,
                name: line.name,
                kind: line.kind,
                age: line.birth_date.map(|birth| years_between(birth, now.date_naive())),
                state_code: line.state_code,
            })
            .collect(),
    })
}
