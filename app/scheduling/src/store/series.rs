//! Visits that repeat: written, moved and cancelled many at once, a statement each whatever their number.

use super::{
    meeting::{Meeting, judged},
    visit::{Cancelled, VisitRow},
};
use crate::{
    Error,
    model::{SeriesId, ServiceId, series::Pattern},
};
use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx, VisitId, Zone};
use uuid::Uuid;

/// A series as it is agreed. Who agrees it is read from the transaction itself.
#[derive(Debug)]
pub struct NewSeries {
    pub id: SeriesId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub zone: Zone,
    pub pattern: Pattern,
    pub visits: usize,
}

pub async fn insert(tx: &mut Tx, new: &NewSeries, at: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.series (id, patient_id, therapist_id, service_id, zone, first_date, minute, every_weeks, visits,
                                        created_at, created_by, created_role)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, kernel.uid(), kernel.role())",
        new.id.uuid(),
        new.patient.uuid(),
        new.therapist.uuid(),
        new.service.uuid(),
        new.zone.name(),
        new.pattern.first,
        new.pattern.minute.cast_signed(),
        new.pattern.every.weeks().cast_signed(),
        i16::try_from(new.visits).map_err(|_| StoreError::Corrupt("visits of a series"))?,
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The zone and the reading of the clock that a series keeps.
pub async fn reading(tx: &mut Tx, series: SeriesId) -> Result<Option<(Zone, u16)>, StoreError> {
    let row = sqlx::query!(
        "SELECT zone, minute FROM scheduling.series WHERE id = $1",
        series.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| Ok((super::code(&row.zone, "zone")?, super::free_time::minute(row.minute)?)))
        .transpose()
}

pub async fn set_reading(tx: &mut Tx, series: SeriesId, minute: u16) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.series SET minute = $2 WHERE id = $1",
        series.uuid(),
        minute.cast_signed()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How many there were, and how many lie ahead: from a place on, and all.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    pub visits: i16,
    pub following: i64,
    pub all: i64,
}

/// `of`: only the visits of this therapist count as ahead.
pub async fn counts(
    tx: &mut Tx,
    series: SeriesId,
    place: u16,
    of: Option<TherapistId>,
    now: DateTime<Utc>,
) -> Result<Option<Counts>, StoreError> {
    Ok(sqlx::query_as!(
        Counts,
        r#"SELECT s.visits, count(v.id) FILTER (WHERE v.series_place >= $2) AS "following!", count(v.id) AS "all!"
           FROM scheduling.series s
           LEFT JOIN scheduling.visit v ON v.series_id = s.id AND v.state IN ('scheduled', 'waiting') AND v.ends_at > $4
               AND ($3::uuid IS NULL OR v.therapist_id = $3)
           WHERE s.id = $1 GROUP BY s.visits"#,
        series.uuid(),
        place.cast_signed(),
        of.map(TherapistId::uuid),
        now
    )
    .fetch_optional(&mut **tx)
    .await?)
}

fn column<T, R>(rows: &[R], of: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

/// Takes the times of all of them, or of none. `claims`: two for each.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`.
pub async fn take(tx: &mut Tx, meetings: &[(VisitId, Meeting)], claims: &[Uuid]) -> Result<(), Error> {
    let Some((_, pair)) = meetings.first() else {
        return Ok(());
    };
    judged(
        sqlx::query!(
            "SELECT scheduling.take_times($1, $2, $3, $4, $5, $6, $7, $8)",
            claims,
            &column(meetings, |(id, _)| id.uuid()),
            pair.therapist.uuid(),
            pair.patient.uuid(),
            &column(meetings, |(_, at)| at.starts),
            &column(meetings, |(_, at)| at.ends),
            &column(meetings, |(_, at)| at.from),
            &column(meetings, |(_, at)| at.until)
        )
        .execute(&mut **tx)
        .await,
    )?;
    Ok(())
}

/// Moves all of them in this order, or none.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`.
pub async fn move_visits(tx: &mut Tx, meetings: &[(VisitId, Meeting)]) -> Result<(), Error> {
    let Some((_, pair)) = meetings.first() else {
        return Ok(());
    };
    judged(
        sqlx::query!(
            "SELECT scheduling.move_visits($1, $2, $3, $4, $5, $6)",
            &column(meetings, |(id, _)| id.uuid()),
            pair.therapist.uuid(),
            &column(meetings, |(_, at)| at.starts),
            &column(meetings, |(_, at)| at.ends),
            &column(meetings, |(_, at)| at.from),
            &column(meetings, |(_, at)| at.until)
        )
        .execute(&mut **tx)
        .await,
    )?;
    Ok(())
}

/// Writes agreed visits of one pair, each with its place.
pub async fn insert_visits(tx: &mut Tx, rows: &[VisitRow]) -> Result<(), StoreError> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    sqlx::query!(
        "INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at, message, series_id,
                                       series_place)
         SELECT v.id, $1, $2, $3, tstzrange(v.starts, v.ends), $4, $5, v.message, v.series, v.place
         FROM unnest($6::uuid[], $7::timestamptz[], $8::timestamptz[], $9::bytea[], $10::uuid[], $11::smallint[])
              AS v (id, starts, ends, message, series, place)",
        first.patient.uuid(),
        first.therapist.uuid(),
        first.service.uuid(),
        first.visit.state.as_str(),
        first.agreed_at,
        &column(rows, |row| row.id.uuid()),
        &column(rows, |row| row.visit.starts),
        &column(rows, |row| row.visit.ends),
        &column(rows, |row| row.message.clone()) as &[Option<Vec<u8>>],
        &column(rows, |row| row.series.map(|place| place.series.uuid())) as &[Option<Uuid>],
        &column(rows, |row| row.series.map(|place| place.number.cast_signed())) as &[Option<i16>]
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Cancels them and gives their time back.
pub async fn cancel(tx: &mut Tx, all: &[(VisitId, Cancelled)], now: DateTime<Utc>) -> Result<(), StoreError> {
    let ids = column(all, |(id, _)| id.uuid());
    sqlx::query!(
        "UPDATE scheduling.visit v
         SET state = 'cancelled', cancel_reason = c.reason, cancel_words = c.words, cancel_role = c.by, cancel_late = c.late
         FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::boolean[]) AS c (id, reason, words, by, late)
         WHERE v.id = c.id",
        &ids,
        &column(all, |(_, how)| how.reason.as_str().to_owned()),
        &column(all, |(_, how)| how.words.clone()) as &[Option<Vec<u8>>],
        &column(all, |(_, how)| how.by.clone()),
        &column(all, |(_, how)| how.late)
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "UPDATE scheduling.calendar_claim SET released_at = $2 WHERE cause_id = ANY ($1) AND released_at IS NULL",
        &ids,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An agreed visit that the actor sees, in the way of another one.
#[derive(Debug)]
pub struct InTheWay {
    pub visit: VisitId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
}

/// Agreed visits of either of the two between two instants, as far as row security shows them.
pub async fn agreed(
    tx: &mut Tx,
    (therapist, patient): (TherapistId, PatientId),
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<InTheWay>, StoreError> {
    let rows = sqlx::query!(
        "SELECT id, patient_id, therapist_id, starts_at, ends_at FROM scheduling.visit
         WHERE (therapist_id = $1 OR patient_id = $2) AND starts_at >= $3::timestamptz - interval '1 day' AND starts_at < $4
           AND ends_at > $3 AND state IN ('scheduled', 'waiting', 'in_progress')
         ORDER BY starts_at, id",
        therapist.uuid(),
        patient.uuid(),
        from,
        until
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| InTheWay {
            visit: row.id.into(),
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            starts: row.starts_at,
            ends: row.ends_at,
        })
        .collect())
}
