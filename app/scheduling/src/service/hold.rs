//! The kept time while the form is open: look at it, prolong it, let it go, keep what was typed.

use crate::{
    Error,
    api::view::{HoldView, OpenRequestView, Person},
    model::{HoldId, HoldState, Request},
    store::{self, hold::HoldRow},
};
use chrono::Duration;
use kernel::{
    Ctx, PatientId, TherapistId, Tx,
    audit::{self, Looked, Subject},
};
use people::PatientKind;

use super::{
    again::again,
    cast::{Cast, own_people, service_view},
    parse, prescreen, role, rules,
    sealed::Text,
    take_hold::fits,
    therapist_times, zones,
};

/// # Errors
/// `NotFound` for a hold that is not the reader's.
pub async fn get_hold(ctx: &Ctx, hold: HoldId) -> Result<HoldView, Error> {
    get_hold_for(ctx, hold, None).await
}

/// The same with the form for somebody else of the reader's people; for the one it is kept for, where that is nobody to choose.
///
/// # Errors
/// `NotFound` for a hold that is not the reader's.
pub async fn get_hold_for(ctx: &Ctx, hold: HoldId, for_patient: Option<PatientId>) -> Result<HoldView, Error> {
    role::patient_side(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::hold::read(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    let view = view(ctx, &mut tx, row.clone()).await?;
    let chosen = for_patient
        .filter(|chosen| view.people.iter().any(|one| one.patient == *chosen))
        .unwrap_or(row.patient);
    let asked = match row.hold.at(ctx.clock.now()) {
        HoldState::Active => prescreen::asked(ctx, &mut tx, &row, chosen).await?,
        _ => None,
    };
    let view = HoldView { chosen, asked, ..view };
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::new("hold", hold.uuid()), view.person.patient),
    );
    tx.commit().await?;
    Ok(view)
}

/// The reader's running hold, for the bar above the times.
pub async fn running(ctx: &Ctx, tx: &mut Tx) -> Result<Option<HoldView>, Error> {
    let Some(id) = store::hold::running(tx, ctx.actor.account, ctx.clock.now()).await? else {
        return Ok(None);
    };
    match store::hold::read(tx, id).await? {
        Some(row) => view(ctx, tx, row).await.map(Some),
        None => Ok(None),
    }
}

async fn view(ctx: &Ctx, tx: &mut Tx, row: HoldRow) -> Result<HoldView, Error> {
    let now = ctx.clock.now();
    let everybody = own_people(tx, &ctx.actor, now).await?;
    let open = store::request::open_of(tx, row.patient, now).await?;
    let therapists = open.iter().map(|request| request.therapist).chain([row.therapist]);
    let cast = Cast::load(tx, [row.patient], therapists).await?.read_by(&everybody);
    let rules = rules::of(tx, row.service, row.therapist, now).await?;
    let service = cast.service(row.service)?;
    let zone = cast.patient_zone(row.patient)?;
    let state = row.hold.at(now);
    let starts = if state == HoldState::Expired {
        therapist_times::starts(ctx, tx, row.therapist, row.patient, service).await?
    } else {
        Vec::new()
    };
    let reason = Text::HoldReason
        .open(&ctx.vault, tx, row.patient, row.id.uuid(), row.reason.as_deref())
        .await?;
    let kind_of = |person: &Person| {
        if person.child {
            PatientKind::Child
        } else {
            PatientKind::Adult
        }
    };
    Ok(HoldView {
        hold: row.id,
        state,
        expires_at: row.hold.expires_at,
        server_now: now,
        person: cast.person(row.patient),
        chosen: row.patient,
        people: everybody
            .into_iter()
            .filter(|person| person.patient != row.patient && fits(service, kind_of(person)))
            .collect(),
        therapist: cast.face(row.therapist),
        service: service_view(service),
        when: zones::when(zone, row.starts, row.ends),
        reason,
        asked: None,
        reason_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
        can_extend: rules.hold_extension > Duration::zero() && row.hold.extend(now, &rules).is_ok(),
        still_free: starts.binary_search(&row.starts.timestamp()).is_ok(),
        nearest: therapist_times::nearest(&starts, row.starts, zone),
        request: row.request,
        answer_by: zones::moment(zone, Request::send(now, row.starts, &rules).expires_at),
        open_requests: open
            .iter()
            .map(|request| OpenRequestView {
                request: request.id,
                therapist: cast.face(request.therapist),
                when: zones::when(zone, request.starts, request.ends),
            })
            .collect(),
        open_limit: rules.open_requests,
        key: ctx.ids.next(),
    })
}

/// Keeps it longer, once.
///
/// # Errors
/// `HoldExpired`, `HoldOver`, `NotFound`.
pub async fn extend_hold(ctx: &Ctx, hold: HoldId) -> Result<(), Error> {
    again(|| extend(ctx, hold)).await
}

async fn extend(ctx: &Ctx, hold: HoldId) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::claim::stand_in_line(&mut tx, hold.uuid()).await?;
    let row = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    let now = ctx.clock.now();
    let rules = rules::of(&mut tx, row.service, row.therapist, now).await?;
    let longer = row.hold.extend(now, &rules).map_err(Error::of_hold)?;
    store::hold::set(&mut tx, hold, &longer).await?;
    store::claim::prolong(&mut tx, hold.uuid(), longer.expires_at).await?;
    changed(ctx, &mut tx, &row);
    tx.commit().await?;
    Ok(())
}

/// Lets the time go. Doing it twice, or after its end, changes nothing. Answers whose time it was.
///
/// # Errors
/// `NotFound`.
pub async fn release_hold(ctx: &Ctx, hold: HoldId) -> Result<TherapistId, Error> {
    again(|| release(ctx, hold)).await
}

async fn release(ctx: &Ctx, hold: HoldId) -> Result<TherapistId, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    if let Ok(released) = row.hold.release(now) {
        store::hold::set(&mut tx, hold, &released).await?;
        store::claim::release(&mut tx, hold.uuid(), now).await?;
        changed(ctx, &mut tx, &row);
        tx.commit().await?;
    }
    Ok(row.therapist)
}

/// Keeps what was typed so far, sealed; also after the time is over, so that nothing typed is lost.
///
/// # Errors
/// `Invalid`, `HoldOver` once it is sent, `NotFound`.
pub async fn save_reason(ctx: &Ctx, hold: HoldId, reason: &str) -> Result<(), Error> {
    again(|| keep_reason(ctx, hold, reason)).await
}

async fn keep_reason(ctx: &Ctx, hold: HoldId, reason: &str) -> Result<(), Error> {
    role::patient_side(ctx)?;
    let reason = parse::text("reason", reason, rules::TEXT_LIMIT)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::hold::lock(&mut tx, hold).await?.ok_or(Error::NotFound)?;
    if row.hold.state == HoldState::Converted {
        return Err(Error::HoldOver);
    }
    let sealed = Text::HoldReason
        .seal(
            &ctx.vault,
            &mut tx,
            ctx.clock.now(),
            row.patient,
            hold.uuid(),
            reason.as_deref(),
        )
        .await?;
    store::hold::set_reason(&mut tx, hold, sealed.as_deref()).await?;
    changed(ctx, &mut tx, &row);
    tx.commit().await?;
    Ok(())
}

fn changed(ctx: &Ctx, tx: &mut Tx, row: &HoldRow) {
    audit::record(
        tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("hold", row.id.uuid()), row.patient),
    );
}
