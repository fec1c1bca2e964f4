//! A liaison changes the time or the therapist of a request before deciding it, because the patient said so on the phone. The old
//! time is free at once and the new one kept: one transaction, so that there is no moment with neither.

use crate::{
    Error,
    model::ServiceId,
    store::{
        self,
        claim::{Cause, Claim},
        request::RequestRow,
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, IdempotencyKey, RequestId, TherapistId, Tx,
    audit::{self, Looked, Subject},
    idempotency,
};

use super::{again::again, approve_request::require_licence, events, role, steps};

/// What the request becomes.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
}

/// # Errors
/// `SlotTaken`, `PatientBusy`, `TooEarly` for a time that is over, `NoLicence`, `AlreadyDecided`, `RequestExpired`, `OtherRequest`,
/// `NotFound` (also for a service that this therapist does not offer).
pub async fn change_request(ctx: &Ctx, id: RequestId, change: Change, key: IdempotencyKey) -> Result<(), Error> {
    again(|| once(ctx, id, change, key)).await
}

async fn once(ctx: &Ctx, id: RequestId, change: Change, key: IdempotencyKey) -> Result<(), Error> {
    role::desk(ctx)?;
    let asked = ("change", id, change.therapist, change.service, change.starts);
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
    let buffers = (
        Duration::minutes(i64::from(service.buffer_before)),
        Duration::minutes(i64::from(service.buffer_after)),
    );
    take(ctx, &mut tx, &after, buffers).await?;
    store::request::change(&mut tx, &after).await?;
    steps::note_request_as(&ctx.house, &mut tx, &before, "changed").await?;
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

/// Keeps the therapist's time, buffers included, and the patient's.
async fn take(ctx: &Ctx, tx: &mut Tx, row: &RequestRow, buffers: (Duration, Duration)) -> Result<(), Error> {
    let claim = |holder, from, until| Claim {
        id: ctx.ids.uuid(),
        holder,
        therapist: row.therapist,
        patient: row.patient,
        from,
        until,
        cause: Cause::Request,
        cause_id: row.id.uuid(),
        expires_at: Some(row.request.expires_at),
    };
    let therapist = claim(row.therapist.uuid(), row.starts - buffers.0, row.ends + buffers.1);
    let patient = claim(row.patient.uuid(), row.starts, row.ends);
    store::claim::take(tx, &therapist, Error::SlotTaken).await?;
    store::claim::take(tx, &patient, Error::PatientBusy).await
}
