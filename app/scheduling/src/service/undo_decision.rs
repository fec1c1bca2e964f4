//! A liaison takes their own decision back: within a minute, before a letter left and before anybody looked (decision 0010).

use crate::{
    Error,
    model::{RequestState, TakenBack},
    store,
};
use kernel::{
    Ctx, RequestId, VisitId,
    audit::{self, Looked, Subject},
};

use super::{again::again, events, role, steps};

/// # Errors
/// `TooLate` after a minute, when its news has left, or when somebody has looked; `TimeGone` when the time of a declined request
/// was taken meanwhile; `NotFound` for what somebody else decided.
pub async fn undo_decision(ctx: &Ctx, id: RequestId) -> Result<(), Error> {
    again(|| undo(ctx, id)).await
}

async fn undo(ctx: &Ctx, id: RequestId) -> Result<(), Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let (by, decided_at) = store::waiting::decision_of(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if by != ctx.actor.account {
        return Err(Error::NotFound);
    }
    let back = row.request.take_back(decided_at, now).map_err(Error::of_visit)?;
    let thing = match (back, row.visit) {
        (TakenBack::Approval, Some(visit)) => visit.uuid(),
        _ => id.uuid(),
    };
    if store::visit::looked_at_since(&mut tx, row.patient, thing).await? {
        return Err(Error::TooLate);
    }
    let recalled = match (back, row.visit) {
        (TakenBack::Approval, Some(visit)) => {
            let event = events::VisitScheduled {
                visit,
                patient: row.patient,
                therapist: row.therapist,
            };
            events::recall(ctx, &mut tx, &event).await? && take_back(ctx, &mut tx, id, visit).await?
        }
        (TakenBack::Approval, None) => false,
        (TakenBack::Decline, _) => {
            let event = events::RequestDeclined {
                request: id,
                patient: row.patient,
            };
            let recalled = events::recall(ctx, &mut tx, &event).await?;
            store::claim::take_again(&mut tx, id.uuid(), decided_at, row.request.expires_at).await?;
            store::request::reopen(&mut tx, id).await?;
            recalled
        }
    };
    if !recalled {
        return Err(Error::TooLate);
    }
    let from = Some(row.request.state);
    steps::note_request(
        &ctx.house,
        &mut tx,
        &row,
        from,
        RequestState::Pending,
        Some("taken_back"),
    )
    .await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("request", id.uuid()).of(row.patient),
    );
    tx.commit().await?;
    Ok(())
}

async fn take_back(ctx: &Ctx, tx: &mut kernel::Tx, id: RequestId, visit: VisitId) -> Result<bool, Error> {
    Ok(store::visit::take_back(tx, id, ctx.clock.now()).await? == Some(visit))
}
