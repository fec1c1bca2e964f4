//! What the desk asks about letters, inside its own transaction, and what it may do about a lost one. The audit entry of a look
//! is the caller's, who knows what was shown.

use crate::{
    Error,
    model::LetterId,
    store::{self, desk::Delivery},
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, Role, Tx, VisitId,
    audit::{self, Looked, Subject},
};

/// Every letter about a visit and where it stands, the oldest first. Row security shows them to the desk alone.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn deliveries_of_visit(tx: &mut Tx, visit: VisitId) -> Result<Vec<Delivery>, Error> {
    Ok(store::desk::of_visit(tx, visit).await?)
}

/// Letters that did not arrive, or perhaps did not: for the queue, the oldest first. One about a time that is over helps nobody
/// any more.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn dead_letters(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Delivery>, Error> {
    Ok(store::desk::lost(tx, now, limit).await?)
}

/// A liaison has a lost letter sent again; answers the visit it is about, if any. Whatever it has to say is checked anew: a letter
/// that is no longer true is dropped.
///
/// # Errors
/// `NotFound` for an absent letter and for everybody but the desk, `AlreadySent` when it is lost no longer.
pub async fn send_again(ctx: &Ctx, letter: LetterId) -> Result<Option<VisitId>, Error> {
    if ctx.actor.role != Role::Liaison {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let known = store::desk::read(&mut tx, letter).await?.ok_or(Error::NotFound)?;
    if !store::desk::queue_again(&mut tx, letter, ctx.clock.now()).await? {
        return Err(Error::AlreadySent);
    }
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("letter", letter.uuid()).of(known.patient),
    );
    tx.commit().await?;
    Ok(known.visit)
}
