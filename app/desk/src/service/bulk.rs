//! One act on many items: first what it will do to each, then the doing, with a result for each. Nothing is tried twice and nothing
//! is all-or-nothing: forty patients do not wait because of one.

use crate::{
    Error,
    api::view::{BulkPage, BulkResult, BulkRow, Outlook},
    model::{ItemId, Kind, codes},
    store,
};
use kernel::{ApiError, Ctx, IdempotencyKey};
use scheduling::{api::view::CheckState, model::Parameters, service::request_detail};

use super::{
    decide,
    items::{self, Item},
    names::Names,
    put_aside::put_aside,
    role, take, undoable,
};

/// Most items of one act: a page of the queue.
const MOST: usize = 50;

codes! {
    /// What to do to many.
    Act {
        Approve = "approve",
        Decline = "decline",
        Take = "take",
        PutAside = "put_aside",
    }
}

/// What `act` would do to each of `items`. Those that do not wait any more are told as well.
///
/// # Errors
/// `NotFound` for every role but liaison.
pub async fn preview_many(ctx: &Ctx, act: Act, items: &[ItemId]) -> Result<BulkPage, Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let zone = role::own_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let waiting: Vec<Item> = items::all(&mut tx, now)
        .await?
        .into_iter()
        .filter(|one| items.contains(&one.id()))
        .take(MOST)
        .collect();
    let names = Names::load(&mut tx, ctx.actor, zone, now, &waiting).await?;
    let templates = store::template::all(&mut tx, None).await?;
    let undoable = undoable::load(ctx, &mut tx, zone).await?;
    tx.commit().await?;

    let mut rows = Vec::with_capacity(waiting.len());
    for one in &waiting {
        let row = names.row(one)?;
        let outlook = match &row.owner {
            Some(owner) if !owner.mine => Outlook::TakenBy(owner.name.clone()),
            _ => outlook(ctx, act, one.id()).await?,
        };
        rows.push(BulkRow { row, outlook });
    }
    Ok(BulkPage {
        rows,
        templates,
        text_limit: u32::try_from(Parameters::DEFAULT.text_limit).unwrap_or(u32::MAX),
        undoable,
        key: ctx.ids.next(),
    })
}

/// The same checks as one request's own page has, so that the preview never promises what the decision refuses.
async fn outlook(ctx: &Ctx, act: Act, item: ItemId) -> Result<Outlook, Error> {
    Ok(match (act, item.request()) {
        (Act::PutAside, None) if item.kind == Kind::Waitlist => Outlook::OtherKind(item.kind),
        (Act::Take, _) | (Act::PutAside, None) | (Act::Decline, Some(_)) => Outlook::Ready,
        (Act::PutAside, Some(_)) | (Act::Approve | Act::Decline, None) => Outlook::OtherKind(item.kind),
        (Act::Approve, Some(request)) => {
            let detail = match request_detail(ctx, request).await {
                Ok(detail) => detail,
                Err(scheduling::Error::NotFound) => return Ok(Outlook::Over),
                Err(error) => return Err(error.into()),
            };
            let of = |state| -> Vec<_> {
                detail
                    .checks
                    .iter()
                    .filter(|check| check.state == state)
                    .cloned()
                    .collect()
            };
            let (stops, looks) = (of(CheckState::Stop), of(CheckState::Attention));
            if !detail.can_approve {
                Outlook::Stopped(stops)
            } else if looks.is_empty() {
                Outlook::Ready
            } else {
                Outlook::Attention(looks)
            }
        }
    })
}

/// Does it to each, in the order given, and says what became of each.
///
/// # Errors
/// `Invalid(reason|words)` for a decline without a reason, before anything is done; `NotFound` for every role but liaison.
pub async fn decide_many(
    ctx: &Ctx,
    act: Act,
    items: &[ItemId],
    reason: &str,
    words: &str,
    key: IdempotencyKey,
) -> Result<Vec<BulkResult>, Error> {
    role::desk(ctx)?;
    if act == Act::Decline {
        check_reason(reason, words)?;
    }
    let mut results = Vec::with_capacity(items.len());
    for item in items.iter().take(MOST) {
        let done = one(ctx, act, *item, reason, words, key).await;
        results.push(BulkResult {
            item: *item,
            refused: match done {
                Ok(()) => None,
                Err(error) => Some(ApiError::from(error).code().to_owned()),
            },
        });
    }
    Ok(results)
}

fn check_reason(reason: &str, words: &str) -> Result<(), Error> {
    use scheduling::model::DeclineReason;
    let reason: DeclineReason = match reason.trim() {
        "" => return Err(Error::invalid("reason", "required")),
        text => text.parse().map_err(|_| Error::invalid("reason", "unknown"))?,
    };
    if reason == DeclineReason::Other && words.trim().is_empty() {
        return Err(Error::invalid("words", "required"));
    }
    Ok(())
}

async fn one(ctx: &Ctx, act: Act, item: ItemId, reason: &str, words: &str, key: IdempotencyKey) -> Result<(), Error> {
    let key = key_of(key, item);
    match (act, item.request()) {
        (Act::Approve, Some(request)) => decide::approve(ctx, request, key).await.map(drop),
        (Act::Decline, Some(request)) => decide::decline(ctx, request, reason, words, key).await,
        (Act::Take, _) => take::take(ctx, item, false).await,
        (Act::PutAside, _) if item.kind != Kind::Request => put_aside(ctx, item).await,
        _ => Err(Error::NotFound),
    }
}

/// Each item has a key of its own, derived from that of the form: a form sent twice acts once on each.
fn key_of(form: IdempotencyKey, item: ItemId) -> IdempotencyKey {
    IdempotencyKey::new(uuid::Uuid::from_u128(
        form.uuid().as_u128() ^ item.id.as_u128().rotate_left(64),
    ))
}
