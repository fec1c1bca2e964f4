//! A liaison approves a request: the wish becomes a visit, or the desk learns why not (R12, U1).

use crate::{
    Error,
    store::{
        self,
        request::{Decision, RequestRow},
    },
};
use kernel::{
    Ctx, IdempotencyKey, RequestId, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{
    again::again,
    agree::{Yes, agree},
    events,
    request_detail::time_is_gone,
    role, steps,
};

/// # Errors
/// `AlreadyDecided`, `RequestExpired`, `TimeGone` (the request is `conflicted` then), `NoLicence`, `OtherRequest`,
/// `NotFound`.
pub async fn approve_request(ctx: &Ctx, id: RequestId, key: IdempotencyKey) -> Result<VisitId, Error> {
    again(|| approve(ctx, id, key, Undo::No)).await
}

/// The same, with a minute in which `undo_decision` takes it back: its news waits as long.
///
/// # Errors
/// As `approve_request`.
pub async fn approve_request_undoably(ctx: &Ctx, id: RequestId, key: IdempotencyKey) -> Result<VisitId, Error> {
    again(|| approve(ctx, id, key, Undo::ForAMinute)).await
}

/// Whether a decision can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    No,
    ForAMinute,
}

async fn approve(ctx: &Ctx, id: RequestId, key: IdempotencyKey, undo: Undo) -> Result<VisitId, Error> {
    role::desk(ctx)?;
    let asked = ("approve", id);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, key, &asked).await? {
        return Ok(done);
    }
    store::claim::stand_in_line(&mut tx, id.uuid()).await?;
    let request = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let approved = request.request.approve(now).map_err(Error::of_request)?;
    require_licence(&mut tx, &request).await?;
    if time_is_gone(&mut tx, &request).await? {
        return conflict(ctx, tx, &request).await;
    }

    let yes = Yes::Liaison(ctx.actor.account, undo);
    let Some(visit) = agree(ctx, &mut tx, &request, approved, yes).await? else {
        return conflict(ctx, tx, &request).await;
    };
    idempotency::remember(&mut tx, key, &asked, &visit).await?;
    tx.commit().await?;
    Ok(visit)
}

/// A licence may have run out since the request was sent, or run out before the visit.
pub async fn require_licence(tx: &mut Tx, request: &RequestRow) -> Result<(), Error> {
    if people::service::licensed_at(tx, request.therapist, request.patient, request.starts).await? {
        Ok(())
    } else {
        Err(Error::NoLicence)
    }
}

/// The time is gone: the request says so, gives back what it held, and the patient hears of it.
async fn conflict(ctx: &Ctx, mut tx: Tx, request: &RequestRow) -> Result<VisitId, Error> {
    let now = ctx.clock.now();
    let state = request.request.conflict(now).map_err(Error::of_request)?;
    let decision = Decision {
        state,
        at: now,
        by: Some(ctx.actor.account),
        decline: None,
        words: None,
        visit: None,
    };
    store::request::decide(&mut tx, request.id, &decision).await?;
    store::claim::release(&mut tx, request.id.uuid(), now).await?;
    steps::note_request(&ctx.house, &mut tx, request, Some(request.request.state), state, None).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("request", request.id.uuid()).of(request.patient),
    );
    let event = events::RequestConflicted {
        request: request.id,
        patient: request.patient,
    };
    events::push(ctx, &mut tx, &event).await?;
    tx.commit().await?;
    Err(Error::TimeGone)
}
