//! Waiting ends: the patient leaves, what the wish was about is gone, or its time is over.

use crate::{
    Error,
    model::{OfferState, RequestState, WishId, WishState},
    store::{self, request::Decision, waitlist::wish::WishRow},
};
use kernel::{
    Ctx, House, IdempotencyKey, RequestId, Task, Tx,
    audit::{self, Looked, Subject},
    idempotency,
};

use crate::service::{
    again::again,
    events::{self, RequestWithdrawn},
    role, steps,
};

/// The patient's side does not want to wait any more; a request whose time was gone is withdrawn with it.
///
/// # Errors
/// `AlreadyDone` when it has ended, `OtherRequest`, `NotFound`.
pub async fn leave_waitlist(ctx: &Ctx, wish: WishId, key: IdempotencyKey) -> Result<(), Error> {
    again(|| leave(ctx, wish, key)).await
}

async fn leave(ctx: &Ctx, id: WishId, key: IdempotencyKey) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let asked = ("leave_waitlist", id);
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let wish = store::waitlist::wish::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, &mut tx, wish.patient).await?;
    end(ctx, &mut tx, &wish, WishState::Left).await?;
    if let Some(request) = wish.request {
        close_request(ctx, &mut tx, request, RequestState::Withdrawn).await?;
        let event = RequestWithdrawn {
            request,
            patient: wish.patient,
        };
        events::push(ctx, &mut tx, &event).await?;
    }
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("waitlist_wish", id.uuid()), wish.patient),
    );
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

/// A wish whose time is over, by the clock alone.
pub async fn run_out(house: &House, id: WishId) -> Result<(), Error> {
    again(|| async {
        let mut tx = house.db.begin_task(Task::Worker).await?;
        let Some(wish) = store::waitlist::wish::lock(&mut tx, id).await? else {
            return Ok(());
        };
        if wish.state != WishState::Waiting {
            return Ok(());
        }
        end(house, &mut tx, &wish, WishState::Over).await?;
        if let Some(request) = wish.request {
            close_request(house, &mut tx, request, RequestState::Expired).await?;
            events::push_expired(house, &mut tx, vec![request]).await?;
        }
        audit::record(
            &mut tx,
            Looked::Changed,
            Subject::new("waitlist_wish", id.uuid()).of(wish.patient),
        );
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Somebody decides a request that was on the waiting list in another way: it waits there no more.
pub async fn end_of_request(house: &House, tx: &mut Tx, request: RequestId) -> Result<(), Error> {
    match store::waitlist::wish::of_request(tx, request).await? {
        Some(wish) => end(house, tx, &wish, WishState::Left).await,
        None => Ok(()),
    }
}

/// Ends a wish and gives back what is kept for it. The caller writes the audit.
pub async fn end(house: &House, tx: &mut Tx, wish: &WishRow, state: WishState) -> Result<(), Error> {
    let now = house.clock.now();
    let state = wish.state.end(state).map_err(|_| Error::AlreadyDone)?;
    if let Some(offer) = store::waitlist::offer::open_of(tx, wish.id).await? {
        store::waitlist::offer::end(tx, offer.id, OfferState::Withdrawn, now).await?;
        store::claim::release(tx, offer.id.uuid(), now).await?;
    }
    Ok(store::waitlist::wish::set_state(tx, wish.id, state, now).await?)
}

async fn close_request(house: &House, tx: &mut Tx, request: RequestId, state: RequestState) -> Result<(), Error> {
    let Some(row) = store::request::lock(tx, request).await? else {
        return Ok(());
    };
    if !row.request.state.may_become(state) {
        return Ok(());
    }
    let decision = Decision {
        state,
        at: house.clock.now(),
        by: None,
        decline: None,
        words: None,
        visit: None,
    };
    store::request::decide(tx, request, &decision).await?;
    steps::note_request(house, tx, &row, Some(row.request.state), state, None).await
}
