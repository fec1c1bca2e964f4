//! A patient takes a request back; its time is free at once.

use crate::{
    Error,
    store::{self, request::Decision},
};
use kernel::{
    Ctx, IdempotencyKey, RequestId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{again::again, events, role, steps, waitlist};

/// # Errors
/// `AlreadyDecided`, `RequestExpired`, `OtherRequest`, `NotFound`.
pub async fn withdraw_request(ctx: &Ctx, id: RequestId, key: IdempotencyKey) -> Result<(), Error> {
    again(|| withdraw(ctx, id, key)).await
}

async fn withdraw(ctx: &Ctx, id: RequestId, key: IdempotencyKey) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let asked = ("withdraw", id);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let row = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, &mut tx, row.patient).await?;
    let state = row.request.withdraw(now).map_err(Error::of_request)?;
    let decision = Decision {
        state,
        at: now,
        by: None,
        decline: None,
        words: None,
        visit: None,
    };
    store::request::decide(&mut tx, id, &decision).await?;
    store::claim::release(&mut tx, id.uuid(), now).await?;
    waitlist::end_of_request(ctx, &mut tx, id).await?;
    steps::note_request(&ctx.house, &mut tx, &row, Some(row.request.state), state, None).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("request", id.uuid()), row.patient),
    );
    let event = events::RequestWithdrawn {
        request: id,
        patient: row.patient,
    };
    events::push(ctx, &mut tx, &event).await?;
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}
