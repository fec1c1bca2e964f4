//! A therapist looks who waits. The rooms know it; the look is in the audit trail as any other.

use super::instant;
use crate::{api::WaitingNow, session::Hub};
use kernel::{
    ApiError, Ctx,
    audit::{self, Looked, Subject},
};

/// # Errors
/// `NotFound` for everybody but a therapist.
pub async fn who_waits(ctx: &Ctx, rooms: &Hub) -> Result<Vec<WaitingNow>, ApiError> {
    let therapist = ctx.actor.therapist().ok_or(ApiError::NotFound)?;
    let waiting = rooms.waiting(therapist);
    if waiting.is_empty() {
        return Ok(Vec::new()); // nothing was seen of anybody
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    for person in &waiting {
        let subject = Subject::new("visit", person.visit.uuid()).of(person.patient);
        audit::record(&mut tx, Looked::Read, subject);
    }
    tx.commit().await?;
    Ok(waiting
        .into_iter()
        .map(|person| WaitingNow {
            visit: person.visit,
            seat: person.seat,
            name: person.name,
            since: instant(person.since_ms),
            ready: person.ready,
            readiness: person.readiness,
        })
        .collect())
}
