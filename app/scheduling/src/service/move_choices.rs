//! What the page of a move shows: the visit, until when it is free, the times it could go to.

use crate::{
    Error,
    api::view::{DayTimes, Face, MoveView},
    model::Side,
    store::{self, meeting::Meeting, visit::VisitRow},
};
use chrono::NaiveDate;
use kernel::{
    Ctx, Role, TherapistId, Tx, VisitId, Zone,
    audit::{self, Looked, Subject},
};
use people::TherapistFilter;

use super::{
    around,
    cast::{Cast, face, own_people, service_view},
    free,
    move_visit::{own_meeting, reading_zone},
    parse, role, rules, series_view,
    staff_booking::pair,
    zones,
};

/// So many days with times on one page.
const DAYS: usize = 7;

/// # Errors
/// `NotFound` for whoever may not move it, and for a therapist who could not take it over; `Invalid` at `from`.
pub async fn move_choices(
    ctx: &Ctx,
    id: VisitId,
    therapist: Option<TherapistId>,
    from: &str,
) -> Result<MoveView, Error> {
    let now = ctx.clock.now();
    let from = parse::optional_date("from", from)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::visit::read(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let side = role::side_of(ctx, &mut tx, row.patient, row.therapist).await?;
    let zone = reading_zone(&mut tx, &row, side).await?;
    let people = match side {
        Side::Patient => own_people(&mut tx, &ctx.actor, now).await?,
        Side::Staff => Vec::new(),
    };
    let cast = Cast::load(&mut tx, [row.patient], [row.therapist])
        .await?
        .read_by(&people);
    let rules = rules::of(&mut tx, row.service, row.therapist, now).await?;
    let may = row.visit.reschedule(now, &rules, side).is_ok();
    let service = cast.service(row.service)?;
    let chosen = therapist.unwrap_or(row.therapist);
    let therapists = match ctx.actor.role {
        Role::Liaison => may_take_over(&mut tx, &row).await?,
        _ => vec![cast.face(row.therapist)],
    };
    if !therapists.iter().any(|face| face.therapist == chosen) {
        return Err(Error::NotFound);
    }
    let starts = if may {
        let own = own_meeting(&row, service, &rules);
        let wanted = Meeting {
            therapist: chosen,
            ..own
        };
        let there = rules::of(&mut tx, row.service, chosen, now).await?;
        around::starts(ctx, &mut tx, service, &there, &wanted, Some(&own)).await?
    } else {
        Vec::new()
    };
    let series = series_view(ctx, &mut tx, row.series).await?;
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::new("visit", id.uuid()), row.patient),
    );
    tx.commit().await?;
    let (days, later) = days(&starts, zone, from);
    Ok(MoveView {
        visit: id,
        person: cast.person(row.patient),
        therapist: cast.face(row.therapist),
        service: service_view(service),
        when: zones::when(zone, row.visit.starts, row.visit.ends),
        free_until: zones::moment(zone, row.visit.free_until(&rules)),
        may,
        series,
        staff: side == Side::Staff,
        therapists,
        chosen,
        days,
        is_first: from.is_none(),
        later,
        key: ctx.ids.next(),
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
    })
}

/// Whoever meets the patient now, then everybody else who offers the service where the patient is.
async fn may_take_over(tx: &mut Tx, row: &VisitRow) -> Result<Vec<Face>, Error> {
    let patient = people::service::patient_card(tx, row.patient)
        .await?
        .ok_or(Error::NotFound)?;
    let filter = TherapistFilter {
        state_code: Some(patient.state_code),
        ..TherapistFilter::default()
    };
    let mut faces = Vec::new();
    for card in people::service::find_therapists(tx, &filter).await? {
        if card.id == row.therapist {
            faces.insert(0, face(&card));
        } else if pair(tx, row.patient, card.id, row.service).await.is_ok() {
            faces.push(face(&card));
        }
    }
    Ok(faces)
}

/// The first days with times from a date on, and the date on which the next page begins.
fn days(starts: &[i64], zone: Zone, from: Option<NaiveDate>) -> (Vec<DayTimes>, Option<NaiveDate>) {
    let mut days: Vec<DayTimes> = Vec::new();
    for slot in starts.iter().filter_map(|at| free::slot(zone, *at)) {
        if from.is_some_and(|from| slot.date < from) {
            continue;
        }
        let shown = days.len();
        match days.last_mut() {
            Some(day) if day.date == slot.date => day.slots.push(slot),
            _ if shown == DAYS => return (days, Some(slot.date)),
            _ => days.push(DayTimes {
                date: slot.date,
                day: slot.day.clone(),
                slots: vec![slot],
            }),
        }
    }
    (days, None)
}
