//! A free time is kept for one wish.

use crate::{
    Error,
    model::{
        OfferId, OfferState, RequestState, TimedOffer, VisitState, WishId, WishState,
        waitlist::{MOST_MISSED, missed},
    },
    store::{
        self,
        claim::Cause,
        history::{Of, Step},
        meeting::{For, Meeting},
        waitlist::{offer::OfferRow, wish::WishRow},
    },
};
use kernel::{
    House, Task, TherapistId, Tx,
    audit::{self, Looked, Subject},
    outbox,
};

use super::ground::{fitting, ground};
use crate::service::{
    again::again,
    events::{self, TimeOffered},
};

/// Keeps the earliest time of this therapist that fits the wish. `None` when the wish no longer waits, has an offer, or nothing
/// fits: then nothing is written, so it may be tried as often as anybody likes.
pub async fn offer_to(house: &House, wish: WishId, therapist: TherapistId) -> Result<Option<OfferId>, Error> {
    match again(|| try_to(house, wish, therapist)).await {
        // Somebody was faster; whoever frees the time again says so.
        Err(Error::SlotTaken | Error::PatientBusy) => Ok(None),
        answer => answer,
    }
}

async fn try_to(house: &House, id: WishId, therapist: TherapistId) -> Result<Option<OfferId>, Error> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let Some(seen) = store::waitlist::wish::read(&mut tx, id).await? else {
        return Ok(None);
    };
    // In line before anything is locked.
    let holders = [therapist.uuid(), seen.patient.uuid()];
    let expired = store::claim::make_way(&mut tx, &holders, now).await?;
    events::push_expired(house, &mut tx, expired).await?;
    let offered = offer_in(house, &mut tx, id, therapist).await?;
    tx.commit().await?;
    Ok(offered)
}

async fn offer_in(house: &House, tx: &mut Tx, id: WishId, therapist: TherapistId) -> Result<Option<OfferId>, Error> {
    let now = house.clock.now();
    let Some(wish) = store::waitlist::wish::lock(tx, id).await? else {
        return Ok(None);
    };
    let before = store::waitlist::offer::of_wishes(tx, &[id]).await?;
    if !may_be_offered(tx, &wish, &before).await? {
        return Ok(None);
    }
    let Some(ground) = ground(tx, &wish, therapist, now).await? else {
        return Ok(None);
    };
    let starts = fitting(tx, &wish, therapist, &ground, &before, now).await?;
    let resting = store::waitlist::offer::resting(tx, therapist, now).await?;
    let kept = starts
        .into_iter()
        .filter(|starts| {
            let ends = *starts + ground.length();
            !resting.iter().any(|(from, until)| *starts < *until && *from < ends)
        })
        .find_map(|starts| Some((starts, TimedOffer::make(now, starts, &ground.rules).ok()?)));
    let Some((starts, offer)) = kept else {
        return Ok(None);
    };
    let buffers = ground
        .rules
        .buffers(ground.service.buffer_before, ground.service.buffer_after);
    let meeting = Meeting::new(buffers, therapist, wish.patient, starts, ground.length());
    keep(house, tx, &wish, &meeting, offer).await.map(Some)
}

/// Whether the wish waits, has no offer and does not wait in vain, and what it is about stands as it did. `before`: all that it
/// was offered.
pub async fn may_be_offered(tx: &mut Tx, wish: &WishRow, before: &[OfferRow]) -> Result<bool, Error> {
    let states = || before.iter().map(|offer| offer.offer.state);
    if wish.state != WishState::Waiting
        || states().any(|state| state == OfferState::Open)
        || missed(states()) >= MOST_MISSED
    {
        return Ok(false);
    }
    match wish.request {
        Some(request) => Ok(store::request::read(tx, request)
            .await?
            .is_some_and(|request| request.request.state == RequestState::Waitlisted)),
        None => Ok(true),
    }
}

/// Writes the offer and takes its time; the exclusion constraint is the judge.
pub async fn keep(
    house: &House,
    tx: &mut Tx,
    wish: &WishRow,
    meeting: &Meeting,
    offer: TimedOffer,
) -> Result<OfferId, Error> {
    let now = house.clock.now();
    let row = OfferRow {
        id: house.ids.next(),
        wish: wish.id,
        patient: wish.patient,
        therapist: meeting.therapist,
        service: wish.service,
        starts: meeting.starts,
        ends: meeting.ends,
        offer,
        created_at: now,
        by_hand: false,
        request: None,
        visit: None,
    };
    store::waitlist::offer::insert(tx, &row).await?;
    let what = For {
        cause: Cause::Offer,
        id: row.id.uuid(),
        until: Some(offer.expires_at),
    };
    store::meeting::take(tx, meeting, what, [house.ids.uuid(), house.ids.uuid()], false).await?;
    note(house, tx, wish, meeting.therapist, OFFERED).await?;
    audit::record(
        tx,
        Looked::Created,
        Subject::new("waitlist_offer", row.id.uuid()).of(wish.patient),
    );
    let event = TimeOffered {
        offer: row.id,
        patient: wish.patient,
        therapist: meeting.therapist,
    };
    outbox::push(tx, &*house.ids, now, &event).await?;
    Ok(row.id)
}

/// Marks in the history of the visit or the request that a wish is about.
pub const OFFERED: &str = "offered";
pub const PASSED: &str = "offer_passed";
pub const WITHDRAWN: &str = "offer_withdrawn";

/// Notes what happened to an offer, where a visit or a request has a history for it.
pub async fn note(
    house: &House,
    tx: &mut Tx,
    wish: &WishRow,
    therapist: TherapistId,
    what: &'static str,
) -> Result<(), Error> {
    let (of, from) = match (wish.visit, wish.request) {
        (Some(visit), _) => (Of::Visit(visit), VisitState::Scheduled.as_str()),
        (None, Some(request)) => (Of::Request(request), RequestState::Waitlisted.as_str()),
        (None, None) => return Ok(()),
    };
    let step = Step {
        id: house.ids.uuid(),
        of,
        patient: wish.patient,
        therapist,
        at: house.clock.now(),
        from: Some(from),
        to: what,
        why: None,
        moved: None,
        words: None,
    };
    Ok(store::history::add(tx, &step).await?)
}
