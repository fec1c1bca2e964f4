//! Absences of a therapist, with a reason and whom patients meet meanwhile, and closures of the clinic. Visits already agreed
//! stay; they are listed as affected.

use crate::{
    Error,
    model::TimeOffId,
    store::{self, hours::Absence, schedule::Closure},
};
use chrono::{Days, NaiveDate};
use kernel::{
    Ctx, TherapistId, Zone,
    audit::{self, Looked, Subject},
};

use super::{
    availability::own_zone,
    change_hours::{changed, not_past},
    parse, role, zones,
};

/// Longest reason, as the table has it.
const REASON_LIMIT: usize = 200;
/// Days that one absence may last: a year, whichever it is.
const LONGEST: i64 = 366;

/// An absence as a form says it.
#[derive(Debug, Clone, Copy)]
pub struct AbsenceForm<'a> {
    /// "2026-11-25"; both days are included, and without a last one it is one day.
    pub first: &'a str,
    pub last: &'a str,
    pub reason: &'a str,
    pub colleague: &'a str,
}

/// An absence of whole days, both included.
///
/// # Errors
/// `Invalid(first|last|reason|colleague)`, `NotFound` for who may not shape this schedule.
pub async fn add_time_off(ctx: &Ctx, of: Option<TherapistId>, form: AbsenceForm<'_>) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let (first, last) = days(form.first, form.last)?;
    let reason = reason(form.reason)?;
    let colleague: Option<TherapistId> = match form.colleague.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Error::invalid("colleague", "unknown"))?),
    };
    if colleague == Some(therapist) {
        return Err(Error::invalid("colleague", "unknown"));
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let zone = own_zone(&mut tx, therapist).await?;
    not_past("first", first, zone, ctx.clock.now())?;
    if let Some(colleague) = colleague
        && people::service::therapist_card(&mut tx, colleague).await?.is_none()
    {
        return Err(Error::invalid("colleague", "unknown"));
    }
    let (from, until) = whole_days(zone, first, last);
    let absence = Absence {
        id: ctx.ids.next(),
        from,
        until,
        reason,
        closure: false,
        colleague,
        affected: Vec::new(),
    };
    store::hours::add_time_off(&mut tx, therapist, &absence, ctx.actor.account).await?;
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// Takes an absence back.
///
/// # Errors
/// `NotFound`.
pub async fn remove_time_off(ctx: &Ctx, of: Option<TherapistId>, id: TimeOffId) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::hours::remove_time_off(&mut tx, therapist, id).await? {
        return Err(Error::NotFound);
    }
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// Shuts the clinic on whole days of a zone.
///
/// # Errors
/// `Invalid(first|last|reason|zone)`, `NotFound` for every role but liaison and admin.
pub async fn add_closure(ctx: &Ctx, first: &str, last: &str, zone: &str, reason_text: &str) -> Result<(), Error> {
    role::house(ctx)?;
    let (first, last) = days(first, last)?;
    let reason = reason(reason_text)?;
    let zone: Zone = zone.trim().parse().map_err(|_| Error::invalid("zone", "unknown"))?;
    not_past("first", first, zone, ctx.clock.now())?;
    let (from, until) = whole_days(zone, first, last);
    let closure = Closure {
        id: ctx.ids.next(),
        from,
        until,
        reason,
    };
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::schedule::add_closure(&mut tx, &closure, ctx.actor.account).await?;
    audit::record(&mut tx, Looked::Created, Subject::new("closure", closure.id.uuid()));
    tx.commit().await?;
    Ok(())
}

/// The clinic is open after all. Somebody may have said so a moment before: it is open then, too.
///
/// # Errors
/// `NotFound` for every role but liaison and admin.
pub async fn remove_closure(ctx: &Ctx, id: TimeOffId) -> Result<(), Error> {
    role::house(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if store::schedule::remove_closure(&mut tx, id).await? {
        audit::record(&mut tx, Looked::Changed, Subject::new("closure", id.uuid()));
    }
    tx.commit().await?;
    Ok(())
}

fn days(first: &str, last: &str) -> Result<(NaiveDate, NaiveDate), Error> {
    let first = parse::date("first", first)?;
    let last = parse::optional_date("last", last)?.unwrap_or(first);
    if last < first {
        return Err(Error::invalid("last", "empty"));
    }
    if (last - first).num_days() > LONGEST {
        return Err(Error::invalid("last", "too_long"));
    }
    Ok((first, last))
}

fn reason(text: &str) -> Result<String, Error> {
    parse::text("reason", text, REASON_LIMIT)?.ok_or_else(|| Error::invalid("reason", "required"))
}

fn whole_days(
    zone: Zone,
    first: NaiveDate,
    last: NaiveDate,
) -> (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>) {
    let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
    (zones::midnight(zone, first), zones::midnight(zone, after))
}
