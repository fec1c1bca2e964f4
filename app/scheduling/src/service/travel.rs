//! Where a therapist's clock hangs, and how much of a day and a week they see people.

use crate::{Error, model::Limits, store};
use kernel::{Ctx, TherapistId, Zone};

use super::{
    availability::own_zone,
    change_hours::{changed, not_past},
    parse, role,
};

/// From a date on the hours are read in another zone.
///
/// # Errors
/// `Invalid(from|zone)`, `NotFound` for who may not shape this schedule.
pub async fn add_travel(ctx: &Ctx, of: Option<TherapistId>, from: &str, zone: &str) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let from = parse::date("from", from)?;
    let zone: Zone = zone.trim().parse().map_err(|_| Error::invalid("zone", "unknown"))?;
    not_past("from", from, zone, ctx.clock.now())?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let home = own_zone(&mut tx, therapist).await?;
    store::hours::open_calendar(&mut tx, therapist, home).await?;
    store::schedule::set_leg(&mut tx, therapist, from, zone).await?;
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// The journey does not take place, or its return does not.
///
/// # Errors
/// `NotFound`.
pub async fn remove_travel(ctx: &Ctx, of: Option<TherapistId>, from: &str) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let from = parse::date("from", from)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::schedule::remove_leg(&mut tx, therapist, from).await? {
        return Err(Error::NotFound);
    }
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// Limits over all services, as a form says them: empty is no limit.
///
/// # Errors
/// `Invalid` at the field, `NotFound` for who may not shape this schedule.
pub async fn save_limits(ctx: &Ctx, of: Option<TherapistId>, texts: [&str; 4]) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let [day_visits, day_minutes, week_visits, week_minutes] = texts;
    let limits = Limits {
        day_visits: parse::number("day_visits", day_visits, 100)?,
        day_minutes: parse::number("day_minutes", day_minutes, 1_440)?,
        week_visits: parse::number("week_visits", week_visits, 500)?,
        week_minutes: parse::number("week_minutes", week_minutes, 10_080)?,
    };
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let home = own_zone(&mut tx, therapist).await?;
    store::hours::open_calendar(&mut tx, therapist, home).await?;
    store::schedule::set_limits(&mut tx, therapist, &limits).await?;
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}
