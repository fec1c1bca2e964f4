//! An agreed visit gets another time, another therapist, or both (S8, G1, G2, G12).

use crate::{
    Error,
    api::view::SlotView,
    model::{MoveReason, Parameters, Side, VisitState},
    store::{self, catalog::Service, history::Moved as Change, meeting::Meeting, visit::VisitRow},
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, IdempotencyKey, TherapistId, Tx, VisitId, Zone,
    audit::{self, Looked, Subject},
    idempotency,
};
use serde::{Deserialize, Serialize};

use super::{
    again::again,
    around, events,
    history::{self, Mark, OVERBOOKED},
    overbook::Overbook,
    parse, propose_times, role, rules, staff_booking, steps,
    wanted_time::WantedTime,
    zones,
};

/// A wish to move, as forms and calendars send it.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    pub visit: VisitId,
    pub time: WantedTime<'a>,
    /// Somebody else who takes over; the desk alone may say so.
    pub therapist: Option<TherapistId>,
    /// A code of `MoveReason`; staff must give one.
    pub reason: &'a str,
    /// For the history, sealed; the patient reads them.
    pub words: &'a str,
    /// A code of `OverbookReason` when staff book over what is there; else empty.
    pub overbook: &'a str,
    /// For staff, sealed.
    pub overbook_words: &'a str,
    pub key: IdempotencyKey,
}

/// What moved. Moving back to `previous` undoes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub previous: DateTime<Utc>,
    pub previous_therapist: TherapistId,
    pub overbooked: bool,
}

/// Moves it in one step: the old time goes only when the new one is taken.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`, `TherapistAway`, `NoLicence`, `TooLate`, `AlreadyDone` (also when it is there already),
/// `Invalid`, `OtherRequest`, `NotFound`.
pub async fn move_visit(ctx: &Ctx, wish: &Move<'_>) -> Result<Moved, Error> {
    again(|| carry_out(ctx, wish)).await
}

async fn carry_out(ctx: &Ctx, wish: &Move<'_>) -> Result<Moved, Error> {
    let now = ctx.clock.now();
    let words = parse::text("words", wish.words, rules::TEXT_LIMIT)?;
    let overbook = Overbook::parse(wish.overbook, wish.overbook_words)?;
    let time = wish.time;
    let asked = (
        "move",
        wish.visit,
        (time.starts, time.date, time.clock),
        wish.therapist,
        wish.reason,
        &words,
        &overbook,
    );
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, wish.key, &asked).await? {
        return Ok(done);
    }
    // In line before anything is locked: whoever wants the time of one of them waits, and nobody waits for each other.
    let seen = store::visit::read(&mut tx, wish.visit).await?.ok_or(Error::NotFound)?;
    let mut holders = vec![seen.therapist.uuid(), seen.patient.uuid()];
    holders.extend(wish.therapist.map(TherapistId::uuid));
    let expired = store::claim::make_way(&mut tx, &holders, now).await?;
    events::push_expired(&ctx.house, &mut tx, expired).await?;
    let row = store::visit::lock(&mut tx, wish.visit).await?.ok_or(Error::NotFound)?;
    let side = role::side_of(ctx, &mut tx, row.patient, row.therapist).await?;
    let reason = why(wish.reason, side)?;
    let rules = rules::of(&mut tx, row.service, row.therapist, now).await?;
    row.visit.reschedule(now, &rules, side).map_err(Error::of_visit)?;
    if overbook.is_some() && side == Side::Patient {
        return Err(Error::NotFound);
    }
    let starts = time.instant(reading_zone(&mut tx, &row, side).await?, now)?;
    let Destination {
        service,
        rules,
        meeting,
    } = destination(ctx, &mut tx, &row, wish.therapist, starts).await?;
    match side {
        Side::Patient if !around::offered(ctx, &mut tx, &service, &rules, &meeting).await? => {
            return Err(Error::SlotTaken);
        }
        Side::Patient => {}
        Side::Staff => {
            staff_booking::require_licence(&mut tx, &meeting).await?;
            staff_booking::require_present(&mut tx, &meeting, overbook.is_some()).await?;
        }
    }
    propose_times::end_of_visits(&mut tx, &[row.id], now).await?;
    let overbooked = store::meeting::move_visit(&mut tx, row.id, &meeting, overbook.is_some()).await?;
    if row.visit.state == VisitState::Waiting {
        // Whoever waits for the old time waits no more.
        store::visit::set_state(&mut tx, row.id, VisitState::Scheduled, now).await?;
    }

    let moved = Moved {
        previous: row.visit.starts,
        previous_therapist: row.therapist,
        overbooked,
    };
    let to = VisitRow {
        therapist: meeting.therapist,
        ..row.clone()
    };
    note(ctx, &mut tx, &row, &to, &meeting, reason, words.as_deref()).await?;
    if let Some(overbook) = overbook.as_ref().filter(|_| overbooked) {
        note_overbooked(ctx, &mut tx, &to, overbook).await?;
    }
    if meeting.therapist != row.therapist {
        people::service::join_care_team(&mut tx, &*ctx.ids, &ctx.actor, row.patient, meeting.therapist, now).await?;
    }
    audit::record(
        &mut tx,
        Looked::Changed,
        role::subject(ctx, Subject::new("visit", row.id.uuid()), row.patient),
    );
    let event = events::VisitMoved {
        visit: row.id,
        patient: row.patient,
        therapist: meeting.therapist,
    };
    events::push(ctx, &mut tx, &event).await?;
    idempotency::remember(&mut tx, wish.key, &asked, &moved).await?;
    tx.commit().await?;
    Ok(moved)
}

/// Staff say why; the patient's side may.
fn why(code: &str, side: Side) -> Result<Option<MoveReason>, Error> {
    if side == Side::Patient && code.trim().is_empty() {
        return Ok(None);
    }
    parse::code("reason", code).map(Some)
}

/// The zone in which a page shows the visit to whoever moves it: clock readings that are typed there are read in it.
pub async fn reading_zone(tx: &mut Tx, row: &VisitRow, side: Side) -> Result<Zone, Error> {
    let name = match side {
        Side::Patient => people::service::patient_card(tx, row.patient)
            .await?
            .map(|card| card.zone),
        Side::Staff => people::service::therapist_card(tx, row.therapist)
            .await?
            .map(|card| card.zone),
    };
    Ok(zones::parse(&name.ok_or(Error::NotFound)?)?)
}

/// Where a visit would go, and the rules there.
struct Destination {
    service: Service,
    rules: Parameters,
    meeting: Meeting,
}

/// Where the visit would go, as long as it is now.
async fn destination(
    ctx: &Ctx,
    tx: &mut Tx,
    row: &VisitRow,
    therapist: Option<TherapistId>,
    starts: DateTime<Utc>,
) -> Result<Destination, Error> {
    let therapist = therapist.unwrap_or(row.therapist);
    let length = row.visit.ends - row.visit.starts;
    let service = if therapist == row.therapist {
        if starts == row.visit.starts {
            return Err(Error::AlreadyDone);
        }
        store::catalog::one(tx, row.service).await?.ok_or(Error::NotFound)?
    } else {
        role::desk(ctx)?;
        staff_booking::pair(tx, row.patient, therapist, row.service)
            .await?
            .service
    };
    let rules = rules::of(tx, row.service, therapist, ctx.clock.now()).await?;
    let buffers = rules.buffers(service.buffer_before, service.buffer_after);
    Ok(Destination {
        meeting: Meeting::new(buffers, therapist, row.patient, starts, length),
        service,
        rules,
    })
}

async fn note(
    ctx: &Ctx,
    tx: &mut Tx,
    row: &VisitRow,
    to: &VisitRow,
    meeting: &Meeting,
    reason: Option<MoveReason>,
    words: Option<&str>,
) -> Result<(), Error> {
    let change = Change {
        was: (row.visit.starts, row.visit.ends),
        becomes: (meeting.starts, meeting.ends),
        was_therapist: (row.therapist != meeting.therapist).then_some(row.therapist),
    };
    let mark = Mark {
        to: "moved",
        why: reason.map(MoveReason::as_str),
        words,
        moved: Some(change),
    };
    history::mark(ctx, tx, to, mark).await?;
    if row.visit.state == VisitState::Waiting {
        let (from, to) = (Some(VisitState::Waiting), VisitState::Scheduled.as_str());
        steps::note_visit(&ctx.house, tx, row, from, to, ctx.clock.now(), None).await?;
    }
    Ok(())
}

/// The history says that something else was there, and why it was done all the same.
pub async fn note_overbooked(ctx: &Ctx, tx: &mut Tx, row: &VisitRow, overbook: &Overbook) -> Result<(), Error> {
    let mark = Mark {
        to: OVERBOOKED,
        why: Some(overbook.reason.as_str()),
        words: overbook.words.as_deref(),
        moved: None,
    };
    history::mark(ctx, tx, row, mark).await
}

/// The free times nearest to a wish that was refused: for the answer of a move.
///
/// # Errors
/// `Invalid`, `NotFound`.
pub async fn nearest_to_move(ctx: &Ctx, wish: &Move<'_>) -> Result<Vec<SlotView>, Error> {
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::visit::read(&mut tx, wish.visit).await?.ok_or(Error::NotFound)?;
    let side = role::side_of(ctx, &mut tx, row.patient, row.therapist).await?;
    let zone = reading_zone(&mut tx, &row, side).await?;
    let starts = wish.time.instant(zone, now)?;
    let Destination {
        service,
        rules,
        meeting,
    } = match destination(ctx, &mut tx, &row, wish.therapist, starts).await {
        Err(Error::AlreadyDone) => return Ok(Vec::new()),
        found => found?,
    };
    let own = own_meeting(&row, &service, &rules);
    let starts = around::starts(ctx, &mut tx, &service, &rules, &meeting, Some(&own)).await?;
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::new("free_times", meeting.therapist.uuid()), row.patient),
    );
    tx.commit().await?;
    Ok(around::nearest(&starts, meeting.starts, zone))
}

/// What the visit takes now.
pub fn own_meeting(row: &VisitRow, service: &Service, rules: &Parameters) -> Meeting {
    let length = row.visit.ends - row.visit.starts;
    let buffers = rules.buffers(service.buffer_before, service.buffer_after);
    Meeting::new(buffers, row.therapist, row.patient, row.visit.starts, length)
}
