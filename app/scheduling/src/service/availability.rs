//! A therapist's schedule as it is shaped: hours, offers, limits, journeys, absences, what patients would see, and what of the
//! agreed lies outside (R16, R28).

use crate::{
    Error,
    api::view::{AvailabilityView, ClosureRow, OfferView, OverrideRow, ShiftRow, TimeOffRow, TravelRow},
    model::{
        DatedShift, Offer, OverrideId, Parameters,
        clock::Travels,
        preview::{ClockDay, Planned, Preview, Tried},
        week::WeekShift,
    },
    store::{self, hours::Absence, offer::Offered, schedule::Closure},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::{
    Ctx, TherapistId, Tx, Zone,
    audit::{self, Looked, Subject},
};
use people::TherapistFilter;

use super::{
    affected::{AHEAD, affected},
    cast::{Cast, face, patients_of, service_view},
    free, parse, role, rules, services, zones,
};

/// Visits looked at to see whether they lie outside the hours.
const MOST_VISITS: i64 = 200;
/// Days over which offered times are counted.
const COUNTED: Duration = Duration::days(14);

/// # Errors
/// `NotFound` for who may not shape this schedule.
#[expect(clippy::too_many_lines, reason = "one page with many small parts, gathered in order")]
pub async fn get_availability(ctx: &Ctx, of: Option<TherapistId>) -> Result<AvailabilityView, Error> {
    let therapist = role::schedule(ctx, of)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let home = own_zone(&mut tx, therapist).await?;
    let legs = store::schedule::legs(&mut tx, therapist).await?;
    let clock = Travels::new(home, legs.iter().copied());
    let zone = *clock.clock(now);
    let today = clock.date(now);
    let week = store::hours::weekly(&mut tx, therapist).await?;
    let overrides = store::hours::overrides(&mut tx, therapist, today).await?;
    let absences = store::hours::absences(&mut tx, therapist, now, now + Duration::days(366)).await?;
    let limits = store::schedule::limits(&mut tx, therapist).await?;
    let found_by = people::service::found_by(&mut tx, therapist)
        .await?
        .ok_or(Error::NotFound)?;
    let closures = store::schedule::closures(&mut tx, now).await?;
    let book = rules::of_therapist(&mut tx, therapist, now).await?;
    let a_day = Duration::days(1);
    let reach = (now - a_day, now + AHEAD + a_day);
    let offers = store::offer::of_therapist(&mut tx, therapist, reach, now).await?;
    let times = store::free_time::load(&mut tx, &[therapist.uuid()], reach.0, reach.1, now).await?;
    let mut ahead = store::agenda::next_of_therapist(&mut tx, therapist, now, MOST_VISITS).await?;
    ahead.retain(|row| row.starts < now + AHEAD);
    let everybody = people::service::find_therapists(&mut tx, &TherapistFilter::default()).await?;
    let colleagues = everybody.iter().filter(|card| card.id != therapist).map(face).collect();
    let own = everybody
        .iter()
        .find(|card| card.id == therapist)
        .ok_or(Error::NotFound)?;
    let cast = Cast::of_rows(&mut tx, &ahead, now).await?;
    let addable = if of.is_some() {
        store::catalog::bookable(&mut tx).await?
    } else {
        Vec::new()
    };
    let inside_absences = affected(ctx, &mut tx, therapist).await?;

    let planned = ahead.iter().filter_map(|row| {
        let crate::store::agenda::Entry::Visit(visit, _) = row.entry else {
            return None;
        };
        let when = zones::when(zone, row.starts, row.ends);
        Some(Planned {
            visit,
            service: row.service,
            from: row.starts.timestamp(),
            until: row.ends.timestamp(),
            words: format!("{}, {}, {}", when.day, when.from, cast.person(row.patient).name),
        })
    });
    let preview = Preview {
        days: clock_days(&clock, today, now),
        dated: overrides.iter().map(|(_, change)| *change).collect(),
        away: times.first().map(|time| time.away.clone()).unwrap_or_default(),
        busy: times.first().map(|time| time.busy.clone()).unwrap_or_default(),
        tried: offers
            .iter()
            .map(|offer| tried(offer, &clock, &book.of(offer.service.id, therapist), now))
            .collect(),
        visits: planned.collect(),
    };
    let outside: Vec<_> = preview
        .outside(&week)
        .into_iter()
        .map(|planned| planned.visit)
        .collect();
    for patient in patients_of(&ahead) {
        audit::record(&mut tx, Looked::Read, Subject::kind("calendar").of(patient));
    }
    tx.commit().await?;
    let affected = ahead
        .iter()
        .filter(|row| matches!(row.entry, crate::store::agenda::Entry::Visit(id, _) if outside.contains(&id)))
        .map(|row| cast.agenda_row(ctx, row, zone, now))
        .collect::<Result<_, Error>>()?;
    Ok(AvailabilityView {
        therapist: face(own),
        zone: zones::view(zone, now),
        today,
        shifts: week.iter().map(shift_row).collect(),
        week,
        overrides: overrides.into_iter().map(override_row).collect(),
        time_off: absences
            .into_iter()
            .filter(|absence| !absence.closure)
            .map(|absence| time_off_row(absence, zone, &everybody))
            .collect(),
        closures: closures.into_iter().map(|closure| closure_row(closure, zone)).collect(),
        travels: legs
            .into_iter()
            .map(|(from, zone)| TravelRow {
                from,
                day: zones::day(from),
                zone: zones::view(zone, now),
            })
            .collect(),
        limits,
        found_by,
        services: offers.iter().map(|offer| service_view(&offer.service)).collect(),
        offers: offers
            .iter()
            .map(|offer| offer_view(offer, &book.of(offer.service.id, therapist)))
            .collect(),
        addable: addable
            .iter()
            .filter(|service| !offers.iter().any(|offer| offer.service.id == service.id))
            .map(service_view)
            .collect(),
        colleagues,
        preview,
        affected,
        inside_absences,
    })
}

/// Yesterday, because its hours may reach into today, and every date of the look ahead.
fn clock_days(clock: &Travels<Zone>, today: NaiveDate, now: DateTime<Utc>) -> Vec<ClockDay> {
    let last = clock.date(now + AHEAD);
    let first = today.pred_opt().unwrap_or(today);
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            ClockDay::of(date, zones::day(date), |minute| {
                clock
                    .instant(date, crate::model::hours_reading(date, minute))
                    .timestamp()
            })
        })
        .collect()
}

fn tried(offer: &Offered, clock: &Travels<Zone>, rules: &Parameters, now: DateTime<Utc>) -> Tried {
    let plain = free::grid(&offer.service, now, rules);
    let more = offer.more.as_ref();
    let mut grid = more.map_or(plain, |more| more.grid(plain, clock));
    grid.latest = grid.latest.min((now + COUNTED).timestamp());
    Tried {
        service: offer.service.id,
        name: offer.service.name.clone(),
        grid,
        offset: more.map_or(0, store::particulars::Particulars::offset),
        caps: more.map(store::particulars::Particulars::caps).unwrap_or_default(),
        counted: more.map(|more| more.counted(clock)).unwrap_or_default(),
    }
}

fn offer_view(offer: &Offered, rules: &Parameters) -> OfferView {
    let resolved = Offer::resolve(&offer.basics, offer.bounds, &offer.own, rules);
    OfferView {
        service: offer.service.id,
        name: offer.service.name.clone(),
        basics: resolved.basics,
        notice_minutes: resolved.notice.num_minutes(),
        horizon: resolved.horizon,
        limits: resolved.limits,
        own: services::form(&offer.own),
    }
}

fn shift_row(row: &WeekShift) -> ShiftRow {
    ShiftRow {
        weekday: row.shift.weekday,
        from: parse::clock(row.shift.from),
        until: parse::clock(row.shift.until),
        services: row.services.clone(),
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

fn time_off_row(absence: Absence, zone: Zone, everybody: &[people::TherapistCard]) -> TimeOffRow {
    let colleague = absence
        .colleague
        .and_then(|id| everybody.iter().find(|card| card.id == id));
    TimeOffRow {
        id: absence.id,
        when: zones::when(zone, absence.from, absence.until),
        last_day: zones::day(zone.date(absence.until - Duration::seconds(1))),
        reason: absence.reason,
        colleague: colleague.map(face),
        affected: absence.affected.into_iter().map(Into::into).collect(),
    }
}

pub(super) fn closure_row(closure: Closure, zone: Zone) -> ClosureRow {
    ClosureRow {
        id: closure.id,
        when: zones::when(zone, closure.from, closure.until),
        last_day: zones::day(zone.date(closure.until - Duration::seconds(1))),
        reason: closure.reason,
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
