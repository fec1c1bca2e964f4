//! The table of all visits (R13, S21).

use crate::{
    Error,
    api::view::VisitsPage,
    model::{Column, FoundId, parse_columns},
    store,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::{
    Ctx, PatientId, TherapistId, Tx, Zone,
    audit::{self, Looked, Subject},
};
use people::TherapistFilter;
use scheduling::{
    api::view::{Bookable, DeskVisitRow},
    model::ServiceId,
    service::{
        Leaf, VisitFilter, VisitPlace, all_visits,
        cast::{Cast, face},
        offered_services, parse, zones,
    },
};

use super::role;

/// Rows of one page.
const PAGE: usize = 25;

/// What the address asks for; empty texts ask nothing.
#[derive(Debug, Clone, Default)]
pub struct VisitsWish {
    pub from: String,
    pub to: String,
    /// Days from today on, in place of `from` and `to`: what a saved view of "this week" needs.
    pub days: Option<u16>,
    pub state: String,
    pub therapist: Option<TherapistId>,
    pub service: Option<ServiceId>,
    pub find: Option<FoundId>,
    pub after: String,
    pub before: String,
}

impl VisitsWish {
    /// The filter in the liaison's zone, and the first day it means.
    ///
    /// # Errors
    /// `Invalid(from|to|state)`.
    pub fn filter(&self, zone: Zone, now: DateTime<Utc>) -> Result<(VisitFilter, NaiveDate), Error> {
        let today = zone.date(now);
        let asked = parse::optional_date("from", &self.from)?;
        let to = match (self.days, parse::optional_date("to", &self.to)?) {
            (Some(days), None) => today.checked_add_days(Days::new(u64::from(days.clamp(1, 366)) - 1)),
            (_, to) => to,
        };
        // Whoever looks for a person wants their past as well.
        let from = match (asked, self.find) {
            (None, Some(_)) => NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(today),
            (asked, _) => asked.unwrap_or(today),
        };
        let state = match self.state.trim() {
            "" => None,
            text => Some(parse::code("state", text)?),
        };
        let next_day = to.and_then(|to| to.checked_add_days(Days::new(1)));
        let filter = VisitFilter {
            from: zones::midnight(zone, from),
            until: next_day.map_or(DateTime::<Utc>::from_timestamp(FAR, 0).unwrap_or(now), |date| {
                zones::midnight(zone, date)
            }),
            state,
            therapist: self.therapist,
            service: self.service,
            patients: None,
        };
        Ok((filter, from))
    }

    fn leaf(&self) -> Result<Leaf, Error> {
        let (after, before): (Option<VisitPlace>, Option<VisitPlace>) =
            (parse::cursor(&self.after)?, parse::cursor(&self.before)?);
        Ok(match (after, before) {
            (_, Some(before)) => Leaf::Before(before),
            (Some(after), _) => Leaf::After(after),
            (None, None) => Leaf::First,
        })
    }
}

/// The year 2200: no visit is later.
const FAR: i64 = 7_258_118_400;

/// # Errors
/// `Invalid(from|to|state)`, `NotFound` for every role but liaison, a cursor that is none or a search that is forgotten.
pub async fn visits(ctx: &Ctx, wish: &VisitsWish) -> Result<VisitsPage, Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let zone = role::own_zone(ctx).await?;
    let (mut filter, from) = wish.filter(zone, now)?;
    let leaf = wish.leaf()?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let found = found(&mut tx, wish.find).await?;
    filter.patients.clone_from(&found);
    let page = all_visits(ctx, &mut tx, &filter, leaf, PAGE, zone).await?;
    let whole = page.earlier.is_none() && page.later.is_none();
    let about = if whole || found.is_some() {
        u32::try_from(page.rows.len()).unwrap_or(u32::MAX)
    } else {
        store::look::about(&mut tx, &filter).await?
    };
    let therapists = people::service::find_therapists(&mut tx, &TherapistFilter::default()).await?;
    let services = offered_services(&mut tx).await?;
    let views = store::look::views(&mut tx).await?;
    let columns = store::look::columns(&mut tx).await?;
    let cast = Cast::load(&mut tx, found.iter().flatten().copied(), []).await?;
    audit_rows(&mut tx, "visits", &page.rows);
    tx.commit().await?;
    Ok(VisitsPage {
        columns: columns.map_or_else(
            || Column::DEFAULT.to_vec(),
            |columns| parse_columns(columns.iter().map(String::as_str)),
        ),
        earlier: page.earlier.map(|id| id.to_string()),
        later: page.later.map(|id| id.to_string()),
        rows: page.rows,
        about,
        therapists: therapists.iter().map(face).collect(),
        services,
        views,
        found: found.map(|patients| patients.into_iter().map(|patient| cast.person(patient)).collect()),
        from: from.to_string(),
    })
}

/// Whom a search found.
pub async fn found(tx: &mut Tx, find: Option<FoundId>) -> Result<Option<Vec<PatientId>>, Error> {
    match find {
        Some(find) => Ok(Some(store::found::read(tx, find).await?.ok_or(Error::NotFound)?)),
        None => Ok(None),
    }
}

/// One entry for each patient whose visits are looked at.
pub fn audit_rows(tx: &mut Tx, kind: &'static str, rows: &[DeskVisitRow]) {
    let mut patients: Vec<PatientId> = rows
        .iter()
        .filter(|row| matches!(row.row.about, Bookable::Visit(_)))
        .map(|row| row.row.person.patient)
        .collect();
    patients.sort_unstable();
    patients.dedup();
    for patient in patients {
        audit::record(tx, Looked::Read, Subject::kind(kind).of(patient));
    }
}
