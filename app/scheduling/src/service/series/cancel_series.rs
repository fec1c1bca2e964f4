//! Several visits of a series are cancelled; their time is free at once. Each is late or not by itself, as if it went alone.

use crate::{
    Error,
    model::{CancelReason, Extent, Side, VisitState},
    store::{
        self,
        history::{Many, OfMany},
        visit::{Cancelled, VisitRow},
    },
};
use kernel::{
    Ctx, IdempotencyKey, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{
    super::{again::again, events, parse, propose_times, role, rules, sealed::Text},
    part::Part,
    series_of_visit::own,
};

/// As the form sends it.
#[derive(Debug, Clone, Copy)]
pub struct CancelMany<'a> {
    pub visit: VisitId,
    /// A code of `Extent`.
    pub extent: &'a str,
    /// A code of `CancelReason`.
    pub reason: &'a str,
    pub words: &'a str,
    pub key: IdempotencyKey,
}

/// Answers which were cancelled.
///
/// # Errors
/// `Invalid`, `TooLate` once the visit has begun, `AlreadyDone`, `OtherRequest`, `NotFound`.
pub async fn cancel_series(ctx: &Ctx, wish: &CancelMany<'_>) -> Result<Vec<VisitId>, Error> {
    again(|| carry_out(ctx, wish)).await
}

async fn carry_out(ctx: &Ctx, wish: &CancelMany<'_>) -> Result<Vec<VisitId>, Error> {
    let extent: Extent = parse::code("extent", wish.extent)?;
    let reason: CancelReason = parse::code("reason", wish.reason)?;
    let words = parse::text("words", wish.words, rules::TEXT_LIMIT)?;
    let asked = ("cancel_series", wish.visit, extent, reason, &words);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, wish.key, &asked).await? {
        return Ok(done);
    }
    let seen = store::visit::read(&mut tx, wish.visit).await?.ok_or(Error::NotFound)?;
    let place = seen.series.ok_or(Error::NotFound)?;
    let rows = store::visit::lock_series(&mut tx, place.series).await?;
    let part = Part::new(rows, wish.visit, extent, own(ctx))?;
    let side = role::side_of(ctx, &mut tx, part.this.patient, part.this.therapist).await?;
    if side == Side::Patient && reason == CancelReason::PlannedByMistake {
        return Err(Error::invalid("reason", "unknown"));
    }
    let pairs = part.rows.iter().map(|row| (row.service, row.therapist));
    let rules = rules::of_all(&mut tx, pairs, now).await?;
    part.this
        .visit
        .cancel(now, &rules.of(part.this.service, part.this.therapist))
        .map_err(Error::of_visit)?;
    let mut going: Vec<(&VisitRow, Cancelled)> = Vec::with_capacity(part.rows.len());
    for row in &part.rows {
        // What has begun or is over stays what it is.
        let Ok(close) = row.visit.cancel(now, &rules.of(row.service, row.therapist)) else {
            continue;
        };
        let how = Cancelled {
            reason,
            words: Text::CancelWords
                .seal(&ctx.vault, &mut tx, now, row.patient, row.id.uuid(), words.as_deref())
                .await?,
            by: ctx.actor.role.as_str().to_owned(),
            // A change that the clinic made never costs the patient (G12).
            late: side == Side::Patient && close,
        };
        going.push((row, how));
    }
    let all: Vec<(VisitId, Cancelled)> = going.iter().map(|(row, how)| (row.id, how.clone())).collect();
    let cancelled: Vec<VisitId> = all.iter().map(|(id, _)| *id).collect();
    propose_times::end_of_visits(&mut tx, &cancelled, now).await?;
    store::series::cancel(&mut tx, &all, now).await?;
    note(ctx, &mut tx, &part, &going, reason).await?;
    idempotency::remember(&mut tx, wish.key, &asked, &cancelled).await?;
    tx.commit().await?;
    Ok(cancelled)
}

/// History, audit and the one event of all that were cancelled.
async fn note(
    ctx: &Ctx,
    tx: &mut Tx,
    part: &Part,
    going: &[(&VisitRow, Cancelled)],
    reason: CancelReason,
) -> Result<(), Error> {
    let steps = going.iter().map(|(row, _)| OfMany {
        id: ctx.ids.uuid(),
        visit: row.id,
        therapist: row.therapist,
        from: Some(row.visit.state.as_str()),
        moved: None,
        words: None,
    });
    let many = Many {
        patient: part.this.patient,
        at: ctx.clock.now(),
        to: VisitState::Cancelled.as_str(),
        why: Some(reason.as_str()),
        steps: steps.collect(),
    };
    store::history::add_many(tx, &many).await?;
    for (row, _) in going {
        audit::record(
            tx,
            Looked::Changed,
            role::subject(ctx, Subject::new("visit", row.id.uuid()), row.patient),
        );
    }
    let event = events::SeriesCancelled {
        series: part.series,
        patient: part.this.patient,
        therapist: part.this.therapist,
        visits: going.iter().map(|(row, _)| row.id).collect(),
    };
    events::push(ctx, tx, &event).await
}
