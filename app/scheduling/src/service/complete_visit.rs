//! The therapist says what became of a visit (R18), and may correct it for a while.

use crate::{
    Error,
    model::{Outcome, VisitState},
    store::{self, visit::VisitRow},
};
use kernel::{
    Ctx, IdempotencyKey, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{again::again, events, parse, role, rules, sealed::Text, steps};

/// # Errors
/// `Invalid`, `TooEarly`, `TooLate`, `AlreadyDone`, `OtherRequest`, `NotFound`.
pub async fn complete_visit(
    ctx: &Ctx,
    id: VisitId,
    outcome: &str,
    summary: &str,
    key: IdempotencyKey,
) -> Result<(), Error> {
    again(|| complete(ctx, id, outcome, summary, key)).await
}

async fn complete(ctx: &Ctx, id: VisitId, outcome: &str, summary: &str, key: IdempotencyKey) -> Result<(), Error> {
    let therapist = role::therapist(ctx)?;
    let outcome: Outcome = parse::code("outcome", outcome)?;
    let summary = parse::text("summary", summary, rules::TEXT_LIMIT)?;
    let asked = ("complete", id, outcome, &summary);
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let mut row = store::visit::lock(&mut tx, id)
        .await?
        .filter(|row| row.therapist == therapist)
        .ok_or(Error::NotFound)?;
    confirm(ctx, &mut tx, &mut row, outcome).await?;
    let sealed = Text::Summary
        .seal(
            &ctx.vault,
            &mut tx,
            ctx.clock.now(),
            row.patient,
            id.uuid(),
            summary.as_deref(),
        )
        .await?;
    store::visit::set_summary(&mut tx, id, sealed.as_deref()).await?;
    store::summary_draft::drop(&mut tx, id, therapist).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("visit", id.uuid()).of(row.patient),
    );
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

/// Walks the visit to its outcome. The same outcome again within the window is a corrected summary: no step, no event.
async fn confirm(ctx: &Ctx, tx: &mut Tx, row: &mut VisitRow, outcome: Outcome) -> Result<(), Error> {
    let now = ctx.clock.now();
    let rules = rules::of(tx, row.service, row.therapist, now).await?;
    if row.visit.state == outcome.state() {
        if !row.visit.can_correct(now, &rules) {
            return Err(Error::TooLate);
        }
        return steps::note_visit(&ctx.house, tx, row, Some(row.visit.state), "corrected", now, None).await;
    }
    let way = row.visit.confirm(outcome, now, &rules).map_err(Error::of_visit)?;
    for state in way {
        steps::step_visit(&ctx.house, tx, row, *state, now).await?;
    }
    let (visit, patient, therapist) = (row.id, row.patient, row.therapist);
    if row.visit.state == VisitState::Completed {
        let event = events::VisitCompleted {
            visit,
            patient,
            therapist,
        };
        events::push(ctx, tx, &event).await
    } else {
        let event = events::VisitNotCompleted {
            visit,
            patient,
            therapist,
        };
        events::push(ctx, tx, &event).await
    }
}
