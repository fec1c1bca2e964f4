//! Staff give several visits of a series another time: by the calendar and the clock, all in one transaction or none (G12).

use crate::{
    Error,
    api::view::OccurrenceView,
    model::{Extent, MoveReason, SeriesId, Side, VisitState, series::Step},
    store::{
        self,
        history::{Many, Moved, OfMany},
        meeting::Meeting,
        visit::VisitRow,
    },
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, IdempotencyKey, TherapistId, Tx, VisitId, Zone,
    audit::{self, Looked, Subject},
    idempotency,
};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        again::again,
        events,
        move_visit::{own_meeting, reading_zone},
        parse, propose_times, role, rules,
        sealed::Text,
        steps,
        wanted_time::WantedTime,
    },
    ground::Ground,
    part::Part,
    series_of_visit::{own, stands},
};

/// A wish to move several, as its form sends it.
#[derive(Debug, Clone, Copy)]
pub struct MoveMany<'a> {
    /// The visit that goes to `time`; the others do by the calendar what it does.
    pub visit: VisitId,
    /// A code of `Extent`.
    pub extent: &'a str,
    pub time: WantedTime<'a>,
    /// A code of `MoveReason`.
    pub reason: &'a str,
    /// For the history, sealed; the patient reads them.
    pub words: &'a str,
    /// What is hindered stays where it is; else nothing moves and the answer says what is in the way.
    pub leave: bool,
    pub key: IdempotencyKey,
}

/// Which went where, and how many of the part stayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedMany {
    /// Whose they are and stay.
    pub therapist: TherapistId,
    /// With their new starts.
    pub moved: Vec<(VisitId, DateTime<Utc>)>,
    pub left: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moving {
    Moved(MovedMany),
    /// Nothing was changed: where they would go, and what is in the way.
    Hindered(Vec<OccurrenceView>),
}

/// # Errors
/// `SlotTaken`, `PatientBusy`, `TooLate`, `AlreadyDone` (also when it is there already), `Invalid`, `OtherRequest`; `NotFound`
/// for the patient's side too: a family moves one visit at a time, to offered times.
pub async fn move_series(ctx: &Ctx, wish: &MoveMany<'_>) -> Result<Moving, Error> {
    again(|| carry_out(ctx, wish)).await
}

async fn carry_out(ctx: &Ctx, wish: &MoveMany<'_>) -> Result<Moving, Error> {
    let now = ctx.clock.now();
    let extent: Extent = parse::code("extent", wish.extent)?;
    let reason: MoveReason = parse::code("reason", wish.reason)?;
    let words = parse::text("words", wish.words, rules::TEXT_LIMIT)?;
    let time = wish.time;
    let asked = (
        "move_series",
        (wish.visit, extent, wish.leave),
        (time.starts, time.date, time.clock),
        reason,
        &words,
    );
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if let Some(done) = idempotency::replay(&mut tx, wish.key, &asked).await? {
        return Ok(Moving::Moved(done));
    }
    // In line before anything is locked, as for a single visit; then the rows, in their order.
    let seen = store::visit::read(&mut tx, wish.visit).await?.ok_or(Error::NotFound)?;
    let place = seen.series.ok_or(Error::NotFound)?;
    let holders = [seen.therapist.uuid(), seen.patient.uuid()];
    let expired = store::claim::make_way(&mut tx, &holders, now).await?;
    events::push_expired(&ctx.house, &mut tx, expired).await?;
    let rows = store::visit::lock_series(&mut tx, place.series).await?;
    let part = Part::new(rows, wish.visit, extent, own(ctx))?;
    if part.this.therapist != seen.therapist {
        // Somebody took over meanwhile, for whom nobody stands in line here.
        return Err(Error::AlreadyDone);
    }
    if role::side_of(ctx, &mut tx, part.this.patient, part.this.therapist).await? != Side::Staff {
        return Err(Error::NotFound);
    }
    let Going {
        zone,
        step,
        visits: mut going,
        left,
    } = going(ctx, &mut tx, &part, &time).await?;
    let mut meetings: Vec<Meeting> = going.iter().map(|(_, _, to)| *to).collect();
    let mut ground = Ground::load(ctx, &mut tx, part.this.service, &meetings).await?;
    for (_, from, _) in &going {
        ground.let_go(from);
    }
    let stays = who_stays(&mut ground, &going);
    let mut stay = left;
    if stays.contains(&true) {
        if !wish.leave {
            meetings.sort_unstable_by_key(|meeting| meeting.starts);
            let shown = ground.show(ctx, &mut tx, None, &meetings, zone).await?;
            // Only the audit entries of what was told are kept.
            tx.commit().await?;
            return Ok(Moving::Hindered(shown));
        }
        stay += stays.iter().filter(|stays| **stays).count();
        let mut stays = stays.into_iter();
        going.retain(|_| !stays.next().unwrap_or_default());
    }
    if going.is_empty() {
        return Err(Error::SlotTaken);
    }
    // None runs into one that has not gone yet.
    going.sort_unstable_by_key(|(row, ..)| row.visit.starts);
    if step.is_later() {
        going.reverse();
    }
    let to: Vec<(VisitId, Meeting)> = going.iter().map(|(row, _, to)| (row.id, *to)).collect();
    let ids: Vec<VisitId> = to.iter().map(|(id, _)| *id).collect();
    propose_times::end_of_visits(&mut tx, &ids, now).await?;
    store::series::move_visits(&mut tx, &to).await?;
    // One visit alone steps out of line; the series keeps its reading for the others.
    if to.len() > 1 {
        store::series::set_reading(&mut tx, part.series, step.becomes()).await?;
    }
    note(ctx, &mut tx, part.series, &going, reason, words.as_deref()).await?;
    let mut gone: Vec<_> = to.iter().map(|(id, meeting)| (*id, meeting.starts)).collect();
    gone.sort_unstable_by_key(|(_, starts)| *starts);
    let moved = MovedMany {
        therapist: part.this.therapist,
        moved: gone,
        left: u16::try_from(stay).unwrap_or(u16::MAX),
    };
    idempotency::remember(&mut tx, wish.key, &asked, &moved).await?;
    tx.commit().await?;
    Ok(Moving::Moved(moved))
}

/// Which of them are hindered. One that stays keeps its time, which may hinder another that would have come there.
fn who_stays(ground: &mut Ground, going: &[(VisitRow, Meeting, Meeting)]) -> Vec<bool> {
    let mut stays = vec![false; going.len()];
    let next = |ground: &Ground, stays: &[bool]| {
        let mut places = going.iter().zip(stays);
        places.position(|((_, _, to), stays)| !stays && ground.hindrance(to).is_some())
    };
    while let Some(place) = next(ground, &stays) {
        stays[place] = true;
        ground.keep(&going[place].1);
    }
    stays
}

/// Which visits go, from where to where.
struct Going {
    zone: Zone,
    step: Step,
    visits: Vec<(VisitRow, Meeting, Meeting)>,
    /// Open visits of the part that stand elsewhere and stay.
    left: usize,
}

async fn going(ctx: &Ctx, tx: &mut Tx, part: &Part, time: &WantedTime<'_>) -> Result<Going, Error> {
    let now = ctx.clock.now();
    let this = &part.this;
    let rules = rules::of(tx, this.service, this.therapist, now).await?;
    this.visit
        .reschedule(now, &rules, Side::Staff)
        .map_err(Error::of_visit)?;
    let (zone, minute) = store::series::reading(tx, part.series).await?.ok_or(Error::NotFound)?;
    let at = time.instant(reading_zone(tx, this, Side::Staff).await?, now)?;
    if at == this.visit.starts {
        return Err(Error::AlreadyDone);
    }
    let stands = stands(this, zone, minute);
    let step = stands.to(zone.date(this.visit.starts), zone.local(at));
    let service = store::catalog::one(tx, this.service).await?.ok_or(Error::NotFound)?;
    let open = part
        .rows
        .iter()
        .filter(|row| row.visit.reschedule(now, &rules, Side::Staff).is_ok());
    let (mut going, mut left) = (Vec::new(), 0);
    for row in open {
        // The one that was asked for goes wherever it stands.
        let in_step = row.id == this.id || stands.is_in_step(row.visit.starts, &zone);
        if row.therapist != this.therapist || !in_step {
            left += 1;
            continue;
        }
        let from = own_meeting(row, &service, &rules);
        let starts = if row.id == this.id {
            at
        } else {
            step.goes_to(row.visit.starts, &zone)
        };
        going.push((row.clone(), from, from.later_by(starts - from.starts)));
    }
    Ok(Going {
        zone,
        step,
        visits: going,
        left,
    })
}

/// History, audit and the one event of all that moved.
async fn note(
    ctx: &Ctx,
    tx: &mut Tx,
    series: SeriesId,
    going: &[(VisitRow, Meeting, Meeting)],
    reason: MoveReason,
    words: Option<&str>,
) -> Result<(), Error> {
    let now = ctx.clock.now();
    let Some((first, ..)) = going.first() else {
        return Ok(());
    };
    let mut many = Many {
        patient: first.patient,
        at: now,
        to: "moved",
        why: Some(reason.as_str()),
        steps: Vec::with_capacity(going.len()),
    };
    for (row, from, to) in going {
        let id = ctx.ids.uuid();
        many.steps.push(OfMany {
            id,
            visit: row.id,
            therapist: row.therapist,
            from: Some(row.visit.state.as_str()),
            moved: Some(Moved {
                was: (from.starts, from.ends),
                becomes: (to.starts, to.ends),
                was_therapist: None,
            }),
            words: Text::HistoryWords
                .seal(&ctx.vault, tx, now, row.patient, id, words)
                .await?,
        });
        audit::record(
            tx,
            Looked::Changed,
            Subject::new("visit", row.id.uuid()).of(row.patient),
        );
    }
    store::history::add_many(tx, &many).await?;
    // Whoever waits for the old time waits no more.
    for (row, ..) in going.iter().filter(|(row, ..)| row.visit.state == VisitState::Waiting) {
        steps::step_visit(&ctx.house, tx, &mut row.clone(), VisitState::Scheduled, now).await?;
    }
    let event = events::SeriesMoved {
        series,
        patient: first.patient,
        therapist: first.therapist,
        visits: going.iter().map(|(row, ..)| row.id).collect(),
    };
    events::push(ctx, tx, &event).await
}
