//! Staff plan a visit: it needs no approval (R12, R37).

use crate::{
    Error,
    api::view::SlotView,
    model::ServiceId,
    store::{
        self,
        claim::Cause,
        meeting::{For, Meeting},
        visit::VisitRow,
    },
};
use chrono::Duration;
use kernel::{
    Ctx, IdempotencyKey, PatientId, Role, TherapistId, VisitId,
    audit::{self, Looked, Subject},
    idempotency,
};
use serde::{Deserialize, Serialize};

use super::{
    again::again,
    around, events,
    move_visit::note_overbooked,
    overbook::Overbook,
    parse, rules,
    sealed::Text,
    staff_booking::{pair, require_licence, require_present},
    steps,
    wanted_time::WantedTime,
    zones,
};

/// The shortest and the longest visit somebody may type, in minutes. Our own choice.
const LENGTHS: std::ops::RangeInclusive<u16> = 5..=480;

/// A visit as its form sends it.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub patient: PatientId,
    /// The desk says who; a therapist plans for themself.
    pub therapist: Option<TherapistId>,
    pub service: ServiceId,
    /// What was typed is read in the therapist's zone.
    pub time: WantedTime<'a>,
    /// Minutes; empty for the length of the service.
    pub minutes: &'a str,
    /// Words to the patient, sealed.
    pub message: &'a str,
    /// A code of `OverbookReason`, or empty.
    pub overbook: &'a str,
    pub overbook_words: &'a str,
    pub key: IdempotencyKey,
}

/// What was planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub visit: VisitId,
    pub overbooked: bool,
}

/// # Errors
/// `SlotTaken`, `PatientBusy`, `TherapistAway`, `NoLicence`, `Invalid`, `OtherRequest`; `NotFound` for other roles and for
/// somebody else's patients.
pub async fn plan_visit(ctx: &Ctx, plan: &Plan<'_>) -> Result<Planned, Error> {
    again(|| carry_out(ctx, plan)).await
}

async fn carry_out(ctx: &Ctx, plan: &Plan<'_>) -> Result<Planned, Error> {
    let therapist = whose(ctx, plan.therapist)?;
    let overbook = Overbook::parse(plan.overbook, plan.overbook_words)?;
    let message = parse::text("message", plan.message, rules::TEXT_LIMIT)?;
    let minutes = minutes(plan.minutes)?;
    let time = plan.time;
    let asked = (
        "plan",
        (plan.patient, therapist, plan.service),
        (time.starts, time.date, time.clock, minutes),
        &message,
        &overbook,
    );
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, plan.key, &asked).await? {
        return Ok(done);
    }
    let pair = pair(&mut tx, plan.patient, therapist, plan.service).await?;
    let starts = time.instant(zones::parse(&pair.therapist.zone)?, now)?;
    let length = Duration::minutes(i64::from(minutes.unwrap_or(pair.service.minutes)));
    let rules = rules::of(&mut tx, plan.service, therapist, now).await?;
    let buffers = rules.buffers(pair.service.buffer_before, pair.service.buffer_after);
    let meeting = Meeting::new(buffers, therapist, plan.patient, starts, length);
    require_licence(&mut tx, &meeting).await?;
    require_present(&mut tx, &meeting, overbook.is_some()).await?;
    let holders = [therapist.uuid(), plan.patient.uuid()];
    let expired = store::claim::make_way(&mut tx, &holders, now).await?;
    events::push_expired(&ctx.house, &mut tx, expired).await?;

    let id: VisitId = ctx.ids.next();
    let what = For {
        cause: Cause::Visit,
        id: id.uuid(),
        until: None,
    };
    let claims = [ctx.ids.uuid(), ctx.ids.uuid()];
    let overbooked = store::meeting::take(&mut tx, &meeting, what, claims, overbook.is_some()).await?;
    let row = VisitRow {
        message: Text::VisitMessage
            .seal(&ctx.vault, &mut tx, now, plan.patient, id.uuid(), message.as_deref())
            .await?,
        ..VisitRow::agreed(id, &meeting, plan.service, now)
    };
    store::visit::insert(&mut tx, &row).await?;
    if ctx.actor.role == Role::Liaison {
        people::service::join_care_team(&mut tx, &*ctx.ids, &ctx.actor, plan.patient, therapist, now).await?;
    }
    let scheduled = row.visit.state.as_str();
    steps::note_visit(&ctx.house, &mut tx, &row, None, scheduled, now, None).await?;
    if let Some(overbook) = overbook.as_ref().filter(|_| overbooked) {
        note_overbooked(ctx, &mut tx, &row, overbook).await?;
    }
    audit::record(
        &mut tx,
        Looked::Created,
        Subject::new("visit", id.uuid()).of(plan.patient),
    );
    let event = events::VisitScheduled {
        visit: id,
        patient: plan.patient,
        therapist,
    };
    events::push(ctx, &mut tx, &event).await?;
    let planned = Planned { visit: id, overbooked };
    idempotency::remember(&mut tx, plan.key, &asked, &planned).await?;
    tx.commit().await?;
    Ok(planned)
}

/// The free times nearest to a plan that was refused.
///
/// # Errors
/// As `plan_visit`.
pub async fn nearest_to_plan(ctx: &Ctx, plan: &Plan<'_>) -> Result<Vec<SlotView>, Error> {
    let therapist = whose(ctx, plan.therapist)?;
    let minutes = minutes(plan.minutes)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let pair = pair(&mut tx, plan.patient, therapist, plan.service).await?;
    let zone = zones::parse(&pair.therapist.zone)?;
    let starts = plan.time.instant(zone, ctx.clock.now())?;
    let length = Duration::minutes(i64::from(minutes.unwrap_or(pair.service.minutes)));
    let rules = rules::of(&mut tx, plan.service, therapist, ctx.clock.now()).await?;
    let buffers = rules.buffers(pair.service.buffer_before, pair.service.buffer_after);
    let meeting = Meeting::new(buffers, therapist, plan.patient, starts, length);
    let starts = around::starts(ctx, &mut tx, &pair.service, &rules, &meeting, None).await?;
    audit::record(
        &mut tx,
        Looked::Read,
        Subject::new("free_times", therapist.uuid()).of(plan.patient),
    );
    tx.commit().await?;
    Ok(around::nearest(&starts, meeting.starts, zone))
}

/// Whose calendar it goes into: a therapist's own, or the one a liaison names.
///
/// # Errors
/// `NotFound` for other roles and for a therapist who names somebody else; `Invalid` when a liaison names nobody.
pub fn whose(ctx: &Ctx, named: Option<TherapistId>) -> Result<TherapistId, Error> {
    match (ctx.actor.role, ctx.actor.therapist(), named) {
        (Role::Liaison, _, Some(named)) => Ok(named),
        (Role::Liaison, _, None) => Err(Error::invalid("therapist", "required")),
        (_, Some(me), None) => Ok(me),
        (_, Some(me), Some(named)) if me == named => Ok(me),
        _ => Err(Error::NotFound),
    }
}

pub(super) fn minutes(text: &str) -> Result<Option<u16>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .ok()
            .filter(|minutes| LENGTHS.contains(minutes))
            .map(Some)
            .ok_or_else(|| Error::invalid("minutes", "malformed")),
    }
}
