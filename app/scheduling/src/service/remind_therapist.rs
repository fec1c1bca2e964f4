//! The desk asks a therapist what became of a visit: a letter, once a day at most.

use crate::{
    Error,
    model::{CONFIRM_WITHIN, VisitState, may_remind},
    store,
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, IdempotencyKey, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{
    again::again,
    events,
    history::{self, Mark, REMINDED},
    role,
};

/// # Errors
/// `TooEarly` while the therapist still has time, `AlreadyDone` when the visit is confirmed or does not take place,
/// `RemindedToday`, `OtherRequest`, `NotFound` (also for every role but liaison).
pub async fn remind_therapist(ctx: &Ctx, visit: VisitId, key: IdempotencyKey) -> Result<(), Error> {
    again(|| once(ctx, visit, key)).await
}

async fn once(ctx: &Ctx, visit: VisitId, key: IdempotencyKey) -> Result<(), Error> {
    role::desk(ctx)?;
    let asked = ("remind", visit);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    // The lock makes two liaisons remind one after the other, and the second one learns of the first.
    let row = store::visit::lock(&mut tx, visit).await?.ok_or(Error::NotFound)?;
    if row.visit.state != VisitState::Ended {
        return Err(Error::AlreadyDone);
    }
    if now < row.visit.ends + CONFIRM_WITHIN {
        return Err(Error::TooEarly);
    }
    if !may_remind(last_reminder(&mut tx, visit).await?, now) {
        return Err(Error::RemindedToday);
    }
    let mark = Mark {
        to: REMINDED,
        why: None,
        words: None,
        moved: None,
    };
    history::mark(ctx, &mut tx, &row, mark).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("visit", visit.uuid()).of(row.patient),
    );
    let event = events::ConfirmationAsked {
        visit,
        patient: row.patient,
        therapist: row.therapist,
    };
    events::push(ctx, &mut tx, &event).await?;
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

/// When the desk last reminded the therapist of a visit.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn last_reminder(tx: &mut Tx, visit: VisitId) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(store::history::last(tx, visit, REMINDED).await?)
}
