//! Services with all they say, and who offers them how.

use super::{
    catalog::{self, Service},
    particulars::{Particulars, Raw, Terms},
    range,
};
use crate::model::{Basics, Bounds, Line, OwnTerms, ServiceId};
use chrono::{DateTime, Utc};
use kernel::{StoreError, TherapistId, Tx};
use sqlx::types::Json;

/// A therapist's offer, every place it falls back to still apart.
#[derive(Debug)]
pub struct Offered {
    /// As the catalog has it.
    pub service: Service,
    pub basics: Basics,
    pub bounds: Bounds,
    pub own: OwnTerms,
    /// What decides its times; `None` for a plain one.
    pub more: Option<Particulars>,
}

/// What one therapist offers today, with what counts against its limits in a reach. The shortest first.
pub async fn of_therapist(
    tx: &mut Tx,
    therapist: TherapistId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Offered>, StoreError> {
    sqlx::query!(
        r#"SELECT s.id, s.line, s.name, s.minutes, s.step, s.buffer_before, s.buffer_after, s.price_cents,
                  to_jsonb(s) AS "of_service!: Json<Terms>", to_jsonb(o) AS "own!: Json<Terms>",
                  scheduling.particulars(o.therapist_id, s.id, $2, $3) AS "more: Json<Raw>"
           FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
           WHERE o.therapist_id = $1 AND s.retired_at IS NULL ORDER BY s.minutes, s.name, s.id"#,
        therapist.uuid(),
        range(from, until),
        now
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let service = catalog::Row {
            id: row.id,
            line: row.line,
            name: row.name,
            minutes: row.minutes,
            step: row.step,
            buffer_before: row.buffer_before,
            buffer_after: row.buffer_after,
            price_cents: row.price_cents,
        };
        Ok(Offered {
            service: service.try_into()?,
            basics: row.of_service.basics().ok_or(StoreError::Corrupt("service"))?,
            bounds: row.of_service.bounds(),
            own: row.own.own(),
            more: row
                .more
                .map(|Json(raw)| raw.read(now))
                .transpose()?
                .map(|(more, _)| more),
        })
    })
    .collect()
}

/// Which of these therapists offer which service.
pub async fn offers_of(tx: &mut Tx, therapists: &[TherapistId]) -> Result<Vec<(TherapistId, ServiceId)>, StoreError> {
    let ids: Vec<uuid::Uuid> = therapists.iter().map(|therapist| therapist.uuid()).collect();
    let rows = sqlx::query!(
        "SELECT o.therapist_id, o.service_id FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
         WHERE o.therapist_id = ANY ($1) AND s.retired_at IS NULL",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.therapist_id.into(), row.service_id.into()))
        .collect())
}

/// A service as the desk keeps it.
#[derive(Debug)]
pub struct Kept {
    pub id: ServiceId,
    pub name: String,
    pub line: Line,
    pub retired: bool,
    pub offered_by: u32,
    /// Nothing of the basics is left open.
    pub terms: OwnTerms,
}

/// Every service, those that can be booked first.
pub async fn services(tx: &mut Tx) -> Result<Vec<Kept>, StoreError> {
    sqlx::query!(
        r#"SELECT s.id, s.name, s.line, s.retired_at IS NOT NULL AS "retired!", to_jsonb(s) AS "terms!: Json<Terms>",
                  (SELECT count(*) FROM scheduling.offer o WHERE o.service_id = s.id) AS "offered_by!"
           FROM scheduling.service s ORDER BY s.retired_at IS NOT NULL, s.minutes, s.name, s.id"#
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Kept {
            id: row.id.into(),
            name: row.name,
            line: super::code(&row.line, "line")?,
            retired: row.retired,
            offered_by: u32::try_from(row.offered_by).unwrap_or(u32::MAX),
            terms: row.terms.own(),
        })
    })
    .collect()
}

/// The terms travel as one document whose keys are the columns: what is absent is NULL.
pub async fn insert_service(tx: &mut Tx, kept: &Kept) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.service (id, line, name, retired_at, minutes, step, start_offset, buffer_before, buffer_after,
             price_cents, mode, booker, age_from, age_until, notice_min, ahead_days, ahead_work_days, open_from, open_until,
             day_visits, day_minutes, week_visits, week_minutes)
         SELECT $1, $2, $3, NULL, t.minutes, t.step, t.start_offset, t.buffer_before, t.buffer_after, t.price_cents, t.mode,
                t.booker, t.age_from, t.age_until, t.notice_min, t.ahead_days, t.ahead_work_days, t.open_from, t.open_until,
                t.day_visits, t.day_minutes, t.week_visits, t.week_minutes
         FROM jsonb_populate_record(NULL::scheduling.service, $4) t",
        kept.id.uuid(),
        kept.line.as_str(),
        kept.name,
        Json(Terms::from(&kept.terms)) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `false` when there is no such service.
pub async fn update_service(tx: &mut Tx, kept: &Kept, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE scheduling.service s SET line = $2, name = $3,
             retired_at = CASE WHEN $5 THEN COALESCE(s.retired_at, $6) END,
             (minutes, step, start_offset, buffer_before, buffer_after, price_cents, mode, booker, age_from, age_until,
              notice_min, ahead_days, ahead_work_days, open_from, open_until, day_visits, day_minutes, week_visits, week_minutes)
             = (SELECT t.minutes, t.step, t.start_offset, t.buffer_before, t.buffer_after, t.price_cents, t.mode, t.booker,
                       t.age_from, t.age_until, t.notice_min, t.ahead_days, t.ahead_work_days, t.open_from, t.open_until,
                       t.day_visits, t.day_minutes, t.week_visits, t.week_minutes
                FROM jsonb_populate_record(NULL::scheduling.service, $4) t)
         WHERE s.id = $1",
        kept.id.uuid(),
        kept.line.as_str(),
        kept.name,
        Json(Terms::from(&kept.terms)) as _,
        kept.retired,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a therapist's terms for a service, whether or not it was offered before.
pub async fn set(tx: &mut Tx, therapist: TherapistId, service: ServiceId, terms: &OwnTerms) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.offer (therapist_id, service_id, minutes, step, start_offset, buffer_before, buffer_after,
             price_cents, mode, booker, age_from, age_until, notice_min, ahead_days, ahead_work_days, open_from, open_until,
             day_visits, day_minutes, week_visits, week_minutes)
         SELECT $1, $2, t.minutes, t.step, t.start_offset, t.buffer_before, t.buffer_after, t.price_cents, t.mode, t.booker,
                t.age_from, t.age_until, t.notice_min, t.ahead_days, t.ahead_work_days, t.open_from, t.open_until,
                t.day_visits, t.day_minutes, t.week_visits, t.week_minutes
         FROM jsonb_populate_record(NULL::scheduling.offer, $3) t
         ON CONFLICT (therapist_id, service_id) DO UPDATE SET
             minutes = EXCLUDED.minutes, step = EXCLUDED.step, start_offset = EXCLUDED.start_offset,
             buffer_before = EXCLUDED.buffer_before, buffer_after = EXCLUDED.buffer_after,
             price_cents = EXCLUDED.price_cents, mode = EXCLUDED.mode, booker = EXCLUDED.booker,
             age_from = EXCLUDED.age_from, age_until = EXCLUDED.age_until, notice_min = EXCLUDED.notice_min,
             ahead_days = EXCLUDED.ahead_days, ahead_work_days = EXCLUDED.ahead_work_days,
             open_from = EXCLUDED.open_from, open_until = EXCLUDED.open_until, day_visits = EXCLUDED.day_visits,
             day_minutes = EXCLUDED.day_minutes, week_visits = EXCLUDED.week_visits, week_minutes = EXCLUDED.week_minutes",
        therapist.uuid(),
        service.uuid(),
        Json(Terms::from(terms)) as _
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// `false` when it was not offered.
pub async fn remove(tx: &mut Tx, therapist: TherapistId, service: ServiceId) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "DELETE FROM scheduling.offer WHERE therapist_id = $1 AND service_id = $2",
        therapist.uuid(),
        service.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
