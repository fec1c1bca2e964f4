//! What the days of a month hold, counted: for the month of the own calendar.

use crate::{
    Error,
    api::view::{DayCount, MonthView},
    store::{self, month::Count},
};
use chrono::{Datelike, Months, NaiveDate};
use kernel::{
    Ctx, PatientId, Role, Zone,
    audit::{self, Looked, Subject},
};
use uuid::Uuid;

use super::{
    cast::own_people,
    find_therapists::choose,
    page_clock::{page_clock, reader_zone},
    parse, role, zones,
};

/// The month of `on` (a date or "2026-11"; empty or unreadable: this month).
///
/// # Errors
/// `NotFound` for a role without a calendar of its own, or a person the reader may not act for.
pub async fn month_counts(ctx: &Ctx, on: &str, for_patient: Option<PatientId>) -> Result<MonthView, Error> {
    match ctx.actor.role {
        Role::Therapist => of_therapist(ctx, on).await,
        _ => of_family(ctx, on, for_patient).await,
    }
}

async fn of_therapist(ctx: &Ctx, on: &str) -> Result<MonthView, Error> {
    let therapist = role::therapist(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let card = people::service::therapist_card(&mut tx, therapist)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zones::parse(&card.zone)?;
    let (month, next) = month(on, zone.date(now));
    let stretch = (zones::midnight(zone, month), zones::midnight(zone, next));
    // Numbers name nobody: no record was looked at.
    let counts = store::month::of_therapist(&mut tx, therapist, stretch, zone, now).await?;
    tx.commit().await?;
    Ok(view(ctx, zone, month, &counts))
}

async fn of_family(ctx: &Ctx, on: &str, for_patient: Option<PatientId>) -> Result<MonthView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let zone = reader_zone(ctx).await?;
    let (month, next) = month(on, zone.date(now));
    let stretch = (zones::midnight(zone, month), zones::midnight(zone, next));
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let patients: Vec<PatientId> = match for_patient {
        Some(_) => choose(&people, for_patient)?.iter().map(|one| one.patient).collect(),
        None => people.iter().map(|one| one.patient).collect(),
    };
    let ids: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let counts = store::month::of_patients(&mut tx, &ids, stretch, zone, now).await?;
    for patient in patients {
        audit::record(
            &mut tx,
            Looked::Read,
            role::subject(ctx, Subject::kind("calendar"), patient),
        );
    }
    tx.commit().await?;
    Ok(view(ctx, zone, month, &counts))
}

/// The first days of the wanted month and of the next.
fn month(on: &str, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let month = parse::month(on).or_else(|| today.with_day(1)).unwrap_or(today);
    (month, month.checked_add_months(Months::new(1)).unwrap_or(month))
}

fn view(ctx: &Ctx, zone: Zone, month: NaiveDate, counts: &[Count]) -> MonthView {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    MonthView {
        clock: page_clock(zone, ctx.clock.now()),
        month,
        days: counts
            .iter()
            .map(|count| DayCount {
                date: count.date,
                visits: number(count.visits),
                kept: number(count.kept),
            })
            .collect(),
    }
}
