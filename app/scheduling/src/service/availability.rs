//! A therapist looks at the own time: weekly hours, dated changes, absences, and what of the agreed lies outside (R16).

use crate::{
    Error,
    api::view::{AvailabilityView, OverrideRow, ShiftRow, TimeOffRow},
    model::{DatedShift, OverrideId, Parameters, Shift},
    store::{self, agenda::Row, hours::Absence},
};
use chrono::Duration;
use kernel::{
    Ctx, TherapistId, Tx, Zone,
    audit::{self, Looked, Subject},
};

use super::{
    cast::{Cast, patients_of, service_view},
    free::{self, FreeTimes},
    parse, role, rules, zones,
};

/// Visits listed as outside the hours.
const MOST_AFFECTED: i64 = 50;

/// # Errors
/// `NotFound` for every role but therapist.
pub async fn get_availability(ctx: &Ctx) -> Result<AvailabilityView, Error> {
    let therapist = role::therapist(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let zone = own_zone(&mut tx, therapist).await?;
    let today = zone.date(now);
    let shifts = store::hours::weekly(&mut tx, therapist).await?;
    let overrides = store::hours::overrides(&mut tx, therapist, today).await?;
    let far = now + Duration::days(366);
    let absences = store::hours::absences(&mut tx, therapist, now, far).await?;
    let services = store::catalog::offered_by(&mut tx, therapist).await?;

    let book = rules::of_therapist(&mut tx, therapist, now).await?;
    let rules = match services.first() {
        Some(service) => book.of(service.id, therapist),
        None => Parameters::DEFAULT,
    };
    let (from, until) = free::reach(now, &rules);
    let times = store::free_time::load(&mut tx, &[therapist.uuid()], from, until, now).await?;
    let mut starts = Vec::new();
    let ahead = store::agenda::next_of_therapist(&mut tx, therapist, now, MOST_AFFECTED).await?;
    let mut affected: Vec<Row> = Vec::new();
    if let (Some(time), Some(service)) = (times.first(), services.first()) {
        let mut grid = free::grid(service, now, &rules);
        grid.latest = (now + Duration::days(14)).timestamp();
        FreeTimes::new(time, &[], grid).first(usize::MAX / 2, &mut starts);
        for visit in ahead {
            let hours = FreeTimes::new(time, &[], grid).hours_around(visit.starts);
            let inside = hours
                .iter()
                .any(|(from, until)| *from <= visit.starts && visit.ends <= *until);
            if !inside {
                affected.push(visit);
            }
        }
    }
    let cast = Cast::of_rows(&mut tx, &affected, now).await?;
    for patient in patients_of(&affected) {
        audit::record(&mut tx, Looked::Read, Subject::kind("calendar").of(patient));
    }
    tx.commit().await?;
    Ok(AvailabilityView {
        zone: zones::view(zone, now),
        today,
        shifts: shifts.into_iter().map(shift_row).collect(),
        overrides: overrides.into_iter().map(override_row).collect(),
        time_off: absences
            .into_iter()
            .filter(|absence| !absence.closure)
            .map(|absence| time_off_row(absence, zone))
            .collect(),
        services: services.iter().map(service_view).collect(),
        times_in_14_days: u32::try_from(starts.len()).unwrap_or(u32::MAX),
        affected: affected
            .iter()
            .map(|row| cast.agenda_row(ctx, row, zone, now))
            .collect::<Result<_, Error>>()?,
    })
}

fn shift_row(shift: Shift) -> ShiftRow {
    ShiftRow {
        weekday: shift.weekday,
        from: parse::clock(shift.from),
        until: parse::clock(shift.until),
    }
}

fn override_row((id, change): (OverrideId, DatedShift)) -> OverrideRow {
    OverrideRow {
        id,
        date: change.date,
        day: zones::day(change.date),
        hours: change
            .hours
            .map(|(from, until)| (parse::clock(from), parse::clock(until))),
    }
}

fn time_off_row(absence: Absence, zone: Zone) -> TimeOffRow {
    TimeOffRow {
        id: absence.id,
        when: zones::when(zone, absence.from, absence.until),
        last_day: zones::day(zone.date(absence.until - Duration::seconds(1))),
        reason: absence.reason,
        affected: absence.affected.into_iter().map(Into::into).collect(),
    }
}

/// The zone of the written hours, else the therapist's own.
pub async fn own_zone(tx: &mut Tx, therapist: TherapistId) -> Result<Zone, Error> {
    if let Some(zone) = store::hours::zone(tx, therapist).await? {
        return Ok(zone);
    }
    let card = people::service::therapist_card(tx, therapist)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(zones::parse(&card.zone)?)
}
