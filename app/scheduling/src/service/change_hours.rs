//! A therapist shapes the own time: weekly hours, dated changes, absences (R16).

use crate::{
    Error,
    api::ShiftInput,
    model::{DatedShift, OverrideId, Shift, TimeOffId},
    store,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::{
    Ctx, TherapistId, Tx, Zone,
    audit::{self, Looked, Subject},
};

use super::{availability::own_zone, parse, role, zones};

/// Longest reason for an absence, as the table has it.
const REASON_LIMIT: usize = 200;
/// Shifts a week may have: eight a day.
const MOST_SHIFTS: usize = 56;

/// Replaces the weekly hours.
///
/// # Errors
/// `Invalid` at a row's field, `NotFound` for every role but therapist.
pub async fn save_availability(ctx: &Ctx, rows: &[ShiftInput]) -> Result<(), Error> {
    let therapist = role::therapist(ctx)?;
    let shifts = parse_shifts(rows)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let zone = own_zone(&mut tx, therapist).await?;
    store::hours::open_calendar(&mut tx, therapist, zone).await?;
    store::hours::set_weekly(&mut tx, therapist, &shifts).await?;
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// The rows as shifts, sorted; the first wrong field is named with its row.
fn parse_shifts(rows: &[ShiftInput]) -> Result<Vec<Shift>, Error> {
    let mut shifts: Vec<(usize, Shift)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if row.from.trim().is_empty() && row.until.trim().is_empty() {
            continue;
        }
        let field = |name: &str| format!("rows[{index}][{name}]");
        let shift = Shift {
            weekday: parse::code(&field("weekday"), &row.weekday)?,
            from: parse::minute(&field("from"), &row.from)?,
            until: parse::minute(&field("until"), &row.until)?,
        };
        if shift.until <= shift.from {
            return Err(Error::invalid(field("until"), "empty"));
        }
        shifts.push((index, shift));
    }
    if shifts.len() > MOST_SHIFTS {
        return Err(Error::invalid(format!("rows[{MOST_SHIFTS}][from]"), "too_long"));
    }
    shifts.sort_by_key(|(_, shift)| (shift.weekday.iso(), shift.from));
    for pair in shifts.windows(2) {
        let ((_, earlier), (index, later)) = (pair[0], pair[1]);
        if earlier.weekday == later.weekday && later.from < earlier.until {
            return Err(Error::invalid(format!("rows[{index}][from]"), "overlap"));
        }
    }
    Ok(shifts.into_iter().map(|(_, shift)| shift).collect())
}

/// Other hours on one date, or none.
///
/// # Errors
/// `Invalid(date|from|until)`, `NotFound` for every role but therapist.
pub async fn add_override(ctx: &Ctx, date: &str, from: &str, until: &str) -> Result<(), Error> {
    let therapist = role::therapist(ctx)?;
    let date = parse::date("date", date)?;
    let hours = if from.trim().is_empty() && until.trim().is_empty() {
        None
    } else {
        let hours = (parse::minute("from", from)?, parse::minute("until", until)?);
        if hours.1 <= hours.0 {
            return Err(Error::invalid("until", "empty"));
        }
        Some(hours)
    };
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let zone = own_zone(&mut tx, therapist).await?;
    not_past("date", date, zone, ctx.clock.now())?;
    store::hours::open_calendar(&mut tx, therapist, zone).await?;
    let change = DatedShift { date, hours };
    let overlap = Error::invalid("from", "overlap");
    store::hours::add_override(&mut tx, therapist, ctx.ids.next(), &change, overlap).await?;
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// The weekly hours hold again.
///
/// # Errors
/// `NotFound`.
pub async fn remove_override(ctx: &Ctx, id: OverrideId) -> Result<(), Error> {
    let therapist = role::therapist(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::hours::remove_override(&mut tx, therapist, id).await? {
        return Err(Error::NotFound);
    }
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// An absence of whole days, both included.
///
/// # Errors
/// `Invalid(first|last|reason)`, `NotFound` for every role but therapist.
pub async fn add_time_off(ctx: &Ctx, first: &str, last: &str, reason: &str) -> Result<(), Error> {
    let therapist = role::therapist(ctx)?;
    let first = parse::date("first", first)?;
    let last = parse::optional_date("last", last)?.unwrap_or(first);
    if last < first {
        return Err(Error::invalid("last", "empty"));
    }
    if (last - first).num_days() > 366 {
        return Err(Error::invalid("last", "too_long"));
    }
    let reason = parse::text("reason", reason, REASON_LIMIT)?.ok_or_else(|| Error::invalid("reason", "required"))?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let zone = own_zone(&mut tx, therapist).await?;
    not_past("first", first, zone, ctx.clock.now())?;
    let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
    let (from, until) = (zones::midnight(zone, first), zones::midnight(zone, after));
    store::hours::add_time_off(&mut tx, therapist, ctx.ids.next(), from, until, &reason).await?;
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// Takes an absence back.
///
/// # Errors
/// `NotFound`.
pub async fn remove_time_off(ctx: &Ctx, id: TimeOffId) -> Result<(), Error> {
    let therapist = role::therapist(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::hours::remove_time_off(&mut tx, therapist, id).await? {
        return Err(Error::NotFound);
    }
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

fn not_past(field: &str, date: NaiveDate, zone: Zone, now: DateTime<Utc>) -> Result<(), Error> {
    if date < zone.date(now) {
        return Err(Error::invalid(field, "in_the_past"));
    }
    Ok(())
}

fn changed(tx: &mut Tx, therapist: TherapistId) {
    audit::record(tx, Looked::Changed, Subject::new("availability", therapist.uuid()));
}

#[cfg(test)]
mod tests {
    use super::parse_shifts;
    use crate::{Error, api::ShiftInput};

    fn row(weekday: &str, from: &str, until: &str) -> ShiftInput {
        ShiftInput {
            weekday: weekday.to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
        }
    }

    fn refusal(rows: &[ShiftInput]) -> (String, &'static str) {
        match parse_shifts(rows) {
            Err(Error::Invalid { field, code }) => (field, code),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn rows_become_sorted_shifts_and_empty_rows_are_left_out() {
        let rows = [
            row("tue", "13:00", "17:00"),
            row("mon", "", ""),
            row("tue", "09:00", "12:00"),
        ];
        let shifts = parse_shifts(&rows).unwrap();
        assert_eq!(shifts.iter().map(|shift| shift.from).collect::<Vec<_>>(), [540, 780]);
    }

    #[test]
    fn a_wrong_row_is_named() {
        assert_eq!(
            refusal(&[row("mon", "09:00", "")]),
            ("rows[0][until]".to_owned(), "required")
        );
        assert_eq!(
            refusal(&[row("mon", "09:00", "09:00")]),
            ("rows[0][until]".to_owned(), "empty")
        );
        assert_eq!(
            refusal(&[row("mon", "09:00", "12:00"), row("mon", "11:00", "13:00")]),
            ("rows[1][from]".to_owned(), "overlap")
        );
    }
}
