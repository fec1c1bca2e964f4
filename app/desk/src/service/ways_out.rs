//! The ways out for a visit in the queue: to another time or colleague, cancelled, or its therapist reminded. Each takes the item;
//! the slice decides whether it is still possible.

use crate::{
    Error,
    model::{ItemId, Kind},
};
use kernel::{Ctx, IdempotencyKey, TherapistId, VisitId};
use scheduling::{
    model::MoveReason,
    service::{self, Move, WantedTime},
};

use super::{role, take::take};

/// Where an affected visit goes, as a form sends it.
#[derive(Debug, Clone, Default)]
pub struct WayOutWish {
    /// Who gives it from then on.
    pub therapist: Option<TherapistId>,
    /// An instant.
    pub starts: String,
    /// To the patient.
    pub words: String,
}

/// Moves an affected visit at once: the patient agreed to it on the phone. It costs them nothing (G12).
///
/// # Errors
/// `Taken`, `NotFound` for other kinds of items, and as `scheduling::service::move_visit`.
pub async fn move_affected(ctx: &Ctx, item: ItemId, wish: &WayOutWish, key: IdempotencyKey) -> Result<(), Error> {
    let visit = affected(ctx, item).await?;
    let wish = Move {
        visit,
        time: WantedTime::at(&wish.starts),
        therapist: wish.therapist,
        reason: MoveReason::TherapistAway.as_str(),
        words: &wish.words,
        overbook: "",
        overbook_words: "",
        key,
    };
    service::move_visit(ctx, &wish).await?;
    Ok(())
}

/// Cancels an affected visit.
///
/// # Errors
/// `Taken`, `NotFound` for other kinds of items, and as `scheduling::service::cancel_visit`.
pub async fn cancel_affected(
    ctx: &Ctx,
    item: ItemId,
    reason: &str,
    words: &str,
    key: IdempotencyKey,
) -> Result<(), Error> {
    let visit = affected(ctx, item).await?;
    Ok(service::cancel_visit(ctx, visit, reason, words, key).await?)
}

async fn affected(ctx: &Ctx, item: ItemId) -> Result<VisitId, Error> {
    role::desk(ctx)?;
    let visit = item
        .visit()
        .filter(|_| item.kind == Kind::Affected)
        .ok_or(Error::NotFound)?;
    take(ctx, item, false).await?;
    Ok(visit)
}

/// Asks the therapist what became of a visit.
///
/// # Errors
/// `Taken`, `NotFound` for other kinds of items, and as `scheduling::service::remind_therapist`.
pub async fn remind(ctx: &Ctx, item: ItemId, key: IdempotencyKey) -> Result<(), Error> {
    role::desk(ctx)?;
    let visit = item
        .visit()
        .filter(|_| item.kind == Kind::Confirm)
        .ok_or(Error::NotFound)?;
    take(ctx, item, false).await?;
    Ok(service::remind_therapist(ctx, visit, key).await?)
}
