//! Taking a time: one statement that knows what is offered around it, one that takes it.

use super::{
    catalog::{self, Service},
    claim::Claim,
    free_time::{self, HolderTime},
    hold::HoldRow,
    range,
};
use crate::{
    Error,
    model::{HoldId, ServiceId},
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{AccountId, OnConstraint, PatientId, RequestId, StoreError, TherapistId, Tx};
use uuid::Uuid;

/// Whose time is wanted, for what, by whom and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub account: AccountId,
    pub patient: PatientId,
}

/// What stands around a wish.
#[derive(Debug)]
pub struct Offered {
    pub service: Service,
    /// The therapist's hours and absences of that day and the one before.
    pub time: HolderTime,
    /// What the account typed for this patient and never sent: the hold it stands at, and the sealed text.
    pub draft: Option<(HoldId, Vec<u8>)>,
}

struct Row {
    id: Uuid,
    line: String,
    name: String,
    minutes: i16,
    step: i16,
    buffer_before: i16,
    buffer_after: i16,
    price_cents: i64,
    holder_id: Uuid,
    zone: Option<String>,
    weekly: Option<Vec<i32>>,
    dated_on: Option<Vec<NaiveDate>>,
    dated_from: Option<Vec<Option<i16>>>,
    dated_until: Option<Vec<Option<i16>>>,
    away_from: Option<Vec<DateTime<Utc>>>,
    away_until: Option<Vec<DateTime<Utc>>>,
    draft_of: Option<Uuid>,
    draft: Option<Vec<u8>>,
}

/// `None` when the therapist does not offer the service today. Drafts of holds that ended before `drafts_since` stay behind.
pub async fn offered(
    tx: &mut Tx,
    wish: &Wish,
    now: DateTime<Utc>,
    drafts_since: DateTime<Utc>,
) -> Result<Option<Offered>, StoreError> {
    let a_day = chrono::Duration::days(1);
    sqlx::query_as!(
        Row,
        r#"
        SELECT s.id, s.line, s.name, s.minutes, s.step, s.buffer_before, s.buffer_after, s.price_cents,
               f.holder_id AS "holder_id!", f.zone, f.weekly, f.dated_on, f.dated_from AS "dated_from: Vec<Option<i16>>",
               f.dated_until AS "dated_until: Vec<Option<i16>>", f.away_from, f.away_until,
               d.id AS "draft_of?", d.reason AS draft
        FROM scheduling.offer o
        JOIN scheduling.service s ON s.id = o.service_id AND s.retired_at IS NULL
        CROSS JOIN scheduling.free_time(ARRAY[$1::uuid], $3, $4) f
        LEFT JOIN LATERAL (
            SELECT h.id, h.reason FROM scheduling.slot_hold h
            WHERE h.account_id = $5 AND h.patient_id = $6 AND h.reason IS NOT NULL AND h.expires_at > $7
            ORDER BY h.created_at DESC LIMIT 1
        ) d ON true
        WHERE o.therapist_id = $1 AND o.service_id = $2
        "#,
        wish.therapist.uuid(),
        wish.service.uuid(),
        range(wish.starts - a_day, wish.starts + a_day),
        now,
        wish.account.uuid(),
        wish.patient.uuid(),
        drafts_since
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(Offered::try_from)
    .transpose()
}

impl TryFrom<Row> for Offered {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
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
        let time = free_time::Row {
            holder_id: row.holder_id,
            zone: row.zone,
            weekly: row.weekly,
            dated_on: row.dated_on,
            dated_from: row.dated_from,
            dated_until: row.dated_until,
            away_from: row.away_from,
            away_until: row.away_until,
            busy_from: None,
            busy_until: None,
        };
        Ok(Self {
            service: service.try_into()?,
            time: time.try_into()?,
            draft: row.draft_of.map(HoldId::new).zip(row.draft),
        })
    }
}

/// Writes a hold with the claims on its therapist (buffers included) and its patient, after letting go of whatever the
/// account kept before. The exclusion constraint is the judge; nothing is looked up to see whether the time is free.
/// Answers the requests that were over and made way.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`.
pub async fn place(
    tx: &mut Tx,
    hold: &HoldRow,
    therapist: &Claim,
    patient: &Claim,
    now: DateTime<Utc>,
) -> Result<Vec<RequestId>, Error> {
    let placed = sqlx::query_scalar!(
        r#"SELECT scheduling.place_hold($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS "ended!""#,
        hold.id.uuid(),
        hold.account.uuid(),
        hold.patient.uuid(),
        hold.therapist.uuid(),
        hold.service.uuid(),
        range(patient.from, patient.until),
        range(therapist.from, therapist.until),
        now,
        hold.hold.expires_at,
        hold.reason,
        &[therapist.id, patient.id]
    )
    .fetch_one(&mut **tx)
    .await;
    let ended = match placed.on_constraint("calendar_claim_free", Error::SlotTaken) {
        Ok(ended) => ended,
        Err(Error::Store(StoreError::Database(error))) => {
            Err(error).on_constraint("calendar_claim_free_of_patient", Error::PatientBusy)?
        }
        Err(other) => return Err(other),
    };
    Ok(ended.into_iter().map(RequestId::new).collect())
}
