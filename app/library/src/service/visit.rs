//! What the library asks of scheduling about a visit.

use crate::LibraryError;
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, StoreError, Tx, VisitId, Zone,
    audit::{self, Looked, Subject},
};
use kit::prelude::TimeParts;
use scheduling::service::{RoomVisit, Seat, visit_for_room};

pub use crate::api::view::VisitUse;

/// A warning names so many visits; whoever deletes anyway does not read the sixth.
const NAMED: usize = 5;

/// The visit, when the actor is its therapist.
///
/// # Errors
/// `NotFound` for absent, foreign, and visits the actor only attends.
pub async fn hosted(ctx: &Ctx, tx: &mut Tx, visit: VisitId) -> Result<RoomVisit, LibraryError> {
    visit_for_room(tx, &ctx.actor, visit)
        .await?
        .filter(|visit| visit.seat == Seat::Host)
        .ok_or(LibraryError::NotFound)
}

/// Those of `visits` that are still to come or going on, in the order of their start.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn coming(ctx: &Ctx, tx: &mut Tx, visits: &[VisitId]) -> Result<Vec<VisitUse>, LibraryError> {
    let mut found = Vec::new();
    // The newest visits are the ones to come: from the end, and no further than a warning can name.
    for visit in visits.iter().rev() {
        if found.len() == NAMED {
            break;
        }
        let Some(visit) = visit_for_room(tx, &ctx.actor, *visit).await? else {
            continue;
        };
        if visit.seat == Seat::Host && visit.state.is_open() {
            audit::record(
                tx,
                Looked::Read,
                Subject::new("visit", visit.visit.uuid()).of(visit.patient),
            );
            found.push(visit);
        }
    }
    found.sort_by_key(|visit| visit.starts);
    let mut uses = Vec::with_capacity(found.len());
    for visit in found {
        uses.push(VisitUse {
            visit: visit.visit,
            when: times(tx, &visit).await?,
            patient_name: visit.patient_name,
        });
    }
    Ok(uses)
}

/// The time of a visit as its therapist reads it.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn times(tx: &mut Tx, visit: &RoomVisit) -> Result<TimeParts, StoreError> {
    let zone = people::service::therapist_card(tx, visit.therapist)
        .await?
        .and_then(|card| card.zone.parse().ok())
        .unwrap_or(Zone::UTC);
    Ok(TimeParts {
        at_ms: visit.starts.timestamp_millis(),
        iso: visit.starts.to_rfc3339(),
        day: zone.local(visit.starts).format("%a %-d %b").to_string(),
        clock: clock(zone, visit.starts),
        until: Some(clock(zone, visit.ends)),
        zone: None,
    })
}

pub fn clock(zone: Zone, at: DateTime<Utc>) -> String {
    zone.local(at).format("%H:%M").to_string()
}
