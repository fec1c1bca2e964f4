//! A person chooses a time: it is kept for five minutes while they say why they want it (G1, G2).

use crate::{
    Error,
    model::{Hold, HoldId, HoldState, ServiceId},
    store::{
        self,
        catalog::Service,
        claim::{Cause, Claim},
        hold::HoldRow,
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, PatientId, TherapistId, Tx,
    audit::{self, Looked, Subject},
};
use people::{PatientCard, PatientKind};

use super::{
    RULES, events,
    free::{self, FreeTimes},
    role,
    sealed::Text,
    therapist_times::why_closed,
};
use crate::model::Line;

/// Keeps `starts` of `therapist` for `patient`. Whatever the account kept before is let go.
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
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let wish = Wish {
        therapist,
        service,
        starts,
        patient,
    };
    let hold = take(ctx, &mut tx, &wish, None).await?;
    tx.commit().await?;
    Ok(hold)
}

/// Takes the time of an expired hold again, with what was typed.
///
/// # Errors
/// As `take_hold`; `HoldOver` when it was sent.
pub async fn retake_hold(ctx: &Ctx, hold: HoldId) -> Result<HoldId, Error> {
    role::patient_side(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let old = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    match old.hold.at(ctx.clock.now()) {
        // A second press: it is still kept.
        HoldState::Active => return Ok(old.id),
        HoldState::Converted => return Err(Error::HoldOver),
        HoldState::Expired | HoldState::Released => {}
    }
    let reason = Text::HoldReason
        .open(&ctx.vault, &mut tx, old.patient, old.id.uuid(), old.reason.as_deref())
        .await?;
    let wish = Wish {
        therapist: old.therapist,
        service: old.service,
        starts: old.starts,
        patient: old.patient,
    };
    let fresh = take(
        ctx,
        &mut tx,
        &wish,
        Some(reason.as_str()).filter(|text| !text.is_empty()),
    )
    .await?;
    store::hold::set_reason(&mut tx, old.id, None).await?;
    tx.commit().await?;
    Ok(fresh)
}

struct Wish {
    therapist: TherapistId,
    service: ServiceId,
    starts: DateTime<Utc>,
    patient: PatientId,
}

async fn take(ctx: &Ctx, tx: &mut Tx, wish: &Wish, reason: Option<&str>) -> Result<HoldId, Error> {
    let now = ctx.clock.now();
    role::acting_for(ctx, tx, wish.patient).await?;
    let patient = people::service::patient_card(tx, wish.patient)
        .await?
        .ok_or(Error::NotFound)?;
    let service = offered(ctx, tx, wish, &patient).await?;

    let holders = [wish.therapist.uuid(), wish.patient.uuid(), ctx.actor.account.uuid()];
    let expired = store::claim::make_way(tx, &holders, now).await?;
    events::push_expired(&ctx.house, tx, expired).await?;
    store::hold::drop_running(tx, ctx.actor.account, now).await?;

    let id: HoldId = ctx.ids.next();
    let row = HoldRow {
        id,
        account: ctx.actor.account,
        patient: wish.patient,
        therapist: wish.therapist,
        service: wish.service,
        starts: wish.starts,
        ends: wish.starts + Duration::minutes(i64::from(service.minutes)),
        hold: Hold::start(now, &RULES),
        reason: Text::HoldReason
            .seal(&ctx.vault, tx, now, wish.patient, id.uuid(), reason)
            .await?,
        request: None,
    };
    store::hold::insert(tx, &row, now).await?;
    claim_both(ctx, tx, &row, &service).await?;
    audit::record(
        tx,
        Looked::Created,
        role::subject(ctx, Subject::new("hold", id.uuid()), wish.patient),
    );
    Ok(id)
}

/// Everything that decides whether this may be booked, except whether it is taken (G2).
async fn offered(ctx: &Ctx, tx: &mut Tx, wish: &Wish, patient: &PatientCard) -> Result<Service, Error> {
    let now = ctx.clock.now();
    let therapist = people::service::therapist_card(tx, wish.therapist)
        .await?
        .ok_or(Error::NotFound)?;
    match why_closed(tx, &therapist, patient).await? {
        Some("no_licence") => return Err(Error::NoLicence),
        Some(_) => return Err(Error::NotAccepting),
        None => {}
    }
    let service = store::catalog::offered_by(tx, wish.therapist)
        .await?
        .into_iter()
        .find(|service| service.id == wish.service && fits(service, patient.kind))
        .ok_or(Error::NotFound)?;
    let around = Duration::days(2);
    let times = store::free_time::load(
        tx,
        &[wish.therapist.uuid()],
        wish.starts - around,
        wish.starts + around,
        now,
    )
    .await?;
    let grid = free::grid(&service, now, &RULES);
    let offers = times
        .first()
        .is_some_and(|time| FreeTimes::new(time, &[], grid).offers(wish.starts));
    if offers { Ok(service) } else { Err(Error::SlotTaken) }
}

/// Children book child therapy, adults mental health.
pub fn fits(service: &Service, kind: PatientKind) -> bool {
    match kind {
        PatientKind::Child => service.line == Line::ChildTherapy,
        PatientKind::Adult => service.line == Line::MentalHealth,
    }
}

/// Claims the therapist's time with buffers and the patient's without.
async fn claim_both(ctx: &Ctx, tx: &mut Tx, hold: &HoldRow, service: &Service) -> Result<(), Error> {
    let minutes = |number: u16| Duration::minutes(i64::from(number));
    let mut claim = Claim {
        id: ctx.ids.uuid(),
        holder: hold.therapist.uuid(),
        therapist: hold.therapist,
        patient: hold.patient,
        from: hold.starts - minutes(service.buffer_before),
        until: hold.ends + minutes(service.buffer_after),
        cause: Cause::Hold,
        cause_id: hold.id.uuid(),
        expires_at: Some(hold.hold.expires_at),
    };
    store::claim::take(tx, &claim, Error::SlotTaken).await?;
    claim.id = ctx.ids.uuid();
    claim.holder = hold.patient.uuid();
    (claim.from, claim.until) = (hold.starts, hold.ends);
    store::claim::take(tx, &claim, Error::PatientBusy).await
}
