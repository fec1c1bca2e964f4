//! The desk or a therapist proposes other times: they are kept until the patient answers (R12, G4).

use crate::{
    Error,
    model::{Proposal, ProposalId, ProposalState, ProposedTimeId, ServiceId, Side, proposal::MOST_TIMES},
    store::{
        self,
        claim::Cause,
        meeting::{For, Meeting},
        proposal::{Of, ProposalRow, TimeRow},
        request::Decision,
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, IdempotencyKey, PatientId, TherapistId, Tx, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{
    again::again, events, parse, role, rules, sealed::Text, staff_booking, steps, waitlist, wanted_time::WantedTime,
    zones,
};

/// Times for a request or an agreed visit.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    pub of: Of,
    /// Somebody else than the patient asked for; for a request only.
    pub therapist: Option<TherapistId>,
    /// One to three; what was typed is read in the therapist's zone. Empty ones are left out.
    pub times: &'a [WantedTime<'a>],
    /// To the patient, sealed.
    pub words: &'a str,
    pub key: IdempotencyKey,
}

/// What the times are for.
struct Wish {
    patient: PatientId,
    therapist: TherapistId,
    service: ServiceId,
    length: Duration,
}

/// Keeps the times. A request gives its own time back and waits as `proposed`; an agreed visit stays where it is until the
/// patient says yes. What was proposed before is replaced.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`, `TherapistAway`, `NoLicence`, `AlreadyDecided`, `RequestExpired`, `AlreadyDone`, `TooLate` when
/// a time is too near to wait for an answer, `Invalid(starts|date|clock|words)`, `OtherRequest`, `NotFound`.
pub async fn propose_times(ctx: &Ctx, offer: &Offer<'_>) -> Result<ProposalId, Error> {
    again(|| propose(ctx, offer)).await
}

async fn propose(ctx: &Ctx, offer: &Offer<'_>) -> Result<ProposalId, Error> {
    let words = parse::text("words", offer.words, rules::TEXT_LIMIT)?;
    let wanted: Vec<WantedTime<'_>> = offer.times.iter().copied().filter(|time| !time.is_empty()).collect();
    if wanted.is_empty() {
        return Err(Error::invalid("starts", "required"));
    }
    if wanted.len() > MOST_TIMES {
        return Err(Error::invalid("starts", "too_many"));
    }
    let of = match offer.of {
        Of::Request(id) => id.uuid(),
        Of::Visit(id) => id.uuid(),
    };
    let texts: Vec<_> = wanted.iter().map(|time| (time.starts, time.date, time.clock)).collect();
    let asked = ("propose", of, offer.therapist, texts, &words);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, offer.key, &asked).await? {
        return Ok(done);
    }
    stand_in_line(ctx, &mut tx, offer).await?;
    let wish = match offer.of {
        Of::Request(_) => of_request(ctx, &mut tx, offer).await?,
        Of::Visit(_) => of_visit(ctx, &mut tx, offer).await?,
    };
    if let Some(before) = store::proposal::open_of(&mut tx, offer.of).await? {
        end(&mut tx, &before, ProposalState::Replaced, now).await?;
    }

    let pair = staff_booking::pair(&mut tx, wish.patient, wish.therapist, wish.service).await?;
    let zone = zones::parse(&pair.therapist.zone)?;
    let rules = rules::of(&mut tx, wish.service, wish.therapist, now).await?;
    let buffers = rules.buffers(pair.service.buffer_before, pair.service.buffer_after);
    let mut meetings = Vec::with_capacity(wanted.len());
    for time in &wanted {
        let starts = time.instant(zone, now)?;
        meetings.push(Meeting::new(buffers, wish.therapist, wish.patient, starts, wish.length));
    }
    let earliest = meetings.iter().map(|meeting| meeting.starts).min().unwrap_or(now);
    let id: ProposalId = ctx.ids.next();
    let row = ProposalRow {
        id,
        of: offer.of,
        patient: wish.patient,
        therapist: wish.therapist,
        service: wish.service,
        proposal: Proposal::make(now, earliest, &rules).map_err(Error::of_visit)?,
        words: Text::ProposalWords
            .seal(&ctx.vault, &mut tx, now, wish.patient, id.uuid(), words.as_deref())
            .await?,
        created_at: now,
        times: meetings.iter().map(|meeting| time_row(ctx, meeting)).collect(),
    };
    store::proposal::insert(&mut tx, &row).await?;
    for (time, meeting) in row.times.iter().zip(&meetings) {
        staff_booking::require_licence(&mut tx, meeting).await?;
        staff_booking::require_present(&mut tx, meeting, false).await?;
        let what = For {
            cause: Cause::Proposal,
            id: time.id.uuid(),
            until: Some(row.proposal.expires_at),
        };
        store::meeting::take(&mut tx, meeting, what, [ctx.ids.uuid(), ctx.ids.uuid()], false).await?;
    }
    audit::record(
        &mut tx,
        Looked::Created,
        Subject::new("proposal", id.uuid()).of(wish.patient),
    );
    let event = events::TimesProposed {
        proposal: id,
        patient: wish.patient,
        therapist: wish.therapist,
    };
    events::push(ctx, &mut tx, &event).await?;
    idempotency::remember(&mut tx, offer.key, &asked, &id).await?;
    tx.commit().await?;
    Ok(id)
}

/// In line before anything is locked, for everybody whose time is given back or taken.
async fn stand_in_line(ctx: &Ctx, tx: &mut Tx, offer: &Offer<'_>) -> Result<(), Error> {
    let (therapist, patient) = match offer.of {
        Of::Request(id) => {
            role::desk(ctx)?;
            let row = store::request::read(tx, id).await?.ok_or(Error::NotFound)?;
            (row.therapist, row.patient)
        }
        Of::Visit(id) => {
            let row = store::visit::read(tx, id).await?.ok_or(Error::NotFound)?;
            (row.therapist, row.patient)
        }
    };
    let mut holders = vec![therapist.uuid(), patient.uuid()];
    holders.extend(offer.therapist.map(TherapistId::uuid));
    let expired = store::claim::make_way(tx, &holders, ctx.clock.now()).await?;
    events::push_expired(&ctx.house, tx, expired).await
}

fn time_row(ctx: &Ctx, meeting: &Meeting) -> TimeRow {
    let id: ProposedTimeId = ctx.ids.next();
    TimeRow {
        id,
        starts: meeting.starts,
        ends: meeting.ends,
    }
}

/// The request's own time is not possible and goes; the request waits as `proposed`.
async fn of_request(ctx: &Ctx, tx: &mut Tx, offer: &Offer<'_>) -> Result<Wish, Error> {
    role::desk(ctx)?;
    let Of::Request(id) = offer.of else {
        return Err(Error::NotFound);
    };
    let now = ctx.clock.now();
    let row = store::request::lock(tx, id).await?.ok_or(Error::NotFound)?;
    let state = row.request.propose(now).map_err(Error::of_request)?;
    let decision = Decision {
        state,
        at: now,
        by: Some(ctx.actor.account),
        decline: None,
        words: None,
        visit: None,
    };
    store::request::decide(tx, id, &decision).await?;
    store::claim::release(tx, id.uuid(), now).await?;
    waitlist::end_of_request(ctx, tx, id).await?;
    steps::note_request(&ctx.house, tx, &row, Some(row.request.state), state, None).await?;
    Ok(Wish {
        patient: row.patient,
        therapist: offer.therapist.unwrap_or(row.therapist),
        service: row.service,
        length: row.ends - row.starts,
    })
}

/// The visit stays as it is; nobody else takes over in this way, because the patient alone could not agree to that.
async fn of_visit(ctx: &Ctx, tx: &mut Tx, offer: &Offer<'_>) -> Result<Wish, Error> {
    let Of::Visit(id) = offer.of else {
        return Err(Error::NotFound);
    };
    let row = store::visit::lock(tx, id).await?.ok_or(Error::NotFound)?;
    let own = ctx.actor.therapist() == Some(row.therapist);
    if (!own && role::desk(ctx).is_err()) || offer.therapist.is_some_and(|other| other != row.therapist) {
        return Err(Error::NotFound);
    }
    let rules = rules::of(tx, row.service, row.therapist, ctx.clock.now()).await?;
    row.visit
        .reschedule(ctx.clock.now(), &rules, Side::Staff)
        .map_err(Error::of_visit)?;
    Ok(Wish {
        patient: row.patient,
        therapist: row.therapist,
        service: row.service,
        length: row.visit.ends - row.visit.starts,
    })
}

/// What was proposed for visits that move or are cancelled is over: no tap moves them again, and its times are given back, so
/// that a visit may move to one of them.
pub async fn end_of_visits(tx: &mut Tx, visits: &[VisitId], now: DateTime<Utc>) -> Result<(), Error> {
    Ok(store::proposal::end_of_visits(tx, visits, ProposalState::Replaced, now).await?)
}

/// Ends a proposal and gives all its times back.
pub async fn end(tx: &mut Tx, row: &ProposalRow, state: ProposalState, now: DateTime<Utc>) -> Result<(), Error> {
    store::proposal::answer(tx, row.id, state, now).await?;
    for time in &row.times {
        store::claim::release(tx, time.id.uuid(), now).await?;
    }
    Ok(())
}
