//! The patient answers a proposal: one tap takes a time, another says that none fits.

use crate::{
    Error,
    model::{ProposalId, ProposalState, ProposedTimeId, RequestState, Side},
    store::{
        self,
        claim::{Cause, Heir},
        history::Moved,
        meeting::Meeting,
        proposal::{Of, ProposalRow, TimeRow},
        request::{Decision, RequestRow},
        visit::VisitRow,
    },
};
use kernel::{
    Ctx, IdempotencyKey, RequestId, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};
use serde::{Deserialize, Serialize};

use super::{
    again::again,
    events,
    history::{self, Mark},
    propose_times::end,
    role, rules, steps,
};

/// The chosen time becomes the visit's: of the request a new one, of an agreed visit its own. Answers which.
///
/// # Errors
/// `ProposalOver` when the times are no longer kept, `NoLicence`, `TooLate`, `AlreadyDone`, `OtherRequest`, `NotFound`.
pub async fn accept_proposal(
    ctx: &Ctx,
    proposal: ProposalId,
    time: ProposedTimeId,
    key: IdempotencyKey,
) -> Result<VisitId, Error> {
    again(|| accept(ctx, proposal, time, key)).await
}

async fn accept(ctx: &Ctx, id: ProposalId, time: ProposedTimeId, key: IdempotencyKey) -> Result<VisitId, Error> {
    let asked = ("accept", id, time);
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, key, &asked).await? {
        return Ok(done);
    }
    let row = waiting(ctx, &mut tx, id).await?;
    let chosen = row
        .times
        .iter()
        .find(|one| one.id == time)
        .copied()
        .ok_or(Error::NotFound)?;
    store::proposal::choose(&mut tx, time).await?;
    let visit = match row.of {
        Of::Request(request) => agree(ctx, &mut tx, &row, chosen, request).await?,
        Of::Visit(visit) => reschedule(ctx, &mut tx, &row, chosen, visit).await?,
    };
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("visit", visit.uuid()), row.patient),
    );
    idempotency::remember(&mut tx, key, &asked, &visit).await?;
    tx.commit().await?;
    Ok(visit)
}

/// What became of a proposal that was declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Declined {
    /// The request is withdrawn with it.
    Request(RequestId),
    /// The visit stays where it was.
    Visit(VisitId),
}

/// None of the times fits: they are given back.
///
/// # Errors
/// `ProposalOver`, `OtherRequest`, `NotFound`.
pub async fn decline_proposal(ctx: &Ctx, id: ProposalId, key: IdempotencyKey) -> Result<Declined, Error> {
    again(|| decline(ctx, id, key)).await
}

async fn decline(ctx: &Ctx, id: ProposalId, key: IdempotencyKey) -> Result<Declined, Error> {
    let asked = ("decline_proposal", id);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, key, &asked).await? {
        return Ok(done);
    }
    let row = waiting(ctx, &mut tx, id).await?;
    end(&mut tx, &row, ProposalState::Declined, now).await?;
    let declined = match row.of {
        Of::Request(request) => {
            let asked = store::request::lock(&mut tx, request).await?.ok_or(Error::NotFound)?;
            let state = asked.request.withdraw(now).map_err(Error::of_request)?;
            decide(ctx, &mut tx, &asked, state, None).await?;
            let event = events::RequestWithdrawn {
                request,
                patient: row.patient,
            };
            events::push(ctx, &mut tx, &event).await?;
            Declined::Request(request)
        }
        Of::Visit(visit) => {
            let agreed = store::visit::lock(&mut tx, visit).await?.ok_or(Error::NotFound)?;
            let mark = Mark {
                to: history::KEPT,
                why: None,
                words: None,
                moved: None,
            };
            history::mark(ctx, &mut tx, &agreed, mark).await?;
            Declined::Visit(visit)
        }
    };
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("proposal", id.uuid()), row.patient),
    );
    idempotency::remember(&mut tx, key, &asked, &declined).await?;
    tx.commit().await?;
    Ok(declined)
}

/// The proposal, locked, if it waits for this actor's answer.
async fn waiting(ctx: &Ctx, tx: &mut Tx, id: ProposalId) -> Result<ProposalRow, Error> {
    role::patient_side(ctx)?;
    let seen = store::proposal::read(tx, id).await?.ok_or(Error::NotFound)?;
    // In line before anything is locked. What ends by time meanwhile, this one among it, ends.
    let holders = [seen.therapist.uuid(), seen.patient.uuid()];
    let expired = store::claim::make_way(tx, &holders, ctx.clock.now()).await?;
    events::push_expired(&ctx.house, tx, expired).await?;
    // The visit before what is proposed for it, as whoever moves or cancels it does.
    if let Of::Visit(visit) = seen.of {
        store::visit::lock(tx, visit).await?.ok_or(Error::NotFound)?;
    }
    let row = store::proposal::lock(tx, id).await?.ok_or(Error::NotFound)?;
    role::acting_for(ctx, tx, row.patient).await?;
    row.proposal.answer(ctx.clock.now()).map_err(|_| Error::ProposalOver)?;
    Ok(row)
}

/// The request becomes a visit at the chosen time.
async fn agree(
    ctx: &Ctx,
    tx: &mut Tx,
    row: &ProposalRow,
    chosen: TimeRow,
    request: RequestId,
) -> Result<VisitId, Error> {
    let now = ctx.clock.now();
    let asked = store::request::lock(tx, request).await?.ok_or(Error::NotFound)?;
    let state = asked.request.approve(now).map_err(Error::of_request)?;
    let id: VisitId = ctx.ids.next();
    let heir = Heir {
        cause: Cause::Visit,
        id: id.uuid(),
        patient: row.patient,
        expires_at: None,
    };
    if store::claim::hand_over(tx, chosen.id.uuid(), &heir).await? != 2 {
        return Err(Error::ProposalOver);
    }
    end(tx, row, ProposalState::Accepted, now).await?;
    let meeting = meeting(ctx, tx, row, chosen).await?;
    let visit = VisitRow {
        request: Some(request),
        ..VisitRow::agreed(id, &meeting, row.service, now)
    };
    store::visit::insert(tx, &visit).await?;
    decide(ctx, tx, &asked, state, Some(id)).await?;
    people::service::join_care_team(tx, &*ctx.ids, &ctx.actor, row.patient, row.therapist, now).await?;
    let scheduled = visit.visit.state.as_str();
    steps::note_visit(&ctx.house, tx, &visit, None, scheduled, now, None).await?;
    let event = events::VisitScheduled {
        visit: id,
        patient: row.patient,
        therapist: row.therapist,
    };
    events::push(ctx, tx, &event).await?;
    Ok(id)
}

/// The agreed visit moves to the chosen time, also after the cut-off: the clinic asked for it (G12).
async fn reschedule(
    ctx: &Ctx,
    tx: &mut Tx,
    row: &ProposalRow,
    chosen: TimeRow,
    visit: VisitId,
) -> Result<VisitId, Error> {
    let now = ctx.clock.now();
    let agreed = store::visit::lock(tx, visit).await?.ok_or(Error::NotFound)?;
    if agreed.therapist != row.therapist {
        // Somebody else took over meanwhile: these times are of whoever does not meet the patient any more.
        return Err(Error::ProposalOver);
    }
    let rules = rules::of(tx, row.service, row.therapist, now).await?;
    agreed
        .visit
        .reschedule(now, &rules, Side::Staff)
        .map_err(Error::of_visit)?;
    let meeting = meeting(ctx, tx, row, chosen).await?;
    // Given back and taken again in one transaction, with both holders locked: nobody comes in between.
    end(tx, row, ProposalState::Accepted, now).await?;
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
        patient: row.patient,
        therapist: row.therapist,
    };
    events::push(ctx, tx, &event).await?;
    Ok(visit)
}

async fn meeting(ctx: &Ctx, tx: &mut Tx, row: &ProposalRow, chosen: TimeRow) -> Result<Meeting, Error> {
    let service = store::catalog::one(tx, row.service).await?.ok_or(Error::NotFound)?;
    let rules = rules::of(tx, row.service, row.therapist, ctx.clock.now()).await?;
    let buffers = rules.buffers(service.buffer_before, service.buffer_after);
    let length = chosen.ends - chosen.starts;
    Ok(Meeting::new(buffers, row.therapist, row.patient, chosen.starts, length))
}

async fn decide(
    ctx: &Ctx,
    tx: &mut Tx,
    asked: &RequestRow,
    state: RequestState,
    visit: Option<VisitId>,
) -> Result<(), Error> {
    let decision = Decision {
        state,
        at: ctx.clock.now(),
        by: None,
        decline: None,
        words: None,
        visit,
    };
    store::request::decide(tx, asked.id, &decision).await?;
    steps::note_request(&ctx.house, tx, asked, Some(asked.request.state), state, None).await
}
