//! A person chooses a time: it is kept for some minutes while they say why they want it (G1, G2).

use crate::{
    Error,
    model::{Hold, HoldId, HoldState, Line, ServiceId},
    store::{
        self,
        catalog::Service,
        claim::{Cause, Claim},
        hold::HoldRow,
        place::{Offered, Wish},
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, PatientId, TherapistId, Tx,
    audit::{self, Entries, Looked, Subject},
};
use people::{PatientKind, Scope};

use super::{
    again::again,
    free::{self, FreeTimes},
    hold::save_reason,
    role,
    sealed::Text,
};

/// How long after its hold ended an unsent draft is still carried on, and kept at all.
pub const DRAFT_KEPT: Duration = Duration::days(1);

/// Keeps `starts` of `therapist` for `patient`. Whatever the account kept before is let go; what it typed for this patient
/// and never sent comes along.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`, `NoLicence`, `NotAccepting`, `NotFound`.
pub async fn take_hold(
    ctx: &Ctx,
    therapist: TherapistId,
    service: ServiceId,
    starts: DateTime<Utc>,
    patient: PatientId,
) -> Result<HoldId, Error> {
    role::patient_side(ctx)?;
    let wish = Wish {
        therapist,
        service,
        starts,
        patient,
    };
    again(|| take_at_once(ctx, wish)).await
}

/// Two round trips, one to ask and one to take. Only a draft that comes along needs a transaction around them.
async fn take_at_once(ctx: &Ctx, wish: Wish) -> Result<HoldId, Error> {
    let (actor, now) = (ctx.actor, ctx.clock.now());
    let (mut once, offered) = ctx
        .db
        .once(move |conn| Box::pin(store::place::offered(conn, actor, wish, now, now - DRAFT_KEPT)))
        .await?;
    let offered = bookable(ctx, &wish, offered)?;
    if offered.draft.is_some() {
        drop(once);
        let mut tx = ctx.db.begin(&ctx.actor).await?;
        let hold = take(ctx, &mut tx, wish, None).await?;
        tx.commit().await?;
        return Ok(hold);
    }
    let row = hold(ctx, &wish, &offered, ctx.ids.next(), None);
    let (therapist, patient) = claims(ctx, &row, &offered);
    once.record(Looked::Created, subject(ctx, &row));
    let entries = once.entries()?;
    store::place::place(&mut once, actor, &entries, &row, (&therapist, &patient), now).await?;
    Ok(row.id)
}

/// Takes the time of an expired hold again, with what was typed. `typed`: the text as the form has it now; it is kept by
/// itself and first, so that it is there whether or not the time still is.
///
/// # Errors
/// As `take_hold`; `HoldOver` when it was sent, `Invalid` at the text.
pub async fn retake_hold(ctx: &Ctx, hold: HoldId, typed: Option<&str>) -> Result<HoldId, Error> {
    role::patient_side(ctx)?;
    if let Some(reason) = typed {
        save_reason(ctx, hold, reason).await?;
    }
    again(|| retake(ctx, hold)).await
}

async fn retake(ctx: &Ctx, hold: HoldId) -> Result<HoldId, Error> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::claim::stand_in_line(&mut tx, hold.uuid()).await?;
    let old = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    match old.hold.at(ctx.clock.now()) {
        // A second press: it is still kept.
        HoldState::Active => return Ok(old.id),
        HoldState::Converted => return Err(Error::HoldOver),
        HoldState::Expired | HoldState::Released => {}
    }
    let wish = Wish {
        therapist: old.therapist,
        service: old.service,
        starts: old.starts,
        patient: old.patient,
    };
    let draft = old.reason.map(|sealed| (old.id, sealed));
    let fresh = take(ctx, &mut tx, wish, draft).await?;
    tx.commit().await?;
    Ok(fresh)
}

/// `draft`: the text to carry on; else the last one of this account and patient that was never sent.
async fn take(ctx: &Ctx, tx: &mut Tx, wish: Wish, draft: Option<(HoldId, Vec<u8>)>) -> Result<HoldId, Error> {
    let now = ctx.clock.now();
    let offered = store::place::offered(tx, ctx.actor, wish, now, now - DRAFT_KEPT).await?;
    let mut offered = bookable(ctx, &wish, offered)?;
    let id: HoldId = ctx.ids.next();
    let reason = match draft.or(offered.draft.take()) {
        Some((old, sealed)) => move_draft(ctx, tx, wish.patient, (old, &sealed), id).await?,
        None => None,
    };
    let row = hold(ctx, &wish, &offered, id, reason);
    let (therapist, patient) = claims(ctx, &row, &offered);
    store::place::place(tx, ctx.actor, &Entries::NONE, &row, (&therapist, &patient), now).await?;
    audit::record(tx, Looked::Created, subject(ctx, &row));
    Ok(id)
}

fn hold(ctx: &Ctx, wish: &Wish, offered: &Offered, id: HoldId, reason: Option<Vec<u8>>) -> HoldRow {
    HoldRow {
        id,
        patient: wish.patient,
        therapist: wish.therapist,
        service: wish.service,
        starts: wish.starts,
        ends: wish.starts + Duration::minutes(i64::from(offered.service.minutes)),
        hold: Hold::start(ctx.clock.now(), &offered.rules),
        reason,
        request: None,
    }
}

fn subject(ctx: &Ctx, hold: &HoldRow) -> Subject {
    role::subject(ctx, Subject::new("hold", hold.id.uuid()), hold.patient)
}

/// Everything that decides whether this may be booked, except whether it is taken (G2).
fn bookable(ctx: &Ctx, wish: &Wish, offered: Vec<Offered>) -> Result<Offered, Error> {
    let now = ctx.clock.now();
    let offered = offered
        .into_iter()
        .find(|offered| offered.link.covers(Scope::Book, now))
        .ok_or(Error::NotFound)?;
    if !offered.licensed {
        return Err(Error::NoLicence);
    }
    if !offered.welcome {
        return Err(Error::NotAccepting);
    }
    if !offered.admitted || !fits(&offered.service, offered.kind) {
        return Err(Error::NotFound);
    }
    let grid = free::grid(&offered.service, now, &offered.rules);
    if FreeTimes::new(&offered.time, &[], grid).offers(wish.starts) {
        Ok(offered)
    } else {
        Err(Error::SlotTaken)
    }
}

/// Children book child therapy, adults mental health.
pub fn fits(service: &Service, kind: PatientKind) -> bool {
    match kind {
        PatientKind::Child => service.line == Line::ChildTherapy,
        PatientKind::Adult => service.line == Line::MentalHealth,
    }
}

/// A text is sealed for its place: it is opened at the old hold, sealed for the new one, and gone from the old.
async fn move_draft(
    ctx: &Ctx,
    tx: &mut Tx,
    patient: PatientId,
    (old, sealed): (HoldId, &[u8]),
    new: HoldId,
) -> Result<Option<Vec<u8>>, Error> {
    let text = Text::HoldReason
        .open(&ctx.vault, tx, patient, old.uuid(), Some(sealed))
        .await?;
    store::hold::set_reason(tx, old, None).await?;
    Text::HoldReason
        .seal(&ctx.vault, tx, ctx.clock.now(), patient, new.uuid(), Some(&text))
        .await
}

/// The therapist's time with buffers and the patient's without.
fn claims(ctx: &Ctx, hold: &HoldRow, offered: &Offered) -> (Claim, Claim) {
    let service = &offered.service;
    let (before, after) = offered.rules.buffers(service.buffer_before, service.buffer_after);
    let claim = |holder, from, until| Claim {
        id: ctx.ids.uuid(),
        holder,
        therapist: hold.therapist,
        patient: hold.patient,
        from,
        until,
        cause: Cause::Hold,
        cause_id: hold.id.uuid(),
        expires_at: Some(hold.hold.expires_at),
    };
    (
        claim(hold.therapist.uuid(), hold.starts - before, hold.ends + after),
        claim(hold.patient.uuid(), hold.starts, hold.ends),
    )
}
