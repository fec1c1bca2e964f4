//! One therapist's profile and the available times of a month, in the patient's zone.

use crate::{
    Error,
    api::view::{DayTimes, SlotView, TimesView},
    model::{Parameters, ServiceId, slots},
    store::{self, catalog::Service, free_time::Aim},
};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use kernel::{Ctx, PatientId, TherapistId, Tx, Zone, audit};

use super::{
    cast::{self, face, service_view},
    find_therapists::{choose, line_of},
    free::{self, FreeTimes},
    hold, parse, role, rules, zones,
};

/// How many times are offered instead of one that was lost.
pub const NEAREST: usize = 3;

/// What the page asks for.
#[derive(Debug, Clone)]
pub struct TimesWish {
    pub therapist: TherapistId,
    pub for_patient: Option<PatientId>,
    pub service: Option<ServiceId>,
    pub month: String,
    pub around: String,
}

/// # Errors
/// `NotFound` for another role, an absent therapist, or a person the reader may not book for.
pub async fn therapist_times(ctx: &Ctx, wish: &TimesWish) -> Result<TimesView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let people = cast::own_people(&mut tx, &ctx.actor, now).await?;
    let person = choose(&people, wish.for_patient)?.ok_or(Error::NotFound)?;
    let patient = people::service::patient_card(&mut tx, person.patient)
        .await?
        .ok_or(Error::NotFound)?;
    let card = people::service::therapist_card(&mut tx, wish.therapist)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zones::parse(&patient.zone)?;
    let therapist_zone = zones::parse(&card.zone)?;

    let mut services = store::catalog::offered_to(&mut tx, wish.therapist, person.patient, now).await?;
    services.retain(|service| service.line == line_of(&person));
    let wanted = wish.service.and_then(|id| services.iter().find(|one| one.id == id));
    let service = wanted.or_else(|| services.first());
    let licensed = card.licence_states.contains(&patient.state_code);
    let closed = why_closed(&mut tx, licensed, card.accepts_new, card.id, patient.id).await?;
    let rules = match service {
        Some(service) => rules::of(&mut tx, service.id, wish.therapist, now).await?,
        None => Parameters::DEFAULT,
    };
    let starts = match service {
        Some(service) if closed.is_none() => {
            starts_by(&mut tx, &rules, wish.therapist, person.patient, service, now).await?
        }
        _ => Vec::new(),
    };
    let running = hold::running(ctx, &mut tx).await?;
    audit::record(
        &mut tx,
        audit::Looked::Read,
        role::subject(
            ctx,
            audit::Subject::new("free_times", wish.therapist.uuid()),
            person.patient,
        ),
    );
    tx.commit().await?;

    let today = zone.date(now);
    let slots: Vec<SlotView> = starts.iter().filter_map(|at| free::slot(zone, *at)).collect();
    let month = parse::month(&wish.month)
        .or_else(|| slots.first().map(|slot| first_of_month(slot.date)))
        .unwrap_or_else(|| first_of_month(today));
    let around = parse::optional_instant(&wish.around);
    let nearest = around.map_or(&[][..], |at| slots::nearest(&starts, at.timestamp(), NEAREST));
    Ok(TimesView {
        face: face(&card),
        about: card.about,
        approach: card.approach,
        licence_states: card.licence_states,
        languages: card.languages,
        specialties: card.specialties,
        services: services.iter().map(service_view).collect(),
        service: service.map(service_view),
        previous_month: (month > first_of_month(today)).then(|| month - Months::new(1)),
        next_month: Some(month + Months::new(1)).filter(|next| *next <= zone.date(now + rules.horizon)),
        month,
        today,
        days: days(&slots, month),
        next_available: slots.first().cloned(),
        nearest: nearest.iter().filter_map(|at| free::slot(zone, *at)).collect(),
        zone: zones::view(zone, now),
        therapist_zone: zones::view(therapist_zone, now),
        ahead_minutes: therapist_zone.offset_minutes(now) - zone.offset_minutes(now),
        closed: closed.map(ToOwned::to_owned),
        running,
        people,
        person,
    })
}

/// Why this patient cannot book this therapist at all, as a code. `licensed`: where the patient is.
pub async fn why_closed(
    tx: &mut Tx,
    licensed: bool,
    accepts_new: bool,
    therapist: TherapistId,
    patient: PatientId,
) -> Result<Option<&'static str>, Error> {
    if !licensed {
        return Ok(Some("no_licence"));
    }
    if accepts_new {
        return Ok(None);
    }
    let known = store::visit::therapists_of(tx, patient).await?;
    Ok((!known.contains(&therapist)).then_some("not_accepting"))
}

/// All start times within the horizon, sorted.
pub async fn starts(
    ctx: &Ctx,
    tx: &mut Tx,
    therapist: TherapistId,
    patient: PatientId,
    service: &Service,
) -> Result<Vec<i64>, Error> {
    let now = ctx.clock.now();
    let rules = rules::of(tx, service.id, therapist, now).await?;
    starts_by(tx, &rules, therapist, patient, service, now).await
}

/// The same under rules that are known.
pub async fn starts_by(
    tx: &mut Tx,
    rules: &Parameters,
    therapist: TherapistId,
    patient: PatientId,
    service: &Service,
    now: DateTime<Utc>,
) -> Result<Vec<i64>, Error> {
    let (from, until) = free::reach(now, rules);
    let aim = Aim {
        service: Some(service.id),
        patient: Some(patient),
    };
    let holders = [therapist.uuid(), patient.uuid()];
    let times = store::free_time::load_for(tx, aim, &holders, (from, until), now).await?;
    let of = |holder| times.iter().find(|time| time.holder == holder);
    let busy = of(patient.uuid()).map_or(&[][..], |time| &time.busy);
    let mut starts = Vec::new();
    if let Some(time) = of(therapist.uuid()) {
        FreeTimes::new(time, busy, free::grid(service, now, rules)).first(usize::MAX / 2, &mut starts);
    }
    Ok(starts)
}

/// The start times nearest to one that was lost, as the patient reads them.
pub fn nearest(starts: &[i64], wish: chrono::DateTime<chrono::Utc>, zone: Zone) -> Vec<SlotView> {
    slots::nearest(starts, wish.timestamp(), NEAREST)
        .iter()
        .filter_map(|at| free::slot(zone, *at))
        .collect()
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The slots of one month, day by day.
fn days(slots: &[SlotView], month: NaiveDate) -> Vec<DayTimes> {
    let mut days: Vec<DayTimes> = Vec::new();
    for slot in slots.iter().filter(|slot| first_of_month(slot.date) == month) {
        match days.last_mut() {
            Some(day) if day.date == slot.date => day.slots.push(slot.clone()),
            _ => days.push(DayTimes {
                date: slot.date,
                day: slot.day.clone(),
                slots: vec![slot.clone()],
            }),
        }
    }
    days
}
