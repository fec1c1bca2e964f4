//! A date of many therapists side by side (S21), in the liaison's own clock.

use crate::{
    Error,
    api::view::{DeskColumn, DeskDayView},
    model::ServiceId,
    store::{self, day::Only},
};
use chrono::Days;
use kernel::{
    Ctx, TherapistId,
    audit::{self, Looked, Subject},
};
use people::{TherapistCard, TherapistFilter};
use uuid::Uuid;

use super::{
    care_calendar::Day,
    cast::{Cast, face, patients_of, service_view},
    page_clock::{page_clock, reader_zone},
    parse, role, therapist_days, zones,
};

/// Therapists of one page.
const PAGE: usize = 8;

/// What the form asks for; empty texts ask nothing.
#[derive(Debug, Clone, Default)]
pub struct DayWish {
    pub on: String,
    pub service: Option<ServiceId>,
    pub state: String,
    pub therapist: Option<TherapistId>,
    /// The last therapist of the page before.
    pub after: String,
}

/// # Errors
/// `Invalid(on|state)`, `NotFound` for every role but liaison or a cursor that is none.
pub async fn desk_day(ctx: &Ctx, wish: &DayWish) -> Result<DeskDayView, Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let wanted = parse::optional_date("on", &wish.on)?;
    let state = match wish.state.trim() {
        "" => None,
        text => Some(parse::code("state", text)?),
    };
    let after: Option<TherapistId> = parse::cursor(&wish.after)?;
    let zone = reader_zone(ctx).await?;
    let date = wanted.unwrap_or_else(|| zone.date(now));
    let next_date = date.checked_add_days(Days::new(1)).unwrap_or(date);
    let stretch = (zones::midnight(zone, date), zones::midnight(zone, next_date));

    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let mut everybody = people::service::find_therapists(&mut tx, &TherapistFilter::default()).await?;
    everybody.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    let services = store::catalog::all(&mut tx).await?;
    let (cards, more) = page(&everybody, wish.therapist, after)?;
    let ids: Vec<Uuid> = cards.iter().map(|card| card.id.uuid()).collect();
    let only = Only {
        service: wish.service,
        state,
    };
    let loaded = therapist_days::Days::load(&mut tx, &ids, stretch, only, now).await?;
    let cast = Cast::of_rows(&mut tx, &loaded.visits, now).await?;
    for patient in patients_of(&loaded.visits) {
        audit::record(&mut tx, Looked::Read, Subject::kind("calendar").of(patient));
    }
    tx.commit().await?;

    let day = Day::new(zone, date);
    let noon = stretch.0 + (stretch.1 - stretch.0) / 2;
    let columns = cards
        .iter()
        .map(|card| {
            let own = zones::parse(&card.zone)?;
            Ok(DeskColumn {
                face: face(card),
                ahead_minutes: own.offset_minutes(noon) - zone.offset_minutes(noon),
                open: loaded.open(card.id, &day),
                blocks: loaded.blocks(ctx, &cast, card.id, &day, now)?,
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(DeskDayView {
        clock: page_clock(zone, now),
        date,
        day: zones::day(date),
        columns,
        next: cards.last().filter(|_| more).map(|card| card.id.to_string()),
        therapists: everybody.iter().map(face).collect(),
        services: services.iter().map(service_view).collect(),
        cut_off: loaded.cut_off,
    })
}

/// The therapists of a page, by name, and whether there are more.
fn page(
    everybody: &[TherapistCard],
    one: Option<TherapistId>,
    after: Option<TherapistId>,
) -> Result<(&[TherapistCard], bool), Error> {
    let place = |id| everybody.iter().position(|card| card.id == id).ok_or(Error::NotFound);
    if let Some(one) = one {
        let at = place(one)?;
        return Ok((&everybody[at..=at], false));
    }
    let first = after.map_or(Ok(0), |after| place(after).map(|at| at + 1))?;
    let last = (first + PAGE).min(everybody.len());
    Ok((&everybody[first..last], last < everybody.len()))
}
