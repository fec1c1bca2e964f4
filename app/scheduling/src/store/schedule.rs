//! What shapes a therapist's time besides hours: journeys, limits over all services, closures of the clinic.

use super::{code, range};
use crate::model::{Limits, TimeOffId};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{AccountId, StoreError, TherapistId, Tx, Zone};

/// From which dates on the hours are read in which zone, by date.
pub async fn legs(tx: &mut Tx, therapist: TherapistId) -> Result<Vec<(NaiveDate, Zone)>, StoreError> {
    sqlx::query!(
        "SELECT from_date, zone FROM scheduling.travel_zone WHERE therapist_id = $1 ORDER BY from_date",
        therapist.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| Ok((row.from_date, code(&row.zone, "zone")?)))
    .collect()
}

/// Writes a leg; one on the same date is replaced.
pub async fn set_leg(tx: &mut Tx, therapist: TherapistId, from: NaiveDate, zone: Zone) -> Result<(), StoreError> {
    remove_leg(tx, therapist, from).await?;
    sqlx::query!(
        "INSERT INTO scheduling.travel_zone (therapist_id, from_date, zone) VALUES ($1, $2, $3)",
        therapist.uuid(),
        from,
        zone.name()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `false` when there is none on that date.
pub async fn remove_leg(tx: &mut Tx, therapist: TherapistId, from: NaiveDate) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM scheduling.travel_zone WHERE therapist_id = $1 AND from_date = $2",
        therapist.uuid(),
        from
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn most(number: Option<i16>) -> Result<Option<u16>, StoreError> {
    number
        .map(|number| u16::try_from(number).map_err(|_| StoreError::Corrupt("limit")))
        .transpose()
}

/// The therapist's limits over all services.
pub async fn limits(tx: &mut Tx, therapist: TherapistId) -> Result<Limits, StoreError> {
    let row = sqlx::query!(
        "SELECT day_visits, day_minutes, week_visits, week_minutes FROM scheduling.calendar WHERE therapist_id = $1",
        therapist.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(Limits::NONE) };
    Ok(Limits {
        day_visits: most(row.day_visits)?,
        day_minutes: most(row.day_minutes)?,
        week_visits: most(row.week_visits)?,
        week_minutes: most(row.week_minutes)?,
    })
}

pub async fn set_limits(tx: &mut Tx, therapist: TherapistId, limits: &Limits) -> Result<(), StoreError> {
    let most = |number: Option<u16>| number.map(u16::cast_signed);
    sqlx::query!(
        "UPDATE scheduling.calendar SET day_visits = $2, day_minutes = $3, week_visits = $4, week_minutes = $5
         WHERE therapist_id = $1",
        therapist.uuid(),
        most(limits.day_visits),
        most(limits.day_minutes),
        most(limits.week_visits),
        most(limits.week_minutes)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The clinic is shut from then until then.
#[derive(Debug)]
pub struct Closure {
    pub id: TimeOffId,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub reason: String,
}

/// Closures that have not ended at `now`, the next first.
pub async fn closures(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Closure>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id, lower(during) AS "from!", upper(during) AS "until!", reason
           FROM scheduling.time_off WHERE therapist_id IS NULL AND upper(during) > $1 ORDER BY during, id"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Closure {
            id: row.id.into(),
            from: row.from,
            until: row.until,
            reason: row.reason,
        })
        .collect())
}

pub async fn add_closure(tx: &mut Tx, closure: &Closure, by: AccountId) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.time_off (id, during, reason, created_by) VALUES ($1, $2, $3, $4)",
        closure.id.uuid(),
        range(closure.from, closure.until),
        closure.reason,
        by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `false` when there is no such closure.
pub async fn remove_closure(tx: &mut Tx, id: TimeOffId) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM scheduling.time_off WHERE id = $1 AND therapist_id IS NULL",
        id.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
