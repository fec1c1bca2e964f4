//! The desk offers a time by hand, and takes an offer back.

use crate::{
    Error,
    model::{OfferId, OfferState, TimedOffer, VisitState, WishId},
    store::{self, meeting::Meeting},
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, IdempotencyKey, TherapistId, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::offering::{self, WITHDRAWN, may_be_offered};
use crate::service::{again::again, events, role, rules, staff_booking, wanted_time::WantedTime, zones};

/// A time for somebody who waits.
#[derive(Debug, Clone, Copy)]
pub struct ByHand<'a> {
    pub wish: WishId,
    /// Who would meet them, where the wish is for anyone.
    pub therapist: Option<TherapistId>,
    /// What was typed is read in the therapist's zone.
    pub time: WantedTime<'a>,
    pub key: IdempotencyKey,
}

/// Keeps a time for the wish as long as the rules say. It need not be among the hours, but it must be free.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`, `TherapistAway`, `NoLicence`, `AlreadyDone` when the wish has an offer, waits in vain or no more, `TooLate`
/// when the time is too near to wait for an answer, `Invalid(starts|date|clock|therapist)`, `OtherRequest`, `NotFound`.
pub async fn offer_by_hand(ctx: &Ctx, offer: &ByHand<'_>) -> Result<OfferId, Error> {
    again(|| make(ctx, offer)).await
}

async fn make(ctx: &Ctx, by_hand: &ByHand<'_>) -> Result<OfferId, Error> {
    role::desk(ctx)?;
    let time = by_hand.time;
    let asked = (
        "offer_by_hand",
        by_hand.wish,
        by_hand.therapist,
        (time.starts, time.date, time.clock),
    );
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, by_hand.key, &asked).await? {
        return Ok(done);
    }
    let seen = store::waitlist::wish::read(&mut tx, by_hand.wish)
        .await?
        .ok_or(Error::NotFound)?;
    let therapist = match (seen.therapist, by_hand.therapist) {
        (Some(bound), Some(other)) if bound != other => return Err(Error::invalid("therapist", "unknown")),
        (Some(therapist), _) | (None, Some(therapist)) => therapist,
        (None, None) => return Err(Error::invalid("therapist", "required")),
    };
    let holders = [therapist.uuid(), seen.patient.uuid()];
    let expired = store::claim::make_way(&mut tx, &holders, now).await?;
    events::push_expired(&ctx.house, &mut tx, expired).await?;
    let wish = store::waitlist::wish::lock(&mut tx, by_hand.wish)
        .await?
        .ok_or(Error::NotFound)?;
    let before = store::waitlist::offer::of_wishes(&mut tx, &[wish.id]).await?;
    if !may_be_offered(&mut tx, &wish, &before).await? {
        return Err(Error::AlreadyDone);
    }
    let pair = staff_booking::pair(&mut tx, wish.patient, therapist, wish.service).await?;
    let zone = zones::parse(&pair.therapist.zone)?;
    let rules = rules::of(&mut tx, wish.service, therapist, now).await?;
    let starts = time.instant(zone, now)?;
    let length = match wish.visit {
        Some(visit) => length_of(&mut tx, visit, therapist, starts).await?,
        None => Duration::minutes(i64::from(pair.service.minutes)),
    };
    if !people::service::licensed_at(&mut tx, therapist, wish.patient, starts).await? {
        return Err(Error::NoLicence);
    }
    let buffers = rules.buffers(pair.service.buffer_before, pair.service.buffer_after);
    let meeting = Meeting::new(buffers, therapist, wish.patient, starts, length);
    staff_booking::require_present(&mut tx, &meeting, false).await?;
    let offer = TimedOffer::make(now, starts, &rules).map_err(Error::of_visit)?;
    let id = offering::keep(ctx, &mut tx, &wish, &meeting, offer).await?;
    idempotency::remember(&mut tx, by_hand.key, &asked, &id).await?;
    tx.commit().await?;
    Ok(id)
}

/// A visit that should come sooner keeps its length and its therapist, and does come sooner.
async fn length_of(
    tx: &mut Tx,
    visit: VisitId,
    therapist: TherapistId,
    starts: DateTime<Utc>,
) -> Result<Duration, Error> {
    let row = store::visit::read(tx, visit).await?.ok_or(Error::NotFound)?;
    if row.visit.state != VisitState::Scheduled || row.therapist != therapist {
        return Err(Error::AlreadyDone);
    }
    if starts >= row.visit.starts {
        return Err(Error::invalid("date", "not_sooner"));
    }
    Ok(row.visit.ends - row.visit.starts)
}

/// Takes an offer back; the wish waits on.
///
/// # Errors
/// `OfferOver` when it was answered or its time is over, `OtherRequest`, `NotFound`.
pub async fn withdraw_offer(ctx: &Ctx, offer: OfferId, key: IdempotencyKey) -> Result<WishId, Error> {
    again(|| withdraw(ctx, offer, key)).await
}

async fn withdraw(ctx: &Ctx, id: OfferId, key: IdempotencyKey) -> Result<WishId, Error> {
    role::desk(ctx)?;
    let asked = ("withdraw_offer", id);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, key, &asked).await? {
        return Ok(done);
    }
    let seen = store::waitlist::offer::read(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let wish = store::waitlist::wish::lock(&mut tx, seen.wish)
        .await?
        .ok_or(Error::NotFound)?;
    let offer = store::waitlist::offer::lock(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let state = offer
        .offer
        .end(OfferState::Withdrawn, now)
        .map_err(|_| Error::OfferOver)?;
    store::waitlist::offer::end(&mut tx, id, state, now).await?;
    store::claim::release(&mut tx, id.uuid(), now).await?;
    offering::note(ctx, &mut tx, &wish, offer.therapist, WITHDRAWN).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("waitlist_offer", id.uuid()).of(offer.patient),
    );
    idempotency::remember(&mut tx, key, &asked, &wish.id).await?;
    tx.commit().await?;
    Ok(wish.id)
}
