//! The patient's side answers an offer: one tap takes the time, another lets it pass and waits on.

use crate::{
    Error,
    model::{OfferId, OfferState, Parameters, Request, RequestState, Side, WishState, prescreen::Question},
    store::{
        self,
        claim::{Cause, Heir},
        history::Moved,
        meeting::Meeting,
        request::{Decision, RequestRow},
        visit::VisitRow,
        waitlist::{offer::OfferRow, wish::WishRow},
    },
};
use kernel::{
    Ctx, IdempotencyKey, RequestId, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};
use serde::{Deserialize, Serialize};

use super::offering::{self, PASSED};
use crate::service::{
    again::again,
    events,
    history::{self, Mark},
    propose_times,
    request_visit::agree_by_rule,
    role, rules,
    sealed::Text,
    steps,
};

/// What a taken time became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TakenAs {
    /// A request that our team answers; or a visit at once where a rule says so, and its page leads on.
    Request(RequestId),
    Visit(VisitId),
}

/// Takes the offered time: a visit that should come sooner moves there, a request whose time was gone is agreed, everything
/// else becomes a request under the clinic's rules of approval.
///
/// # Errors
/// `OfferOver` when the time is no longer kept, `TooManyRequests`, `NoLicence`, `TooLate`, `AlreadyDone` when the visit it is
/// about has changed, `OtherRequest`, `NotFound`.
pub async fn take_offer(ctx: &Ctx, offer: OfferId, key: IdempotencyKey) -> Result<TakenAs, Error> {
    again(|| take(ctx, offer, key)).await
}

async fn take(ctx: &Ctx, id: OfferId, key: IdempotencyKey) -> Result<TakenAs, Error> {
    let asked = ("take_offer", id);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, key, &asked).await? {
        return Ok(done);
    }
    let (offer, wish) = waiting(ctx, &mut tx, id).await?;
    if !people::service::licensed_at(&mut tx, offer.therapist, offer.patient, offer.starts).await? {
        return Err(Error::NoLicence);
    }
    let state = offer.offer.end(OfferState::Taken, now).map_err(|_| Error::OfferOver)?;
    store::waitlist::offer::end(&mut tx, id, state, now).await?;
    let rules = rules::of(&mut tx, offer.service, offer.therapist, now).await?;
    let taken = match (wish.visit, wish.request) {
        (Some(visit), _) => reschedule(ctx, &mut tx, &offer, visit, &rules).await?,
        (None, Some(request)) => agree(ctx, &mut tx, &offer, request).await?,
        (None, None) => ask(ctx, &mut tx, &offer, &wish, &rules).await?,
    };
    let ended = wish.state.end(WishState::Taken).map_err(|_| Error::OfferOver)?;
    store::waitlist::wish::set_state(&mut tx, wish.id, ended, now).await?;
    let (request, visit) = match taken {
        TakenAs::Request(request) => (Some(request), None),
        TakenAs::Visit(visit) => (None, Some(visit)),
    };
    store::waitlist::offer::became(&mut tx, id, request, visit).await?;
    audit::record(&mut tx, Looked::Changed, subject(ctx, &offer));
    idempotency::remember(&mut tx, key, &asked, &taken).await?;
    tx.commit().await?;
    Ok(taken)
}

/// Lets the time pass: whose turn is next hears of it, and the wish waits on.
///
/// # Errors
/// `OfferOver`, `OtherRequest`, `NotFound`.
pub async fn pass_offer(ctx: &Ctx, offer: OfferId, key: IdempotencyKey) -> Result<(), Error> {
    again(|| pass(ctx, offer, key)).await
}

async fn pass(ctx: &Ctx, id: OfferId, key: IdempotencyKey) -> Result<(), Error> {
    let asked = ("pass_offer", id);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let (offer, wish) = waiting(ctx, &mut tx, id).await?;
    let state = offer.offer.end(OfferState::Passed, now).map_err(|_| Error::OfferOver)?;
    store::waitlist::offer::end(&mut tx, id, state, now).await?;
    store::claim::release(&mut tx, id.uuid(), now).await?;
    offering::note(ctx, &mut tx, &wish, offer.therapist, PASSED).await?;
    audit::record(&mut tx, Looked::Changed, subject(ctx, &offer));
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

/// The offer and its wish, locked, if it waits for this actor's answer.
async fn waiting(ctx: &Ctx, tx: &mut Tx, id: OfferId) -> Result<(OfferRow, WishRow), Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let seen = store::waitlist::offer::read(tx, id).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, tx, seen.patient).await?;
    // In line before anything is locked. What ends by time meanwhile, this one among it, ends.
    let holders = [seen.therapist.uuid(), seen.patient.uuid()];
    let expired = store::claim::make_way(tx, &holders, now).await?;
    events::push_expired(&ctx.house, tx, expired).await?;
    let wish = store::waitlist::wish::lock(tx, seen.wish)
        .await?
        .ok_or(Error::NotFound)?;
    let offer = store::waitlist::offer::lock(tx, id).await?.ok_or(Error::NotFound)?;
    if offer.offer.at(now) == OfferState::Open {
        Ok((offer, wish))
    } else {
        Err(Error::OfferOver)
    }
}

/// The visit moves there, also after the cut-off: the clinic offered it.
async fn reschedule(
    ctx: &Ctx,
    tx: &mut Tx,
    offer: &OfferRow,
    visit: VisitId,
    rules: &Parameters,
) -> Result<TakenAs, Error> {
    let now = ctx.clock.now();
    let agreed = store::visit::lock(tx, visit).await?.ok_or(Error::NotFound)?;
    if agreed.therapist != offer.therapist || agreed.visit.starts <= offer.starts {
        // Somebody else took over, or it came sooner by itself.
        return Err(Error::AlreadyDone);
    }
    agreed
        .visit
        .reschedule(now, rules, Side::Staff)
        .map_err(Error::of_visit)?;
    still_present(tx, offer).await?;
    let service = store::catalog::one(tx, offer.service).await?.ok_or(Error::NotFound)?;
    let buffers = rules.buffers(service.buffer_before, service.buffer_after);
    let length = offer.ends - offer.starts;
    let meeting = Meeting::new(buffers, offer.therapist, offer.patient, offer.starts, length);
    // Given back and taken again in one transaction, with both holders locked: nobody comes in between.
    store::claim::release(tx, offer.id.uuid(), now).await?;
    propose_times::end_of_visits(tx, &[visit], now).await?;
    store::meeting::move_visit(tx, visit, &meeting, false).await?;
    let mark = Mark {
        to: "moved",
        why: None,
        words: None,
        moved: Some(Moved {
            was: (agreed.visit.starts, agreed.visit.ends),
            becomes: (meeting.starts, meeting.ends),
            was_therapist: None,
        }),
    };
    history::mark(ctx, tx, &agreed, mark).await?;
    let event = events::VisitMoved {
        visit,
        patient: offer.patient,
        therapist: offer.therapist,
    };
    events::push(ctx, tx, &event).await?;
    Ok(TakenAs::Visit(visit))
}

/// A liaison meant to approve the request and its time was gone: with the patient's yes to another one it is agreed.
async fn agree(ctx: &Ctx, tx: &mut Tx, offer: &OfferRow, request: RequestId) -> Result<TakenAs, Error> {
    let now = ctx.clock.now();
    still_present(tx, offer).await?;
    let asked = store::request::lock(tx, request).await?.ok_or(Error::NotFound)?;
    let proposed = asked.request.propose(now).map_err(Error::of_request)?;
    steps::note_request(&ctx.house, tx, &asked, Some(asked.request.state), proposed, None).await?;
    let approved = Request {
        state: proposed,
        ..asked.request
    }
    .approve(now)
    .map_err(Error::of_request)?;
    let visit = VisitRow {
        request: Some(request),
        ..VisitRow::agreed(
            ctx.ids.next(),
            &Meeting::new(
                Default::default(),
                offer.therapist,
                offer.patient,
                offer.starts,
                offer.ends - offer.starts,
            ),
            offer.service,
            now,
        )
    };
    hand_over(tx, offer, Cause::Visit, visit.id.uuid(), None).await?;
    store::visit::insert(tx, &visit).await?;
    let decision = Decision {
        state: approved,
        at: now,
        by: None,
        decline: None,
        words: None,
        visit: Some(visit.id),
    };
    store::request::decide(tx, request, &decision).await?;
    people::service::join_care_team(tx, &*ctx.ids, &ctx.actor, offer.patient, offer.therapist, now).await?;
    steps::note_request(&ctx.house, tx, &asked, Some(RequestState::Proposed), approved, None).await?;
    let scheduled = visit.visit.state.as_str();
    steps::note_visit(&ctx.house, tx, &visit, None, scheduled, now, None).await?;
    let event = events::VisitScheduled {
        visit: visit.id,
        patient: offer.patient,
        therapist: offer.therapist,
    };
    events::push(ctx, tx, &event).await?;
    Ok(TakenAs::Visit(visit.id))
}

/// A request for the offered time, with what the patient said when they joined.
async fn ask(ctx: &Ctx, tx: &mut Tx, offer: &OfferRow, wish: &WishRow, rules: &Parameters) -> Result<TakenAs, Error> {
    let now = ctx.clock.now();
    let open = store::request::open_of(tx, offer.patient, now).await?.len();
    if u32::try_from(open).unwrap_or(u32::MAX) >= rules.open_requests {
        return Err(Error::TooManyRequests);
    }
    let id: RequestId = ctx.ids.next();
    let reason = Text::WishReason
        .open(&ctx.vault, tx, wish.patient, wish.id.uuid(), wish.reason.as_deref())
        .await?;
    let reason = (!reason.is_empty()).then_some(reason.as_str());
    let request = RequestRow {
        id,
        account: ctx.actor.account,
        patient: offer.patient,
        therapist: offer.therapist,
        service: offer.service,
        starts: offer.starts,
        ends: offer.ends,
        request: Request::send(now, offer.starts, rules),
        sent_at: now,
        reason: Text::RequestReason
            .seal(&ctx.vault, tx, now, offer.patient, id.uuid(), reason)
            .await?,
        decline: None,
        words: None,
        visit: None,
    };
    store::request::insert(tx, &request).await?;
    hand_over(tx, offer, Cause::Request, id.uuid(), Some(request.request.expires_at)).await?;
    steps::note_request(&ctx.house, tx, &request, None, RequestState::Pending, None).await?;
    // Nobody was asked anything on this way: where a consent is needed no rule agrees, our team asks for it first.
    let questions = store::prescreen_answers::in_force(tx, offer.service, now).await?;
    let needs_consent = questions.iter().any(Question::is_needed_consent);
    if needs_consent || !agree_by_rule(ctx, tx, &request, rules).await? {
        let event = events::RequestSent {
            request: id,
            patient: offer.patient,
            therapist: offer.therapist,
        };
        events::push(ctx, tx, &event).await?;
    }
    Ok(TakenAs::Request(id))
}

/// The therapist may have gone away since it was offered.
async fn still_present(tx: &mut Tx, offer: &OfferRow) -> Result<(), Error> {
    let absences = store::hours::absences(tx, offer.therapist, offer.starts, offer.ends).await?;
    absences.is_empty().then_some(()).ok_or(Error::OfferOver)
}

/// The offer's claims become those of what it turns into, with no gap to lose the time in.
async fn hand_over(
    tx: &mut Tx,
    offer: &OfferRow,
    cause: Cause,
    id: uuid::Uuid,
    expires_at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Error> {
    let heir = Heir {
        cause,
        id,
        patient: offer.patient,
        expires_at,
    };
    match store::claim::hand_over(tx, offer.id.uuid(), &heir).await? {
        2 => Ok(()),
        _ => Err(Error::OfferOver),
    }
}

fn subject(ctx: &Ctx, offer: &OfferRow) -> Subject {
    role::subject(ctx, Subject::new("waitlist_offer", offer.id.uuid()), offer.patient)
}
