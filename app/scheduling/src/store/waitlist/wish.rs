//! Wishes to hear when a time is free.

use super::super::code;
use crate::model::{
    ServiceId, WishId, WishState,
    waitlist::{Days, Parts, Turn},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};
use uuid::Uuid;

/// A wish as stored.
#[derive(Debug, Clone)]
pub struct WishRow {
    pub id: WishId,
    pub patient: PatientId,
    pub service: ServiceId,
    /// `None`: anyone who fits.
    pub therapist: Option<TherapistId>,
    /// Sooner than this one.
    pub visit: Option<VisitId>,
    /// Instead of this one's time.
    pub request: Option<RequestId>,
    pub days: Days,
    pub parts: Parts,
    pub until: DateTime<Utc>,
    /// Sealed.
    pub reason: Option<Vec<u8>>,
    pub state: WishState,
    pub joined_at: DateTime<Utc>,
    pub joined_by: AccountId,
}

struct Row {
    id: Uuid,
    patient_id: Uuid,
    service_id: Uuid,
    therapist_id: Option<Uuid>,
    visit_id: Option<Uuid>,
    request_id: Option<Uuid>,
    weekdays: i16,
    parts: i16,
    until: DateTime<Utc>,
    reason: Option<Vec<u8>>,
    state: String,
    joined_at: DateTime<Utc>,
    joined_by: Uuid,
}

impl TryFrom<Row> for WishRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            patient: row.patient_id.into(),
            service: row.service_id.into(),
            therapist: row.therapist_id.map(TherapistId::new),
            visit: row.visit_id.map(VisitId::new),
            request: row.request_id.map(RequestId::new),
            days: Days::from_bits(row.weekdays).ok_or(StoreError::Corrupt("days of a wish"))?,
            parts: Parts::from_bits(row.parts).ok_or(StoreError::Corrupt("parts of a wish"))?,
            until: row.until,
            reason: row.reason,
            state: code(&row.state, "state of a wish")?,
            joined_at: row.joined_at,
            joined_by: row.joined_by.into(),
        })
    }
}

/// Answers `false` when somebody waits for the same already, and writes nothing then.
pub async fn insert(tx: &mut Tx, new: &WishRow) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "INSERT INTO scheduling.waitlist_wish (id, patient_id, service_id, therapist_id, visit_id, request_id, weekdays, parts,
                                               until, reason, state, joined_at, joined_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT DO NOTHING",
        new.id.uuid(),
        new.patient.uuid(),
        new.service.uuid(),
        new.therapist.map(TherapistId::uuid),
        new.visit.map(VisitId::uuid),
        new.request.map(RequestId::uuid),
        new.days.bits(),
        new.parts.bits(),
        new.until,
        new.reason,
        new.state.as_str(),
        new.joined_at,
        new.joined_by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Wishes that fit the rest of the statement.
macro_rules! wishes {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, patient_id, service_id, therapist_id, visit_id, request_id, weekdays, parts, until, reason, state,
                      joined_at, joined_by
               FROM scheduling.waitlist_wish "# + $rest
            $(, $argument)*
        )
    };
}

pub async fn read(tx: &mut Tx, id: WishId) -> Result<Option<WishRow>, StoreError> {
    let row = wishes!("WHERE id = $1", id.uuid()).fetch_optional(&mut **tx).await?;
    row.map(WishRow::try_from).transpose()
}

/// Reads it and keeps others from offering to it or ending it until the end of the transaction.
pub async fn lock(tx: &mut Tx, id: WishId) -> Result<Option<WishRow>, StoreError> {
    let row = wishes!("WHERE id = $1 FOR UPDATE", id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(WishRow::try_from).transpose()
}

/// Those that wait of these patients, the oldest first.
pub async fn waiting_of(tx: &mut Tx, patients: &[PatientId]) -> Result<Vec<WishRow>, StoreError> {
    let patients: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let rows = wishes!(
        "WHERE patient_id = ANY ($1) AND state = 'waiting' ORDER BY id",
        &patients
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(WishRow::try_from).collect()
}

/// The one that waits because of a request whose time was gone.
pub async fn of_request(tx: &mut Tx, request: RequestId) -> Result<Option<WishRow>, StoreError> {
    let row = wishes!("WHERE request_id = $1 AND state = 'waiting'", request.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(WishRow::try_from).transpose()
}

/// Somebody who might be offered time of a therapist.
#[derive(Debug)]
pub struct Waits {
    pub turn: Turn<WishId>,
    pub service: ServiceId,
    pub days: Days,
    pub parts: Parts,
    /// Only before this.
    pub before: DateTime<Utc>,
    pub patient: PatientId,
}

/// Who waits for time of a therapist and has no offer, the oldest `limit` in no order.
pub async fn waiting_for(
    tx: &mut Tx,
    therapist: TherapistId,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Waits>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT w.id, w.joined_at, w.service_id, w.weekdays, w.parts, LEAST(w.until, v.starts_at) AS "before!", w.patient_id,
                  EXISTS (SELECT FROM scheduling.visit k WHERE k.patient_id = w.patient_id AND k.therapist_id = $1
                            AND k.state <> 'cancelled') AS "known!"
           FROM scheduling.waitlist_wish w
           LEFT JOIN scheduling.visit v ON v.id = w.visit_id
           WHERE w.state = 'waiting' AND w.until > $2
             AND (w.therapist_id = $1 OR (w.therapist_id IS NULL AND EXISTS (
                     SELECT FROM scheduling.offer o WHERE o.therapist_id = $1 AND o.service_id = w.service_id)))
             AND NOT EXISTS (SELECT FROM scheduling.waitlist_offer o WHERE o.wish_id = w.id AND o.state = 'open')
           ORDER BY w.joined_at, w.id LIMIT $3"#,
        therapist.uuid(),
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Waits {
                turn: Turn {
                    wish: row.id.into(),
                    joined: row.joined_at,
                    known: row.known,
                },
                service: row.service_id.into(),
                days: Days::from_bits(row.weekdays).ok_or(StoreError::Corrupt("days of a wish"))?,
                parts: Parts::from_bits(row.parts).ok_or(StoreError::Corrupt("parts of a wish"))?,
                before: row.before,
                patient: row.patient_id.into(),
            })
        })
        .collect()
}

/// Those without an offer for which nobody has looked since `before`, the longest first. They count as looked at from now on.
pub async fn to_look_at(
    tx: &mut Tx,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<WishId>, StoreError> {
    let ids = sqlx::query_scalar!(
        "UPDATE scheduling.waitlist_wish SET looked_at = $2
         WHERE id IN (SELECT w.id FROM scheduling.waitlist_wish w
                      WHERE w.state = 'waiting' AND w.until > $2 AND (w.looked_at IS NULL OR w.looked_at <= $1)
                        AND NOT EXISTS (SELECT FROM scheduling.waitlist_offer o WHERE o.wish_id = w.id AND o.state = 'open')
                      ORDER BY w.looked_at NULLS FIRST, w.id LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING id",
        before,
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(WishId::new).collect())
}

/// Wishes that wait in vain: their time is over, the visit that should come sooner is over or gone, or so many offers in a row
/// went by unanswered.
pub async fn in_vain(tx: &mut Tx, missed: i64, now: DateTime<Utc>, limit: i64) -> Result<Vec<WishId>, StoreError> {
    let ids = sqlx::query_scalar!(
        r#"SELECT w.id FROM scheduling.waitlist_wish w LEFT JOIN scheduling.visit v ON v.id = w.visit_id
           WHERE w.state = 'waiting'
             AND (w.until <= $2 OR v.state <> 'scheduled' OR v.starts_at <= $2
                  OR (SELECT count(*) FROM scheduling.waitlist_offer o
                      WHERE o.wish_id = w.id AND o.state = 'expired'
                        AND o.created_at > COALESCE((SELECT max(x.created_at) FROM scheduling.waitlist_offer x
                                                     WHERE x.wish_id = w.id AND x.state = 'passed'), '-infinity')) >= $1)
           ORDER BY w.id LIMIT $3"#,
        missed,
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ids.into_iter().map(WishId::new).collect())
}

pub async fn set_state(tx: &mut Tx, id: WishId, state: WishState, at: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.waitlist_wish SET state = $2, ended_at = $3 WHERE id = $1",
        id.uuid(),
        state.as_str(),
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
