//! The decisions about a request. Each takes the item first; the slice that owns the request decides whether it is still possible.

use crate::{Error, model::ItemId};
use chrono::NaiveTime;
use kernel::{Ctx, IdempotencyKey, RequestId, TherapistId, VisitId};
use scheduling::{
    model::ServiceId,
    service::{self, Change, Overbook, parse, zones},
};

use super::{role, take::take};

/// # Errors
/// `Taken`, and as `scheduling::service::approve_request`.
pub async fn approve(ctx: &Ctx, request: RequestId, key: IdempotencyKey) -> Result<VisitId, Error> {
    take(ctx, request.into(), false).await?;
    Ok(service::approve_request_undoably(ctx, request, key).await?)
}

/// # Errors
/// `Taken`, and as `scheduling::service::decline_request`.
pub async fn decline(
    ctx: &Ctx,
    request: RequestId,
    reason: &str,
    words: &str,
    key: IdempotencyKey,
) -> Result<(), Error> {
    take(ctx, request.into(), false).await?;
    Ok(service::decline_request_undoably(ctx, request, reason, words, key).await?)
}

/// # Errors
/// `Taken`, and as `scheduling::service::ask_question`.
pub async fn ask(ctx: &Ctx, request: RequestId, question: &str, key: IdempotencyKey) -> Result<(), Error> {
    take(ctx, request.into(), false).await?;
    Ok(service::ask_question(ctx, request, question, key).await?)
}

/// Another time or therapist, as a form sends it.
#[derive(Debug, Clone, Default)]
pub struct ChangeWish {
    /// `THERAPIST.SERVICE`
    pub offer: String,
    /// One of the nearest free times, as an instant; or empty, and then `date` and `clock` in the therapist's zone.
    pub starts: String,
    pub date: String,
    pub clock: String,
    /// A code of `OverbookReason` to book over what is there, or empty; and words for the team.
    pub overbook: String,
    pub overbook_words: String,
}

/// # Errors
/// `Invalid`, `Taken`, and as `scheduling::service::change_request`.
pub async fn change(ctx: &Ctx, request: RequestId, wish: &ChangeWish, key: IdempotencyKey) -> Result<(), Error> {
    role::desk(ctx)?;
    let change = read(ctx, wish).await?;
    take(ctx, request.into(), false).await?;
    Ok(service::change_request(ctx, request, &change, key).await?)
}

async fn read(ctx: &Ctx, wish: &ChangeWish) -> Result<Change, Error> {
    let unknown = || Error::invalid("offer", "unknown");
    let (therapist, service) = wish.offer.split_once('.').ok_or_else(unknown)?;
    let therapist: TherapistId = therapist.parse().map_err(|_| unknown())?;
    let service: ServiceId = service.parse().map_err(|_| unknown())?;
    let starts = if wish.starts.trim().is_empty() {
        let (date, minute) = (parse::date("date", &wish.date)?, parse::minute("clock", &wish.clock)?);
        let mut tx = ctx.db.begin(&ctx.actor).await?;
        let card = people::service::therapist_card(&mut tx, therapist)
            .await?
            .ok_or_else(unknown)?;
        tx.commit().await?;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0);
        let time = time.ok_or(Error::invalid("clock", "malformed"))?;
        zones::parse(&card.zone)?.instant(date.and_time(time))
    } else {
        parse::instant("starts", &wish.starts)?
    };
    Ok(Change {
        therapist,
        service,
        starts,
        overbook: Overbook::parse(&wish.overbook, &wish.overbook_words)?,
    })
}

/// # Errors
/// As `scheduling::service::undo_decision`.
pub async fn undo(ctx: &Ctx, request: RequestId) -> Result<ItemId, Error> {
    service::undo_decision(ctx, request).await?;
    Ok(request.into())
}
