//! A visit is cancelled; its time is free at once.

use crate::{
    Error,
    model::{CancelReason, Side, VisitState},
    store::{self, visit::Cancelled},
};
use kernel::{
    Ctx, IdempotencyKey, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{again::again, events, parse, propose_times, role, rules, sealed::Text, steps};

/// # Errors
/// `Invalid`, `TooLate` once it has begun, `AlreadyDone`, `OtherRequest`, `NotFound`.
pub async fn cancel_visit(ctx: &Ctx, id: VisitId, reason: &str, words: &str, key: IdempotencyKey) -> Result<(), Error> {
    again(|| cancel(ctx, id, reason, words, key)).await
}

async fn cancel(ctx: &Ctx, id: VisitId, reason: &str, words: &str, key: IdempotencyKey) -> Result<(), Error> {
    let reason: CancelReason = parse::code("reason", reason)?;
    let words = parse::text("words", words, rules::TEXT_LIMIT)?;
    let asked = ("cancel", id, reason, &words);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let row = store::visit::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let side = role::side_of(ctx, &mut tx, row.patient, row.therapist).await?;
    if side == Side::Patient && reason == CancelReason::PlannedByMistake {
        return Err(Error::invalid("reason", "unknown"));
    }
    let rules = rules::of(&mut tx, row.service, row.therapist, now).await?;
    let close = row.visit.cancel(now, &rules).map_err(Error::of_visit)?;
    let how = Cancelled {
        reason,
        words: Text::CancelWords
            .seal(&ctx.vault, &mut tx, now, row.patient, id.uuid(), words.as_deref())
            .await?,
        by: ctx.actor.role.as_str().to_owned(),
        // A change that the clinic made never costs the patient (G12).
        late: side == Side::Patient && close,
    };
    propose_times::end_of_visits(&mut tx, &[id], now).await?;
    store::visit::cancel(&mut tx, id, &how).await?;
    store::claim::release(&mut tx, id.uuid(), now).await?;
    let from = Some(row.visit.state);
    let to = VisitState::Cancelled.as_str();
    steps::note_visit(&ctx.house, &mut tx, &row, from, to, now, Some(reason.as_str())).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("visit", id.uuid()), row.patient),
    );
    let event = events::VisitCancelled {
        visit: id,
        patient: row.patient,
        therapist: row.therapist,
        late: how.late,
    };
    events::push(ctx, &mut tx, &event).await?;
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}
