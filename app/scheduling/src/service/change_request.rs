//! A liaison changes the time or the therapist of a request before deciding it, because the patient said so on the phone. The old
//! time is free at once and the new one kept: one transaction, so that there is no moment with neither.

use crate::{
    Error,
    model::ServiceId,
    store::{
        self,
        claim::Cause,
        meeting::{For, Meeting},
        request::RequestRow,
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, IdempotencyKey, RequestId, TherapistId, Tx,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{
    again::again,
    approve_request::require_licence,
    events,
    history::{self, Mark, OVERBOOKED},
    overbook::Overbook,
    role, rules,
    staff_booking::require_present,
    steps,
};

/// What the request becomes.
#[derive(Debug, Clone)]
pub struct Change {
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    /// Chosen when something else lies there already.
    pub overbook: Option<Overbook>,
}

/// # Errors
/// `SlotTaken`, `PatientBusy`, `TherapistAway` (an approval would find the time gone, so no reason overrules it), `NoLicence`,
/// `AlreadyDecided`, `RequestExpired` (also for a time that is over), `OtherRequest`, `NotFound` (also for a service that this
/// therapist does not offer).
pub async fn change_request(ctx: &Ctx, id: RequestId, change: &Change, key: IdempotencyKey) -> Result<(), Error> {
    again(|| once(ctx, id, change, key)).await
}

async fn once(ctx: &Ctx, id: RequestId, change: &Change, key: IdempotencyKey) -> Result<(), Error> {
    role::desk(ctx)?;
    let asked = (
        "change",
        id,
        (change.therapist, change.service, change.starts),
        &change.overbook,
    );
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let before = store::request::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let request = before.request.change(now, change.starts).map_err(Error::of_request)?;
    let offered = store::catalog::offered_by(&mut tx, change.therapist).await?;
    let service = offered
        .into_iter()
        .find(|service| service.id == change.service)
        .ok_or(Error::NotFound)?;
    let after = RequestRow {
        therapist: change.therapist,
        service: service.id,
        starts: change.starts,
        ends: change.starts + Duration::minutes(i64::from(service.minutes)),
        request,
        ..before.clone()
    };
    require_licence(&mut tx, &after).await?;

    let holders = [after.therapist.uuid(), after.patient.uuid()];
    let expired = store::claim::make_way(&mut tx, &holders, now).await?;
    store::claim::release(&mut tx, id.uuid(), now).await?;
    let rules = rules::of(&mut tx, service.id, after.therapist, now).await?;
    let buffers = rules.buffers(service.buffer_before, service.buffer_after);
    let length = after.ends - after.starts;
    let meeting = Meeting::new(buffers, after.therapist, after.patient, after.starts, length);
    require_present(&mut tx, &meeting, false).await?;
    let what = For {
        cause: Cause::Request,
        id: id.uuid(),
        until: Some(after.request.expires_at),
    };
    let claims = [ctx.ids.uuid(), ctx.ids.uuid()];
    let overbooked = store::meeting::take(&mut tx, &meeting, what, claims, change.overbook.is_some()).await?;
    store::request::change(&mut tx, &after).await?;
    steps::note_request_as(&ctx.house, &mut tx, &before, "changed").await?;
    if let Some(overbook) = change.overbook.as_ref().filter(|_| overbooked) {
        note_overbooked(ctx, &mut tx, &after, overbook).await?;
    }
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("request", id.uuid()).of(after.patient),
    );
    events::push_expired(&ctx.house, &mut tx, expired).await?;
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

/// The history says that something else was there, and why it was done all the same.
async fn note_overbooked(ctx: &Ctx, tx: &mut Tx, row: &RequestRow, overbook: &Overbook) -> Result<(), Error> {
    let mark = Mark {
        to: OVERBOOKED,
        why: Some(overbook.reason.as_str()),
        words: overbook.words.as_deref(),
        moved: None,
    };
    history::mark_request(ctx, tx, row, mark).await
}
