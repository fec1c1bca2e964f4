//! The therapist's words about a visit, kept as they are typed until the visit is confirmed.

use crate::{
    Error,
    store::{self, visit::VisitRow},
};
use chrono::Duration;
use kernel::{
    Ctx, TherapistId, Tx, VisitId,
    audit::{self, Looked, Subject},
};

use super::{again::again, parse, role, rules, sealed::Text};

/// How long unconfirmed words are kept: longer than any correction window, and over a holiday.
pub const DRAFT_KEPT: Duration = Duration::days(30);

/// Keeps what was typed so far, sealed. Words that are the confirmed summary already are no draft.
///
/// # Errors
/// `Invalid(summary)`, `TooLate` where there is nothing to confirm or correct, `NotFound`.
pub async fn save_summary(ctx: &Ctx, visit: VisitId, words: &str) -> Result<(), Error> {
    again(|| save(ctx, visit, words)).await
}

async fn save(ctx: &Ctx, id: VisitId, words: &str) -> Result<(), Error> {
    let therapist = role::therapist(ctx)?;
    let words = parse::text("summary", words, rules::TEXT_LIMIT)?.unwrap_or_default();
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    // Locked: a draft on its way while the visit is confirmed is compared with what was confirmed.
    let row = store::visit::lock(&mut tx, id)
        .await?
        .filter(|row| row.therapist == therapist)
        .ok_or(Error::NotFound)?;
    let rules = rules::of(&mut tx, row.service, row.therapist, now).await?;
    if !row.visit.can_confirm(now, &rules) && !row.visit.can_correct(now, &rules) {
        return Err(Error::TooLate);
    }
    let confirmed = Text::Summary
        .open(&ctx.vault, &mut tx, row.patient, id.uuid(), row.summary.as_deref())
        .await?;
    if words == confirmed {
        store::summary_draft::drop(&mut tx, id, therapist).await?;
    } else {
        let sealed = Text::SummaryDraft
            .seal(&ctx.vault, &mut tx, now, row.patient, id.uuid(), Some(&words))
            .await?
            .unwrap_or_default();
        store::summary_draft::keep(&mut tx, id, therapist, &sealed, now).await?;
    }
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("visit", id.uuid()).of(row.patient),
    );
    tx.commit().await?;
    Ok(())
}

/// What the therapist typed about this visit and has not confirmed.
pub async fn read(ctx: &Ctx, tx: &mut Tx, row: &VisitRow, therapist: TherapistId) -> Result<Option<String>, Error> {
    let Some(sealed) = store::summary_draft::read(tx, row.id, therapist).await? else {
        return Ok(None);
    };
    let words = Text::SummaryDraft
        .open(&ctx.vault, tx, row.patient, row.id.uuid(), Some(&sealed))
        .await?;
    Ok(Some(words))
}
