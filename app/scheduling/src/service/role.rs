//! Who may use a use case at all. Which thing they may touch is decided later, by relation and row security.

use crate::{Error, model::Side};
use kernel::{Ctx, PatientId, Role, TherapistId, Tx, audit::Subject};
use people::RelationKind;

/// Patients and guardians.
///
/// # Errors
/// `NotFound` for every other role: their pages do not exist for others.
pub fn patient_side(ctx: &Ctx) -> Result<(), Error> {
    match ctx.actor.role {
        Role::Patient | Role::Guardian => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// The therapist who acts.
///
/// # Errors
/// `NotFound` for every other role.
pub fn therapist(ctx: &Ctx) -> Result<TherapistId, Error> {
    ctx.actor.therapist().ok_or(Error::NotFound)
}

/// Whose schedule is shaped: a therapist's own, or the one that a liaison opened (R28).
///
/// # Errors
/// `NotFound` for every other role, and for a therapist who names a colleague.
pub fn schedule(ctx: &Ctx, of: Option<TherapistId>) -> Result<TherapistId, Error> {
    match (ctx.actor.role, ctx.actor.therapist(), of) {
        (Role::Therapist, Some(own), None) => Ok(own),
        (Role::Therapist, Some(own), Some(of)) if own == of => Ok(own),
        (Role::Liaison, _, Some(of)) => Ok(of),
        _ => Err(Error::NotFound),
    }
}

/// Who may shut the clinic: liaisons and admins.
///
/// # Errors
/// `NotFound` for every other role.
pub fn house(ctx: &Ctx) -> Result<(), Error> {
    match ctx.actor.role {
        Role::Liaison | Role::Admin => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// Who writes the questions before a visit: liaisons and admins.
///
/// # Errors
/// `NotFound` for every other role.
pub fn asks(ctx: &Ctx) -> Result<(), Error> {
    house(ctx)
}

/// Liaisons.
///
/// # Errors
/// `NotFound` for every other role.
pub fn desk(ctx: &Ctx) -> Result<(), Error> {
    match ctx.actor.role {
        Role::Liaison => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// Administrators.
///
/// # Errors
/// `NotFound` for every other role.
pub fn admin(ctx: &Ctx) -> Result<(), Error> {
    match ctx.actor.role {
        Role::Admin => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// Somebody who acts for `patient` and how: self or guardian with the scope to book.
///
/// # Errors
/// `NotFound` when they may not.
pub async fn acting_for(ctx: &Ctx, tx: &mut Tx, patient: PatientId) -> Result<RelationKind, Error> {
    patient_side(ctx)?;
    Ok(people::service::may_act_for(tx, &ctx.actor, patient, ctx.clock.now()).await?)
}

/// On which side of a visit the actor stands who wants to change it.
///
/// # Errors
/// `NotFound` for whoever may not change it.
pub async fn side_of(ctx: &Ctx, tx: &mut Tx, patient: PatientId, therapist: TherapistId) -> Result<Side, Error> {
    match ctx.actor.role {
        Role::Liaison => Ok(Side::Staff),
        Role::Therapist if ctx.actor.therapist() == Some(therapist) => Ok(Side::Staff),
        _ => {
            acting_for(ctx, tx, patient).await?;
            Ok(Side::Patient)
        }
    }
}

/// Names the patient on an audit entry, and the child when a guardian acts for it (R9).
pub fn subject(ctx: &Ctx, subject: Subject, patient: PatientId) -> Subject {
    let subject = subject.of(patient);
    if ctx.actor.role == Role::Guardian {
        subject.acting_for(patient)
    } else {
        subject
    }
}
