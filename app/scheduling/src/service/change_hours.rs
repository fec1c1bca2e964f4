//! Weekly hours and dated changes: a therapist's own, or by a liaison (R16, R28).

use crate::{
    Error,
    api::ShiftInput,
    model::{
        DatedShift, OverrideId, ServiceId, Shift,
        week::{WeekShift, laid_out},
    },
    store,
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{
    Ctx, TherapistId, Tx, Zone,
    audit::{self, Looked, Subject},
};

use super::{availability::own_zone, parse, role};

/// Shifts a week may have: eight a day.
const MOST_SHIFTS: usize = 56;

/// Replaces the weekly hours.
///
/// # Errors
/// `Invalid` at a row's field, `NotFound` for who may not shape this schedule.
pub async fn save_availability(ctx: &Ctx, of: Option<TherapistId>, rows: &[ShiftInput]) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let offered = store::catalog::offered_by(&mut tx, therapist).await?;
    let offered: Vec<ServiceId> = offered.into_iter().map(|service| service.id).collect();
    let week = parse_week(rows, &offered)?;
    let zone = own_zone(&mut tx, therapist).await?;
    store::hours::open_calendar(&mut tx, therapist, zone).await?;
    store::hours::set_weekly(&mut tx, therapist, &week).await?;
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

/// The rows as the week they describe; the first wrong field is named with its row.
fn parse_week(rows: &[ShiftInput], offered: &[ServiceId]) -> Result<Vec<WeekShift>, Error> {
    let mut shifts: Vec<(usize, WeekShift)> = Vec::new();
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
        let services = parse_services(&field("services"), &row.services, offered)?;
        shifts.push((index, WeekShift { shift, services }));
    }
    if shifts.len() > MOST_SHIFTS {
        return Err(Error::invalid(format!("rows[{MOST_SHIFTS}][from]"), "too_long"));
    }
    shifts.sort_by_key(|(_, row)| (row.shift.weekday.iso(), row.shift.from));
    for (place, (index, later)) in shifts.iter().enumerate() {
        let clash = shifts.iter().take(place).any(|(_, earlier)| {
            earlier.shift.weekday == later.shift.weekday
                && later.shift.from < earlier.shift.until
                && earlier.services == later.services
        });
        if clash {
            return Err(Error::invalid(format!("rows[{index}][from]"), "overlap"));
        }
    }
    let rows: Vec<WeekShift> = shifts.into_iter().map(|(_, row)| row).collect();
    Ok(laid_out(&rows))
}

/// Ids between commas; none stands for every service. All that are offered named one by one stay named: a service that is
/// offered later is not among them.
fn parse_services(field: &str, text: &str, offered: &[ServiceId]) -> Result<Vec<ServiceId>, Error> {
    let mut services: Vec<ServiceId> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let service = part.parse().map_err(|_| Error::invalid(field, "unknown"))?;
        if !offered.contains(&service) {
            return Err(Error::invalid(field, "unknown"));
        }
        services.push(service);
    }
    services.sort_unstable();
    services.dedup();
    Ok(services)
}

/// Other hours on one date, or none.
///
/// # Errors
/// `Invalid(date|from|until)`, `NotFound` for who may not shape this schedule.
pub async fn add_override(
    ctx: &Ctx,
    of: Option<TherapistId>,
    date: &str,
    from: &str,
    until: &str,
) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
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
pub async fn remove_override(ctx: &Ctx, of: Option<TherapistId>, id: OverrideId) -> Result<(), Error> {
    let therapist = role::schedule(ctx, of)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::hours::remove_override(&mut tx, therapist, id).await? {
        return Err(Error::NotFound);
    }
    changed(&mut tx, therapist);
    tx.commit().await?;
    Ok(())
}

pub(super) fn not_past(field: &str, date: NaiveDate, zone: Zone, now: DateTime<Utc>) -> Result<(), Error> {
    if date < zone.date(now) {
        return Err(Error::invalid(field, "in_the_past"));
    }
    Ok(())
}

pub(super) fn changed(tx: &mut Tx, therapist: TherapistId) {
    audit::record(tx, Looked::Changed, Subject::new("availability", therapist.uuid()));
}

#[cfg(test)]
mod tests {
    use super::parse_week;
    use crate::{Error, api::ShiftInput, model::ServiceId};
    use uuid::Uuid;

    fn row(weekday: &str, from: &str, until: &str) -> ShiftInput {
        ShiftInput {
            weekday: weekday.to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
            services: String::new(),
        }
    }

    fn offered() -> [ServiceId; 2] {
        [1, 2].map(|number| ServiceId::new(Uuid::from_u128(number)))
    }

    fn for_service(row: ShiftInput, place: usize) -> ShiftInput {
        ShiftInput {
            services: offered()[place].to_string(),
            ..row
        }
    }

    fn refusal(rows: &[ShiftInput]) -> (String, &'static str) {
        match parse_week(rows, &offered()) {
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
        let week = parse_week(&rows, &offered()).unwrap();
        assert_eq!(week.iter().map(|row| row.shift.from).collect::<Vec<_>>(), [540, 780]);
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
        let foreign = ShiftInput {
            services: Uuid::from_u128(9).to_string(),
            ..row("mon", "09:00", "12:00")
        };
        assert_eq!(refusal(&[foreign]), ("rows[0][services]".to_owned(), "unknown"));
    }

    #[test]
    fn layers_of_two_services_may_overlap() {
        let rows = [
            for_service(row("mon", "09:00", "12:00"), 0),
            for_service(row("mon", "11:00", "13:00"), 1),
        ];
        let week = parse_week(&rows, &offered()).unwrap();
        assert_eq!(week.iter().map(|row| row.services.len()).collect::<Vec<_>>(), [1, 2, 1]);
    }
}
