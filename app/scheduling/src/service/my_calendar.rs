//! What is planned and what was, for the reader and their children (R15).

use crate::{
    Error,
    api::view::CalendarPage,
    store::{self, agenda::Entry},
};
use kernel::{
    Ctx, PatientId, RequestId, VisitId,
    audit::{self, Looked, Subject},
};
use uuid::Uuid;

use super::{
    cast::{Cast, own_people},
    find_therapists::choose,
    parse, role,
};

/// Rows of one page.
const PAGE: usize = 20;

/// # Errors
/// `NotFound` for another role, a person the reader may not act for, or a cursor that is none.
pub async fn my_calendar(
    ctx: &Ctx,
    past: bool,
    for_patient: Option<PatientId>,
    after: &str,
) -> Result<CalendarPage, Error> {
    role::patient_side(ctx)?;
    let after: Option<Uuid> = parse::cursor(after)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let patients: Vec<PatientId> = match for_patient {
        Some(_) => choose(&people, for_patient)?.iter().map(|one| one.patient).collect(),
        None => people.iter().map(|one| one.patient).collect(),
    };
    let ids: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = if past {
        store::agenda::past(&mut tx, &ids, after, now, limit).await?
    } else {
        store::agenda::upcoming(&mut tx, &ids, after, now, limit).await?
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let cast = Cast::of_rows(&mut tx, &rows, now).await?.read_by(&people);
    for patient in patients {
        audit::record(
            &mut tx,
            Looked::Read,
            role::subject(ctx, Subject::kind("calendar"), patient),
        );
    }
    tx.commit().await?;
    let next = rows.last().filter(|_| more).map(|row| match row.entry {
        Entry::Request(id, _) => RequestId::uuid(id).to_string(),
        Entry::Visit(id, _) => VisitId::uuid(id).to_string(),
    });
    let rows = rows
        .iter()
        .map(|row| cast.agenda_row(ctx, row, cast.patient_zone(row.patient)?, now))
        .collect::<Result<_, Error>>()?;
    Ok(CalendarPage { people, rows, next })
}
