//! The therapist's day at a glance: who waits, who is next, what to confirm.

use crate::{
    Error,
    api::view::{AgendaRow, TodayView},
    model::VisitState,
    store::{
        self,
        agenda::{Entry, Row},
    },
};
use chrono::{DateTime, Days, Utc};
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};

use super::{
    cast::{Cast, patients_of},
    role, zones,
};

/// Visits listed for confirmation; the rest follows when these are done.
const TO_CONFIRM: i64 = 20;

/// # Errors
/// `NotFound` for every role but therapist.
pub async fn today(ctx: &Ctx) -> Result<TodayView, Error> {
    let therapist = role::therapist(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let card = people::service::therapist_card(&mut tx, therapist)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zones::parse(&card.zone)?;
    let date = zone.date(now);
    let midnight = zones::midnight(zone, date);
    let tomorrow = date.checked_add_days(Days::new(1)).unwrap_or(date);
    let end_of_day = zones::midnight(zone, tomorrow);

    let visits = store::agenda::of_therapist(&mut tx, therapist, midnight, end_of_day).await?;
    let to_confirm = store::agenda::to_confirm(&mut tx, therapist, now, TO_CONFIRM).await?;
    let next = store::agenda::next_of_therapist(&mut tx, therapist, end_of_day, 1).await?;
    let all: Vec<Row> = visits.iter().chain(&to_confirm).chain(&next).cloned().collect();
    let cast = Cast::of_rows(&mut tx, &all, now).await?;
    for patient in patients_of(&all) {
        audit::record(&mut tx, Looked::Read, Subject::kind("day").of(patient));
    }
    tx.commit().await?;

    let rows = |rows: &[Row]| -> Result<Vec<AgendaRow>, Error> {
        rows.iter().map(|row| cast.agenda_row(ctx, row, zone, now)).collect()
    };
    let mut waiting: Vec<Row> = visits
        .iter()
        .filter(|row| matches!(row.entry, Entry::Visit(_, visit) if visit.state == VisitState::Waiting))
        .cloned()
        .collect();
    waiting.sort_by_key(|row| row.waiting_since);
    let minutes: i64 = visits.iter().map(|row| (row.ends - row.starts).num_minutes()).sum();
    Ok(TodayView {
        today: date,
        day: zones::day(date),
        zone: zones::view(zone, now),
        waiting_since: waiting.iter().map(since).collect(),
        waiting: rows(&waiting)?,
        visits: rows(&visits)?,
        minutes: u32::try_from(minutes).unwrap_or_default(),
        to_confirm: rows(&to_confirm)?,
        next: rows(&next)?.pop(),
        server_now: now,
    })
}

fn since(row: &Row) -> DateTime<Utc> {
    row.waiting_since.unwrap_or(row.starts)
}
