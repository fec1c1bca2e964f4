//! One item with all that its decision needs (S20). Opening takes nothing.

use crate::{
    Error,
    api::view::{Body, Decided, ItemView, VisitBody},
    model::{ItemId, Kind},
    store,
};
use kernel::{Ctx, Tx, Zone};
use letters::service::letter_delivery;
use scheduling::{
    api::view::WaysOutView,
    model::{CONFIRM_WITHIN, VisitState, may_remind},
    service::{decision_of, get_visit, last_reminder, request_detail, ways_out, wish_detail, zones},
};

use super::{
    items,
    names::{Names, colleagues},
    queue::Wanted,
    role,
};

/// `wanted`: the filters of the list it was opened from, for its neighbours.
///
/// # Errors
/// `NotFound` for every role but liaison and for an absent item, `Invalid` at a filter.
pub async fn open_item(ctx: &Ctx, item: ItemId, wanted: &Wanted) -> Result<ItemView, Error> {
    role::desk(ctx)?;
    let only = wanted.only()?;
    let body = match item.kind {
        Kind::Request => Body::Request(Box::new(request_detail(ctx, item.id.into()).await?)),
        Kind::Affected | Kind::Confirm => Body::Visit(Box::new(visit_body(ctx, item).await?)),
        Kind::Letter => {
            let (patient, letter) = letter_delivery(ctx, item.id.into()).await?;
            Body::Letter(patient, Box::new(letter))
        }
        Kind::Waitlist => Body::Wish(Box::new(wish_detail(ctx, item.id.into()).await?)),
        Kind::Proposal => return Err(Error::NotFound),
    };
    let patient = match &body {
        Body::Request(detail) => detail.row.person.patient,
        Body::Visit(body) => body.visit.person.patient,
        Body::Letter(patient, _) => *patient,
        Body::Wish(detail) => detail.wish.person.patient,
    };
    let patient = people::service::open_patient(ctx, patient).await.ok();
    let (now, me) = (ctx.clock.now(), ctx.actor.account);
    let zone = role::own_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let all = items::all(&mut tx, now).await?;
    let open: Vec<_> = all.into_iter().filter(|one| only.fits(one, me, now)).collect();
    let at = open.iter().position(|one| one.id() == item);
    let here: Vec<_> = at.and_then(|at| open.get(at)).cloned().into_iter().collect();
    let names = Names::load(&mut tx, ctx.actor, zone, now, &here).await?;
    let decided = decided(ctx, &mut tx, item, zone).await?;
    let templates = store::template::all(&mut tx, None).await?;
    tx.commit().await?;

    // What was just decided is not in the list any more; the way on is its front, where the most pressing one stands.
    let neighbour = |step: isize| match at {
        Some(at) => at.checked_add_signed(step).and_then(|at| open.get(at)),
        None if step > 0 => open.first(),
        None => None,
    };
    Ok(ItemView {
        item,
        owner: here.first().and_then(|one| one.held).map(|held| names.owner(held)),
        body,
        decided,
        previous: neighbour(-1).map(items::Item::id),
        next: neighbour(1).map(items::Item::id),
        position: at.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or_default(),
        open: u32::try_from(open.len()).unwrap_or(u32::MAX),
        templates,
        waits: at.is_some() || matches!(item.kind, Kind::Request),
        patient,
        key: ctx.ids.next(),
    })
}

/// The visit and what can be done about it now.
async fn visit_body(ctx: &Ctx, item: ItemId) -> Result<VisitBody, Error> {
    let visit = get_visit(ctx, item.id.into()).await?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let mut ways = WaysOutView::default();
    let mut remind = false;
    if item.kind == Kind::Affected {
        ways = ways_out(ctx, &mut tx, visit.visit).await?;
    } else {
        let waits = visit.state == VisitState::Ended && now >= visit.when.ends + CONFIRM_WITHIN;
        remind = waits && may_remind(last_reminder(&mut tx, visit.visit).await?, now);
    }
    tx.commit().await?;
    Ok(VisitBody {
        visit,
        ways,
        may_remind: remind,
    })
}

/// Who of the desk decided it: the second liaison sees what the first one did.
async fn decided(ctx: &Ctx, tx: &mut Tx, item: ItemId, zone: Zone) -> Result<Option<Decided>, Error> {
    let Some(request) = item.request() else {
        return Ok(None);
    };
    let Some((by, at)) = decision_of(tx, request).await? else {
        return Ok(None);
    };
    let names = colleagues(tx, &[by]).await?;
    Ok(Some(Decided {
        by: names.get(&by).cloned().unwrap_or_default(),
        me: by == ctx.actor.account,
        at: zones::moment(zone, at),
    }))
}
