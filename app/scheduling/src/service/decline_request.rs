//! A liaison declines a request with a reason; its time is free at once.

use crate::{
    Error,
    model::DeclineReason,
    store::{self, request::Decision},
};
use kernel::{
    Ctx, IdempotencyKey, RequestId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{again::again, approve_request::Undo, events, parse, role, rules, sealed::Text, steps};

/// # Errors
/// `Invalid`, `AlreadyDecided`, `RequestExpired`, `OtherRequest`, `NotFound`.
pub async fn decline_request(
    ctx: &Ctx,
    id: RequestId,
    reason: &str,
    words: &str,
    key: IdempotencyKey,
) -> Result<(), Error> {
    again(|| decline(ctx, id, reason, words, key, Undo::No)).await
}

/// The same, with a minute in which `undo_decision` takes it back: its news waits as long.
///
/// # Errors
/// As `decline_request`.
pub async fn decline_request_undoably(
    ctx: &Ctx,
    id: RequestId,
    reason: &str,
    words: &str,
    key: IdempotencyKey,
) -> Result<(), Error> {
    again(|| decline(ctx, id, reason, words, key, Undo::ForAMinute)).await
}

async fn decline(
    ctx: &Ctx,
    id: RequestId,
    reason: &str,
    words: &str,
    key: IdempotencyKey,
    undo: Undo,
) -> Result<(), Error> {
    role::desk(ctx)?;
    let reason: DeclineReason = parse::code("reason", reason)?;
    let words = parse::text("words", words, rules::TEXT_LIMIT)?;
    if reason == DeclineReason::Other && words.is_none() {
        return Err(Error::invalid("words", "required"));
    }
    let asked = ("decline", id, reason, &words);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let row = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let state = row.request.decline(now).map_err(Error::of_request)?;
    let sealed = Text::DeclineWords
        .seal(&ctx.vault, &mut tx, now, row.patient, id.uuid(), words.as_deref())
        .await?;
    let decision = Decision {
        state,
        at: now,
        by: Some(ctx.actor.account),
        decline: Some(reason),
        words: sealed.as_deref(),
        visit: None,
    };
    store::request::decide(&mut tx, id, &decision).await?;
    store::claim::release(&mut tx, id.uuid(), now).await?;
    let from = Some(row.request.state);
    steps::note_request(&ctx.house, &mut tx, &row, from, state, Some(reason.as_str())).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("request", id.uuid()).of(row.patient),
    );
    let event = events::RequestDeclined {
        request: id,
        patient: row.patient,
    };
    match undo {
        Undo::No => events::push(ctx, &mut tx, &event).await?,
        Undo::ForAMinute => events::push_undoably(ctx, &mut tx, &event).await?,
    }
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}
