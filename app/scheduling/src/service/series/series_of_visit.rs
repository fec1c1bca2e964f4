//! Where a visit stands in its series, and what a change of several of them would be about.

use crate::{
    Error,
    api::view::{SeriesChangeView, SeriesView, SeriesVisitRow},
    model::{Extent, Side, series::Step},
    store::{
        self,
        visit::{Place, VisitRow},
    },
};
use kernel::{
    Ctx, Role, TherapistId, Tx, VisitId,
    audit::{self, Looked, Subject},
};

use super::{
    super::{
        cast::{Cast, own_people, service_view},
        parse, role, rules, zones,
    },
    part::Part,
};

/// "Visit 3 of 10": `None` for a visit that stands alone.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn series_view(ctx: &Ctx, tx: &mut Tx, place: Option<Place>) -> Result<Option<SeriesView>, Error> {
    let Some(Place { series, number }) = place else {
        return Ok(None);
    };
    let of = own(ctx);
    let counts = store::series::counts(tx, series, number, of, ctx.clock.now()).await?;
    Ok(counts.map(|counts| SeriesView {
        number,
        of: u16::try_from(counts.visits).unwrap_or_default(),
        following: u16::try_from(counts.following).unwrap_or_default(),
        all: u16::try_from(counts.all).unwrap_or_default(),
    }))
}

/// Whose visits a therapist changes; others change all of a series that they see.
pub(super) fn own(ctx: &Ctx) -> Option<TherapistId> {
    ctx.actor.therapist().filter(|_| ctx.actor.role == Role::Therapist)
}

/// # Errors
/// `NotFound` for whoever may not change the visit, and for a visit that stands alone; `Invalid` at `extent`.
pub async fn series_of_visit(ctx: &Ctx, visit: VisitId, extent: &str) -> Result<SeriesChangeView, Error> {
    let extent: Extent = parse::code("extent", extent)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let seen = store::visit::read(&mut tx, visit).await?.ok_or(Error::NotFound)?;
    let side = role::side_of(ctx, &mut tx, seen.patient, seen.therapist).await?;
    let place = seen.series.ok_or(Error::NotFound)?;
    let rows = store::visit::of_series(&mut tx, place.series).await?;
    let part = Part::new(rows, visit, extent, own(ctx))?;
    let series = series_view(ctx, &mut tx, seen.series).await?.ok_or(Error::NotFound)?;
    let people = match side {
        Side::Patient => own_people(&mut tx, &ctx.actor, now).await?,
        Side::Staff => Vec::new(),
    };
    let cast = Cast::load(&mut tx, [seen.patient], [seen.therapist])
        .await?
        .read_by(&people);
    let zone = match side {
        Side::Patient => cast.patient_zone(seen.patient)?,
        Side::Staff => cast.therapist_zone(seen.therapist)?,
    };
    let pairs = part.rows.iter().map(|row| (row.service, row.therapist));
    let book = rules::of_all(&mut tx, pairs.chain([(seen.service, seen.therapist)]), now).await?;
    let rules = book.of(seen.service, seen.therapist);
    let (home, minute) = store::series::reading(&mut tx, place.series)
        .await?
        .ok_or(Error::NotFound)?;
    let step = stands(&part.this, home, minute);
    for row in &part.rows {
        audit::record(
            &mut tx,
            Looked::Read,
            role::subject(ctx, Subject::new("visit", row.id.uuid()), row.patient),
        );
    }
    tx.commit().await?;
    let ahead = part.rows.iter().filter_map(|row| {
        // Each by the rules of whoever gives it, as the cancellation judges it.
        let late = row.visit.cancel(now, &book.of(row.service, row.therapist)).ok()?;
        Some(SeriesVisitRow {
            visit: row.id,
            number: row.series.map_or(0, |place| place.number),
            when: zones::when(zone, row.visit.starts, row.visit.ends),
            apart: row.therapist != seen.therapist || !step.is_in_step(row.visit.starts, &home),
            // What the clinic cancels is never late for the patient (G12).
            late: late && side == Side::Patient,
        })
    });
    let mut visits: Vec<_> = ahead.collect();
    visits.sort_unstable_by_key(|row| row.when.starts);
    Ok(SeriesChangeView {
        visit,
        extent,
        series,
        person: cast.person(seen.patient),
        therapist: cast.face(seen.therapist),
        service: service_view(cast.service(seen.service)?),
        when: zones::when(zone, seen.visit.starts, seen.visit.ends),
        may_move: side == Side::Staff && seen.visit.reschedule(now, &rules, side).is_ok(),
        staff: side == Side::Staff,
        cut_off_hours: u32::try_from(rules.cut_off.num_hours()).unwrap_or_default(),
        late_fee: rules.late_fee,
        visits,
        key: ctx.ids.next(),
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
    })
}

/// Where a visit stands that others may stand in step with. The reading of the series goes before that of the visit, which is
/// another one on the day on which the clocks skip it.
pub(super) fn stands(row: &VisitRow, zone: kernel::Zone, minute: u16) -> Step {
    let (date, local) = (zone.date(row.visit.starts), zone.local(row.visit.starts));
    let of_series = Step::new(date, minute, local);
    if of_series.is_in_step(row.visit.starts, &zone) {
        of_series
    } else {
        Step::new(date, crate::model::series::minute_of(local), local)
    }
}
