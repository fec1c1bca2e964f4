//! A week of a patient or a family: visits and open requests on the days they lie on (R15).

use crate::{
    Error,
    api::view::{FamilyDays, MyBlock, MyDay},
    store,
};
use chrono::Days;
use kernel::{
    Ctx, PatientId,
    audit::{self, Looked, Subject},
};
use uuid::Uuid;

use super::{
    care_calendar::Day,
    cast::{Cast, own_people},
    find_therapists::choose,
    page_clock::{monday, page_clock, reader_zone},
    parse, role, zones,
};

const WEEK: u16 = 7;

/// The week of `on` (empty: this week).
///
/// # Errors
/// `Invalid(on)`, `NotFound` for another role or a person the reader may not act for.
pub async fn my_days(ctx: &Ctx, on: &str, for_patient: Option<PatientId>) -> Result<FamilyDays, Error> {
    role::patient_side(ctx)?;
    let wanted = parse::optional_date("on", on)?;
    let now = ctx.clock.now();
    let zone = reader_zone(ctx).await?;
    let first = monday(wanted.unwrap_or_else(|| zone.date(now)));
    let last = first.checked_add_days(Days::new(u64::from(WEEK))).unwrap_or(first);

    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let patients: Vec<PatientId> = match for_patient {
        Some(_) => choose(&people, for_patient)?.iter().map(|one| one.patient).collect(),
        None => people.iter().map(|one| one.patient).collect(),
    };
    let ids: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let (start, end) = (zones::midnight(zone, first), zones::midnight(zone, last));
    let rows = store::agenda::of_patients(&mut tx, &ids, start, end, now).await?;
    let cast = Cast::of_rows(&mut tx, &rows, now).await?.read_by(&people);
    for patient in patients {
        audit::record(
            &mut tx,
            Looked::Read,
            role::subject(ctx, Subject::kind("calendar"), patient),
        );
    }
    tx.commit().await?;

    let mut days = Vec::with_capacity(usize::from(WEEK));
    for date in first.iter_days().take(usize::from(WEEK)) {
        let day = Day::new(zone, date);
        let mut blocks = Vec::new();
        for row in &rows {
            if let Some((from, until)) = day.cut(row.starts, row.ends) {
                blocks.push(MyBlock {
                    from_minute: day.minute(from),
                    until_minute: day.minute(until),
                    row: cast.agenda_row(ctx, row, zone, now)?,
                });
            }
        }
        days.push(MyDay {
            date,
            day: zones::day(date),
            blocks,
        });
    }
    Ok(FamilyDays {
        clock: page_clock(zone, now),
        people,
        days,
    })
}
