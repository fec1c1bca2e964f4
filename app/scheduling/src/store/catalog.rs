//! Services and who offers them.

use super::{
    code,
    particulars::Terms,
    rules::{self, Told},
};
use crate::{
    api::view::{Face, OtherOffer},
    model::{Basics, Line, Rulebook, ServiceId},
};
use chrono::{DateTime, Utc};
use kernel::{Money, PatientId, StoreError, TherapistId, Tx};
use sqlx::types::Json;

/// Something that can be booked.
#[derive(Debug, Clone)]
pub struct Service {
    pub id: ServiceId,
    pub line: Line,
    pub name: String,
    pub minutes: u16,
    pub step: u16,
    pub buffer_before: u16,
    pub buffer_after: u16,
    pub price: Money,
}

impl Service {
    /// As a therapist gives it.
    pub fn given(self, basics: &Basics) -> Self {
        Self {
            minutes: basics.minutes,
            step: basics.step,
            buffer_before: basics.before,
            buffer_after: basics.after,
            price: basics.price,
            ..self
        }
    }
}

pub(super) struct Row {
    pub id: uuid::Uuid,
    pub line: String,
    pub name: String,
    pub minutes: i16,
    pub step: i16,
    pub buffer_before: i16,
    pub buffer_after: i16,
    pub price_cents: i64,
}

impl TryFrom<Row> for Service {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let minutes = |number: i16| u16::try_from(number).map_err(|_| StoreError::Corrupt("number of minutes"));
        Ok(Self {
            id: row.id.into(),
            line: code(&row.line, "line")?,
            name: row.name,
            minutes: minutes(row.minutes)?,
            step: minutes(row.step)?,
            buffer_before: minutes(row.buffer_before)?,
            buffer_after: minutes(row.buffer_after)?,
            price: Money::usd(row.price_cents),
        })
    }
}

/// All services, the shortest first, retired ones included: past visits name them.
pub async fn all(tx: &mut Tx) -> Result<Vec<Service>, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, line, name, minutes, step, buffer_before, buffer_after, price_cents
         FROM scheduling.service ORDER BY minutes, name, id"
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(Service::try_from)
    .collect()
}

/// All that are not retired, the shortest first.
pub async fn bookable(tx: &mut Tx) -> Result<Vec<Service>, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, line, name, minutes, step, buffer_before, buffer_after, price_cents
         FROM scheduling.service WHERE retired_at IS NULL ORDER BY minutes, name, id"
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(Service::try_from)
    .collect()
}

/// What anybody offers today, the shortest first.
pub async fn offered(tx: &mut Tx) -> Result<Vec<Service>, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, line, name, minutes, step, buffer_before, buffer_after, price_cents
         FROM scheduling.service s
         WHERE retired_at IS NULL AND EXISTS (SELECT FROM scheduling.offer o WHERE o.service_id = s.id
                                                AND COALESCE(o.booker, s.booker) <> 'nobody')
         ORDER BY minutes, name, id"
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(Service::try_from)
    .collect()
}

/// The same with all rules of booking: the search goes by both, and asks once.
pub async fn offered_by_rules(tx: &mut Tx, now: DateTime<Utc>) -> Result<(Vec<Service>, Rulebook), StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id, line, name, minutes, step, buffer_before, buffer_after, price_cents, told.rules AS "rules!: Told"
           FROM scheduling.service s CROSS JOIN (SELECT scheduling.rules_in_force(NULL, NULL, $1) AS rules) told
           WHERE retired_at IS NULL AND EXISTS (SELECT FROM scheduling.offer o WHERE o.service_id = s.id)
           ORDER BY minutes, name, id"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut services = Vec::with_capacity(rows.len());
    let mut book = Rulebook::default();
    for row in rows {
        if services.is_empty() {
            book = rules::book(row.rules);
        }
        services.push(Service::try_from(Row {
            id: row.id,
            line: row.line,
            name: row.name,
            minutes: row.minutes,
            step: row.step,
            buffer_before: row.buffer_before,
            buffer_after: row.buffer_after,
            price_cents: row.price_cents,
        })?);
    }
    Ok((services, book))
}

/// What one therapist offers today, as they give it.
pub async fn offered_by(tx: &mut Tx, therapist: TherapistId) -> Result<Vec<Service>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT s.id, s.line, s.name, COALESCE(o.minutes, s.minutes) AS "minutes!",
                  COALESCE(o.step, GREATEST(s.step, o.minutes)) AS "step!",
                  COALESCE(o.buffer_before, s.buffer_before) AS "buffer_before!",
                  COALESCE(o.buffer_after, s.buffer_after) AS "buffer_after!",
                  COALESCE(o.price_cents, s.price_cents) AS "price_cents!"
           FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
           WHERE o.therapist_id = $1 AND s.retired_at IS NULL ORDER BY s.minutes, s.name, s.id"#,
        therapist.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(Service::try_from)
    .collect()
}

/// Who offers a service today.
pub async fn offering(tx: &mut Tx, service: ServiceId) -> Result<Vec<TherapistId>, StoreError> {
    let ids = sqlx::query_scalar!(
        "SELECT o.therapist_id FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
         WHERE s.id = $1 AND s.retired_at IS NULL",
        service.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(TherapistId::new).collect())
}

/// A service that somebody offers today: of this kind, by this therapist, as far as either is named.
pub async fn any_offer(
    tx: &mut Tx,
    service: Option<ServiceId>,
    therapist: Option<TherapistId>,
) -> Result<Option<(TherapistId, Service)>, StoreError> {
    let row = sqlx::query!(
        "SELECT o.therapist_id, o.service_id FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
         WHERE s.retired_at IS NULL AND ($1::uuid IS NULL OR s.id = $1) AND ($2::uuid IS NULL OR o.therapist_id = $2)
         ORDER BY o.therapist_id, s.minutes, s.name, s.id LIMIT 1",
        service.map(ServiceId::uuid),
        therapist.map(TherapistId::uuid)
    )
    .fetch_optional(&mut **tx)
    .await?;
    match row {
        Some(row) => Ok(one(tx, row.service_id.into())
            .await?
            .map(|service| (row.therapist_id.into(), service))),
        None => Ok(None),
    }
}

/// Everything that is offered in a line of care by therapists who are licensed in a state, by name.
pub async fn offers(tx: &mut Tx, line: Line, state: &str) -> Result<Vec<OtherOffer>, StoreError> {
    sqlx::query!(
        r#"SELECT l.id AS "therapist!", l.name AS "therapist_name!", l.title AS "title!",
                  s.id, s.line, s.name, s.minutes, s.step, s.buffer_before, s.buffer_after, s.price_cents
           FROM people.licensed($2) l JOIN scheduling.offer o ON o.therapist_id = l.id
           JOIN scheduling.service s ON s.id = o.service_id
           WHERE s.line = $1 AND s.retired_at IS NULL ORDER BY l.name, s.minutes, s.name, s.id"#,
        line.as_str(),
        state
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let service = Service::try_from(Row {
            id: row.id,
            line: row.line,
            name: row.name,
            minutes: row.minutes,
            step: row.step,
            buffer_before: row.buffer_before,
            buffer_after: row.buffer_after,
            price_cents: row.price_cents,
        })?;
        Ok(OtherOffer {
            therapist: Face {
                therapist: row.therapist.into(),
                name: row.therapist_name,
                title: row.title,
            },
            service: crate::service::cast::service_view(&service),
        })
    })
    .collect()
}

/// What of it this patient may book themselves.
pub async fn offered_to(
    tx: &mut Tx,
    therapist: TherapistId,
    patient: PatientId,
    now: DateTime<Utc>,
) -> Result<Vec<Service>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.line, s.name, s.minutes, s.step, s.buffer_before, s.buffer_after, s.price_cents,
                  to_jsonb(s) AS "of_service!: Json<Terms>", to_jsonb(o) AS "own!: Json<Terms>",
                  CASE WHEN s.particular OR o.particular THEN people.age_at($2, $3) END AS age,
                  EXISTS (SELECT FROM scheduling.visit v WHERE v.patient_id = $2 AND v.therapist_id = $1
                            AND v.state <> 'cancelled') AS "met!"
           FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
           WHERE o.therapist_id = $1 AND s.retired_at IS NULL ORDER BY s.minutes, s.name, s.id"#,
        therapist.uuid(),
        patient.uuid(),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut services = Vec::with_capacity(rows.len());
    for row in rows {
        let basics = row.of_service.basics().ok_or(StoreError::Corrupt("service"))?;
        let given = row.own.own().over(&basics);
        if given.admits(row.met, row.age.and_then(|age| u16::try_from(age).ok())) {
            let plain: Service = Row {
                id: row.id,
                line: row.line,
                name: row.name,
                minutes: row.minutes,
                step: row.step,
                buffer_before: row.buffer_before,
                buffer_after: row.buffer_after,
                price_cents: row.price_cents,
            }
            .try_into()?;
            services.push(plain.given(&given));
        }
    }
    Ok(services)
}

/// One service, retired or not.
pub async fn one(tx: &mut Tx, service: ServiceId) -> Result<Option<Service>, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, line, name, minutes, step, buffer_before, buffer_after, price_cents
         FROM scheduling.service WHERE id = $1",
        service.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(Service::try_from)
    .transpose()
}

pub async fn insert(tx: &mut Tx, service: &Service) -> Result<(), StoreError> {
    let minutes = |number: u16| i16::try_from(number).map_err(|_| StoreError::Corrupt("number of minutes"));
    sqlx::query!(
        "INSERT INTO scheduling.service (id, line, name, minutes, step, buffer_before, buffer_after, price_cents)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        service.id.uuid(),
        service.line.as_str(),
        service.name,
        minutes(service.minutes)?,
        minutes(service.step)?,
        minutes(service.buffer_before)?,
        minutes(service.buffer_after)?,
        service.price.cents()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn insert_offer(tx: &mut Tx, therapist: TherapistId, service: ServiceId) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.offer (therapist_id, service_id) VALUES ($1, $2)",
        therapist.uuid(),
        service.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
