//! Somebody stands before the room: which seat is theirs, whether it is open, and what to load while waiting.

use super::{CLOSES_AFTER, ClinicPhone, Turn, house};
use crate::{
    api::{Door, RoomDoor},
    model::Seat,
};
use kernel::{
    ApiError, Ctx, VisitId,
    audit::{self, Looked, Subject},
};
use people::PatientKind;
use scheduling::service as visits;
use uuid::Uuid;

/// What an installation lends to a visit.
#[derive(Debug, Clone, Default)]
pub struct Lent {
    pub turn: Option<Turn>,
    pub phone: Option<ClinicPhone>,
}

/// # Errors
/// `NotFound` for an absent or foreign visit.
pub async fn open_door(ctx: &Ctx, visit: VisitId, lent: Lent) -> Result<RoomDoor, ApiError> {
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let found = visits::visit_for_room(&mut tx, &ctx.actor, visit)
        .await?
        .ok_or(ApiError::NotFound)?;
    let opens = visits::room_opens(&mut tx, &found, now).await?;
    let open = house::is_open(&found, opens, now);
    let kit = library::service::kit_for_room(&mut tx, visit).await?;
    let subject = Subject::new("visit", visit.uuid()).of(found.patient);
    let seat = house::seat(found.seat);
    audit::record(
        &mut tx,
        Looked::Read,
        if seat == Seat::Guardian {
            subject.acting_for(found.patient)
        } else {
            subject
        },
    );
    tx.commit().await?;
    let early = house::can_be_held(found.state) && now < opens;
    // Only who may enter now gets credentials; their label says nothing about anybody.
    let relay_only = lent.turn.as_ref().is_some_and(Turn::is_the_only_way);
    let ice = lent
        .turn
        .filter(|_| open)
        .map(|turn| turn.credentials(found.ends + CLOSES_AFTER, Uuid::now_v7()));
    Ok(RoomDoor {
        visit,
        seat,
        door: match (early, open) {
            (true, _) => Door::TooEarly,
            (false, true) => Door::Open,
            (false, false) => Door::Over,
        },
        opens_at: opens,
        starts: found.starts,
        ends: found.ends,
        now,
        patient_name: found.patient_name,
        therapist_name: found.therapist_name,
        is_child: found.patient_kind == PatientKind::Child,
        kit,
        ice: ice.into_iter().collect(),
        relay_only,
        phone: lent.phone.map(|phone| phone.0),
    })
}
