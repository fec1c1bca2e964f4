//! Which days have times with anybody who fits, and who is free on one of them: "first available", as a month (R10).

use crate::{
    Error,
    api::view::{AnyDay, AnyHit, AnyTimesView, DayFree, Face},
    model::slots::Grid,
    store::{
        self,
        search::{Candidate, Wanted},
    },
};
use chrono::{Datelike, Days, Months, NaiveDate};
use kernel::{Ctx, Zone, audit};

use super::{
    cast::{self, service_view},
    find_therapists::{choose, line_of, of_service},
    free::{self, FreeTimes},
    parse, role,
    wishes::{Wish, Wishes},
    zones,
};

/// `month`: any date of it; empty or unreadable: that of the next available time. `on`: the day whose times are shown, if it
/// has any; else the first of the month that has.
///
/// # Errors
/// `NotFound` for another role, a person the reader may not book for, and where nothing can be booked.
pub async fn any_times(ctx: &Ctx, wish: &Wish, month: &str, on: &str) -> Result<AnyTimesView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let people = cast::own_people(&mut tx, &ctx.actor, now).await?;
    let person = choose(&people, wish.for_patient)?.ok_or(Error::NotFound)?;
    let patient = people::service::patient_card(&mut tx, person.patient)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zones::parse(&patient.zone)?;
    let (mut offered, rules) = store::catalog::offered_by_rules(&mut tx, now).await?;
    offered.retain(|service| service.line == line_of(&person));
    let wanted = wish.service.and_then(|id| offered.iter().find(|one| one.id == id));
    let service = wanted.or_else(|| offered.first()).ok_or(Error::NotFound)?;

    let far = |therapist| free::grid(service, now, &rules.of(service.id, therapist));
    let plain = free::grid(service, now, &rules.at(&of_service(service.id)));
    let widest = super::find_therapists::widest(plain, rules.therapists().map(far));
    let asked = Wanted {
        service: service.id,
        patient: person.patient,
        state_code: &patient.state_code,
    };
    // Whoever gives the service another length is judged by what is loaded here too.
    let reach = free::widest_reach(&widest);
    let (mut cards, patient_busy) = store::search::candidates(&mut tx, asked, reach, now).await?;
    cards.retain(Candidate::admits);
    let wishes = Wishes::load(&mut tx, wish).await?;
    cards.retain(|card| wishes.fit(card));
    audit::record(
        &mut tx,
        audit::Looked::Read,
        role::subject(ctx, audit::Subject::kind("free_times"), person.patient),
    );
    tx.commit().await?;

    let all: Vec<Free> = cards
        .into_iter()
        .map(|mut card| {
            card.time.licensed_until = zones::midnight(zone, card.licensed_until + Days::new(1)).timestamp();
            let mut starts = Vec::new();
            FreeTimes::new(&card.time, &patient_busy, far(card.therapist)).first(usize::MAX / 2, &mut starts);
            Free { card, starts }
        })
        .collect();
    let today = zone.date(now);
    let first = all.iter().filter_map(|free| free.starts.first()).min().copied();
    let next_available = first.and_then(|start| free::slot(zone, start));
    let month = parse::month(month)
        .or_else(|| next_available.as_ref().map(|slot| first_of_month(slot.date)))
        .unwrap_or_else(|| first_of_month(today));
    let next = month + Months::new(1);
    let days = days(&all, zone, month, next);
    let wanted = parse::optional_date("on", on).ok().flatten();
    let open = days
        .iter()
        .find(|day| Some(day.date) == wanted)
        .or_else(|| days.first())
        .map(|day| who_is_free(&all, zone, day.date));
    Ok(AnyTimesView {
        person,
        service: service_view(service),
        previous_month: (month > first_of_month(today)).then(|| month - Months::new(1)),
        next_month: Some(next).filter(|next| *next <= last_day(zone, &widest)),
        month,
        today,
        days,
        open,
        next_available,
        zone: zones::view(zone, now),
    })
}

/// A therapist who fits, with every start time within the horizon, in order.
struct Free {
    card: Candidate,
    starts: Vec<i64>,
}

impl Free {
    /// The starts of one day of the patient's clock.
    fn on(&self, (from, until): (i64, i64)) -> &[i64] {
        let first = self.starts.partition_point(|start| *start < from);
        let end = self.starts.partition_point(|start| *start < until);
        self.starts.get(first..end).unwrap_or_default()
    }
}

/// A day of the patient's clock; those on which clocks change have 23 or 25 hours.
fn bounds(zone: Zone, date: NaiveDate) -> (i64, i64) {
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    (
        zones::midnight(zone, date).timestamp(),
        zones::midnight(zone, next).timestamp(),
    )
}

/// The days of a month that have times, in order.
fn days(all: &[Free], zone: Zone, month: NaiveDate, next: NaiveDate) -> Vec<DayFree> {
    month
        .iter_days()
        .take_while(|date| *date < next)
        .filter_map(|date| {
            let bounds = bounds(zone, date);
            let counts = all.iter().map(|free| free.on(bounds).len());
            let times: usize = counts.sum();
            (times > 0).then(|| DayFree {
                date,
                times: u32::try_from(times).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// Everybody who has a time on a day, whoever is free first on top.
fn who_is_free(all: &[Free], zone: Zone, date: NaiveDate) -> AnyDay {
    let bounds = bounds(zone, date);
    let mut free: Vec<(&Free, &[i64])> = all
        .iter()
        .map(|free| (free, free.on(bounds)))
        .filter(|(_, starts)| !starts.is_empty())
        .collect();
    free.sort_by(|(one, its), (other, others)| {
        (its.first(), &one.card.name, one.card.therapist).cmp(&(others.first(), &other.card.name, other.card.therapist))
    });
    AnyDay {
        date,
        day: zones::day(date),
        hits: free
            .into_iter()
            .map(|(free, starts)| AnyHit {
                face: Face {
                    therapist: free.card.therapist,
                    name: free.card.name.clone(),
                    title: free.card.title.clone(),
                },
                slots: starts.iter().filter_map(|start| free::slot(zone, *start)).collect(),
            })
            .collect(),
    }
}

fn last_day(zone: Zone, grid: &Grid) -> NaiveDate {
    zone.date(chrono::DateTime::from_timestamp(grid.latest, 0).unwrap_or_default())
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}
