//! Times that are kept for somebody on the waiting list.

use super::super::{code, range};
use crate::model::{OfferId, OfferState, ServiceId, TimedOffer, WishId};
use chrono::{DateTime, Utc};
use kernel::{PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};
use uuid::Uuid;

/// An offer as stored.
#[derive(Debug, Clone)]
pub struct OfferRow {
    pub id: OfferId,
    pub wish: WishId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    /// The visit itself, without buffers.
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub offer: TimedOffer,
    pub created_at: DateTime<Utc>,
    /// A liaison made it by hand.
    pub by_hand: bool,
    /// What it became.
    pub request: Option<RequestId>,
    pub visit: Option<VisitId>,
}

struct Row {
    id: Uuid,
    wish_id: Uuid,
    patient_id: Uuid,
    therapist_id: Uuid,
    service_id: Uuid,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
    state: String,
    created_at: DateTime<Utc>,
    created_by: Option<Uuid>,
    expires_at: DateTime<Utc>,
    request_id: Option<Uuid>,
    visit_id: Option<Uuid>,
}

impl TryFrom<Row> for OfferRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id.into(),
            wish: row.wish_id.into(),
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            service: row.service_id.into(),
            starts: row.starts,
            ends: row.ends,
            offer: TimedOffer {
                state: code(&row.state, "state of an offer")?,
                expires_at: row.expires_at,
            },
            created_at: row.created_at,
            by_hand: row.created_by.is_some(),
            request: row.request_id.map(RequestId::new),
            visit: row.visit_id.map(VisitId::new),
        })
    }
}

pub async fn insert(tx: &mut Tx, new: &OfferRow) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO scheduling.waitlist_offer (id, wish_id, patient_id, therapist_id, service_id, during, state, created_at,
                                                created_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, kernel.uid(), $9)",
        new.id.uuid(),
        new.wish.uuid(),
        new.patient.uuid(),
        new.therapist.uuid(),
        new.service.uuid(),
        range(new.starts, new.ends),
        new.offer.state.as_str(),
        new.created_at,
        new.offer.expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Offers that fit the rest of the statement.
macro_rules! offers {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, wish_id, patient_id, therapist_id, service_id, lower(during) AS "starts!", upper(during) AS "ends!",
                      state, created_at, created_by, expires_at, request_id, visit_id
               FROM scheduling.waitlist_offer "# + $rest
            $(, $argument)*
        )
    };
}

pub async fn read(tx: &mut Tx, id: OfferId) -> Result<Option<OfferRow>, StoreError> {
    let row = offers!("WHERE id = $1", id.uuid()).fetch_optional(&mut **tx).await?;
    row.map(OfferRow::try_from).transpose()
}

/// Reads it and keeps others from answering it until the end of the transaction.
pub async fn lock(tx: &mut Tx, id: OfferId) -> Result<Option<OfferRow>, StoreError> {
    let row = offers!("WHERE id = $1 FOR UPDATE", id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(OfferRow::try_from).transpose()
}

/// The one that waits for an answer.
pub async fn open_of(tx: &mut Tx, wish: WishId) -> Result<Option<OfferRow>, StoreError> {
    let row = offers!("WHERE wish_id = $1 AND state = 'open'", wish.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(OfferRow::try_from).transpose()
}

/// All that was ever offered to these wishes, the latest first.
pub async fn of_wishes(tx: &mut Tx, wishes: &[WishId]) -> Result<Vec<OfferRow>, StoreError> {
    let ids: Vec<Uuid> = wishes.iter().map(|wish| wish.uuid()).collect();
    let rows = offers!("WHERE wish_id = ANY ($1) ORDER BY created_at DESC, id", &ids)
        .fetch_all(&mut **tx)
        .await?;
    rows.into_iter().map(OfferRow::try_from).collect()
}

/// What staff freed of a therapist's time so lately that they may still take it back.
pub async fn resting(
    tx: &mut Tx,
    therapist: TherapistId,
    now: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT lower(during) AS "from!", upper(during) AS "until!" FROM scheduling.resting_time
           WHERE therapist_id = $1 AND until > $2"#,
        therapist.uuid(),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.from, row.until)).collect())
}

/// Writes how it ended. Who ended it is read from the transaction.
pub async fn end(tx: &mut Tx, id: OfferId, state: OfferState, at: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.waitlist_offer SET state = $2, answered_at = $3, answered_role = kernel.role() WHERE id = $1",
        id.uuid(),
        state.as_str(),
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what a taken offer became.
pub async fn became(
    tx: &mut Tx,
    id: OfferId,
    request: Option<RequestId>,
    visit: Option<VisitId>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.waitlist_offer SET request_id = $2, visit_id = $3 WHERE id = $1",
        id.uuid(),
        request.map(RequestId::uuid),
        visit.map(VisitId::uuid)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
