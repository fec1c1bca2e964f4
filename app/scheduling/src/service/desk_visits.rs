//! The table of all visits (R13).

use crate::{
    Error,
    api::view::{DeskVisitRow, DeskVisitsPage, Face},
    store::{self, agenda::Filter},
};
use chrono::Days;
use kernel::{
    Ctx, TherapistId, Zone,
    audit::{self, Looked, Subject},
};
use people::TherapistFilter;

use super::{
    cast::{Cast, face, patients_of},
    parse, role, zones,
};

/// Rows of one page.
const PAGE: usize = 25;

/// What the form asks for; empty texts ask nothing.
#[derive(Debug, Clone, Default)]
pub struct VisitFilter {
    pub from: String,
    pub to: String,
    pub state: String,
    pub therapist: Option<TherapistId>,
    pub after: String,
}

/// # Errors
/// `Invalid(from|to|state)`, `NotFound` for every role but liaison or a cursor that is none.
pub async fn desk_visits(ctx: &Ctx, filter: &VisitFilter) -> Result<DeskVisitsPage, Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let (from, to) = (
        parse::optional_date("from", &filter.from)?,
        parse::optional_date("to", &filter.to)?,
    );
    let state = match filter.state.trim() {
        "" => None,
        text => Some(parse::code("state", text)?),
    };
    let zone = own_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let next_day = to.and_then(|to| to.checked_add_days(Days::new(1)));
    let asked = Filter {
        from: Some(zones::midnight(zone, from.unwrap_or_else(|| zone.date(now)))),
        until: next_day.map(|date| zones::midnight(zone, date)),
        state,
        therapist: filter.therapist,
        after: parse::cursor(&filter.after)?,
    };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = store::agenda::all(&mut tx, &asked, limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let cast = Cast::of_rows(&mut tx, &rows, now).await?;
    let therapists = people::service::find_therapists(&mut tx, &TherapistFilter::default()).await?;
    for patient in patients_of(&rows) {
        audit::record(&mut tx, Looked::Read, Subject::kind("visits").of(patient));
    }
    tx.commit().await?;

    let next = rows.last().filter(|_| more).and_then(|row| match row.entry {
        store::agenda::Entry::Visit(id, _) => Some(id.to_string()),
        store::agenda::Entry::Request(..) => None,
    });
    let rows = rows
        .iter()
        .map(|row| {
            Ok(DeskVisitRow {
                row: cast.agenda_row(ctx, row, cast.patient_zone(row.patient)?, now)?,
                therapist_when: zones::when(cast.therapist_zone(row.therapist)?, row.starts, row.ends),
            })
        })
        .collect::<Result<_, Error>>()?;
    let therapists: Vec<Face> = therapists.iter().map(face).collect();
    Ok(DeskVisitsPage { rows, next, therapists })
}

/// The zone in which the liaison reads dates.
async fn own_zone(ctx: &Ctx) -> Result<Zone, Error> {
    let me = identity::service::me(ctx).await.map_err(|_| Error::NotFound)?;
    Ok(zones::parse(&me.zone)?)
}
