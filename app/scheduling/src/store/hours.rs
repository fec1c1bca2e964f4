//! A therapist's hours and absences, as the therapist edits them.

use super::{code, free_time::minute, range};
use crate::Error;
use crate::model::{DatedShift, OverrideId, ServiceId, Shift, TimeOffId, Weekday, week::WeekShift};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{AccountId, OnConstraint, StoreError, TherapistId, Tx, Zone};
use uuid::Uuid;

/// The zone in which the therapist's hours are written, if hours were ever written.
pub async fn zone(tx: &mut Tx, therapist: TherapistId) -> Result<Option<Zone>, StoreError> {
    sqlx::query_scalar!(
        "SELECT zone FROM scheduling.calendar WHERE therapist_id = $1",
        therapist.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|name| code(&name, "zone"))
    .transpose()
}

/// Opens the calendar, or leaves it as it is.
pub async fn open_calendar(tx: &mut Tx, therapist: TherapistId, zone: Zone) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.calendar (therapist_id, zone) VALUES ($1, $2) ON CONFLICT (therapist_id) DO NOTHING",
        therapist.uuid(),
        zone.name()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn weekly(tx: &mut Tx, therapist: TherapistId) -> Result<Vec<WeekShift>, StoreError> {
    sqlx::query!(
        "SELECT weekday, starts_min, ends_min, service_ids FROM scheduling.availability_rule
         WHERE therapist_id = $1 ORDER BY weekday, starts_min",
        therapist.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(WeekShift {
            shift: Shift {
                weekday: Weekday::from_iso(row.weekday).ok_or(StoreError::Corrupt("weekday"))?,
                from: minute(row.starts_min)?,
                until: minute(row.ends_min)?,
            },
            services: row
                .service_ids
                .unwrap_or_default()
                .into_iter()
                .map(ServiceId::new)
                .collect(),
        })
    })
    .collect()
}

/// Replaces the weekly hours.
pub async fn set_weekly(tx: &mut Tx, therapist: TherapistId, week: &[WeekShift]) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM scheduling.availability_rule WHERE therapist_id = $1",
        therapist.uuid()
    )
    .execute(&mut **tx)
    .await?;
    let column = |of: fn(&Shift) -> i16| week.iter().map(|row| of(&row.shift)).collect::<Vec<i16>>();
    // Arrays of arrays must be of one length: the services of each shift travel as one text.
    let services: Vec<String> = week
        .iter()
        .map(|row| {
            row.services
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(",")
        })
        .collect();
    sqlx::query!(
        "INSERT INTO scheduling.availability_rule (therapist_id, weekday, starts_min, ends_min, service_ids)
         SELECT $1, weekday, starts, ends, NULLIF(string_to_array(services, ','), '{}')::uuid[]
         FROM unnest($2::smallint[], $3::smallint[], $4::smallint[], $5::text[]) AS week (weekday, starts, ends, services)",
        therapist.uuid(),
        &column(|shift| shift.weekday.iso()),
        &column(|shift| shift.from.cast_signed()),
        &column(|shift| shift.until.cast_signed()),
        &services
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Dated changes from `first` on.
pub async fn overrides(
    tx: &mut Tx,
    therapist: TherapistId,
    first: NaiveDate,
) -> Result<Vec<(OverrideId, DatedShift)>, StoreError> {
    sqlx::query!(
        "SELECT id, on_date, starts_min, ends_min FROM scheduling.availability_override
         WHERE therapist_id = $1 AND on_date >= $2 ORDER BY on_date, starts_min",
        therapist.uuid(),
        first
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let hours = match (row.starts_min, row.ends_min) {
            (Some(from), Some(until)) => Some((minute(from)?, minute(until)?)),
            _ => None,
        };
        Ok((
            row.id.into(),
            DatedShift {
                date: row.on_date,
                hours,
            },
        ))
    })
    .collect()
}

/// Adds a dated change; "no hours" replaces what the date had, hours replace "no hours".
pub async fn add_override(
    tx: &mut Tx,
    therapist: TherapistId,
    id: OverrideId,
    change: &DatedShift,
    overlap: Error,
) -> Result<(), Error> {
    sqlx::query!(
        "DELETE FROM scheduling.availability_override
         WHERE therapist_id = $1 AND on_date = $2 AND ($3 OR starts_min IS NULL)",
        therapist.uuid(),
        change.date,
        change.hours.is_none()
    )
    .execute(&mut **tx)
    .await
    .map_err(StoreError::from)?;
    sqlx::query!(
        "INSERT INTO scheduling.availability_override (id, therapist_id, on_date, starts_min, ends_min)
         VALUES ($1, $2, $3, $4, $5)",
        id.uuid(),
        therapist.uuid(),
        change.date,
        change.hours.map(|(from, _)| from.cast_signed()),
        change.hours.map(|(_, until)| until.cast_signed())
    )
    .execute(&mut **tx)
    .await
    .on_constraint("availability_override_apart", overlap)?;
    Ok(())
}

/// `false` when there is no such change of this therapist.
pub async fn remove_override(tx: &mut Tx, therapist: TherapistId, id: OverrideId) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM scheduling.availability_override WHERE id = $1 AND therapist_id = $2",
        id.uuid(),
        therapist.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An absence of a therapist, or with `closure` of the whole clinic.
#[derive(Debug)]
pub struct Absence {
    pub id: TimeOffId,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub reason: String,
    pub closure: bool,
    /// Whom patients are pointed to meanwhile.
    pub colleague: Option<TherapistId>,
    /// Agreed visits of the therapist that fall into it.
    pub affected: Vec<Uuid>,
}

/// Absences that touch the reach, with the visits they affect.
pub async fn absences(
    tx: &mut Tx,
    therapist: TherapistId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Absence>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT t.id, lower(t.during) AS "from!", upper(t.during) AS "until!", t.reason, t.therapist_id IS NULL AS "closure!", t.colleague_id,
                  ARRAY(SELECT v.id FROM scheduling.visit v WHERE v.therapist_id = $1 AND v.during && t.during
                          AND v.state IN ('scheduled', 'waiting', 'in_progress') ORDER BY lower(v.during)) AS "affected!"
           FROM scheduling.time_off t
           WHERE (t.therapist_id = $1 OR t.therapist_id IS NULL) AND t.during && $2 ORDER BY t.during, t.id"#,
        therapist.uuid(),
        range(from, until)
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Absence {
            id: row.id.into(),
            from: row.from,
            until: row.until,
            reason: row.reason,
            closure: row.closure,
            colleague: row.colleague_id.map(TherapistId::new),
            affected: row.affected,
        })
        .collect())
}

/// Writes an absence of a therapist.
pub async fn add_time_off(
    tx: &mut Tx,
    therapist: TherapistId,
    absence: &Absence,
    by: AccountId,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.time_off (id, therapist_id, during, reason, colleague_id, created_by)
         VALUES ($1, $2, $3, $4, $5, $6)",
        absence.id.uuid(),
        therapist.uuid(),
        range(absence.from, absence.until),
        absence.reason,
        absence.colleague.map(TherapistId::uuid),
        by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `false` when there is no such absence of this therapist.
pub async fn remove_time_off(tx: &mut Tx, therapist: TherapistId, id: TimeOffId) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM scheduling.time_off WHERE id = $1 AND therapist_id = $2",
        id.uuid(),
        therapist.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
