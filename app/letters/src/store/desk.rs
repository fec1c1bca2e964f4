//! What the desk sees of letters.

use super::code;
use crate::model::{Kind, LetterId, State};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, StoreError, Tx, VisitId};
use scheduling::model::proposal::KEPT;
use uuid::Uuid;

/// A letter and where it stands.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub letter: LetterId,
    pub kind: Kind,
    pub account: AccountId,
    pub patient: PatientId,
    pub visit: Option<VisitId>,
    /// The visit, the request or the proposal that it is about.
    pub about: Uuid,
    pub state: State,
    /// When it came to its end, else when it is tried next.
    pub at: DateTime<Utc>,
    pub attempts: i32,
    /// Why it did not leave: `550`, `no_connection`, `no_answer`.
    pub outcome: Option<String>,
}

struct Row {
    id: Uuid,
    kind: String,
    account_id: Uuid,
    patient_id: Uuid,
    visit_id: Option<Uuid>,
    about: Uuid,
    state: String,
    at: DateTime<Utc>,
    attempts: i32,
    outcome: Option<String>,
}

impl TryFrom<Row> for Delivery {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            letter: row.id.into(),
            kind: code(&row.kind, "kind of letter")?,
            account: row.account_id.into(),
            patient: row.patient_id.into(),
            visit: row.visit_id.map(VisitId::new),
            about: row.about,
            state: code(&row.state, "state of a letter")?,
            at: row.at,
            attempts: row.attempts,
            outcome: row.outcome,
        })
    }
}

macro_rules! deliveries {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, kind, account_id, patient_id, visit_id,
                      COALESCE(visit_id, request_id, proposal_id, offer_id) AS "about!", state,
                      COALESCE(settled_at, run_at) AS "at!", attempts, outcome
               FROM letters.letter "# + $rest
            $(, $argument)*
        )
    };
}

/// Every letter about a visit, alone or with others of its series, the oldest first.
pub async fn of_visit(tx: &mut Tx, visit: VisitId) -> Result<Vec<Delivery>, StoreError> {
    let rows = deliveries!(
        "WHERE visit_id = $1 OR id IN (SELECT letter_id FROM letters.letter_visit WHERE visit_id = $1) ORDER BY id",
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Letters that did not arrive or perhaps did not, about a time that is not over; the oldest first. One about proposed times
/// names none: it is over when they can be kept no longer.
pub async fn lost(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Delivery>, StoreError> {
    let rows = deliveries!(
        "WHERE state IN ('dead', 'unknown') AND (ends_at IS NULL OR ends_at > $1)
           AND (proposal_id IS NULL OR created_at > $2)
         ORDER BY id LIMIT $3",
        now,
        now - KEPT,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// One letter.
pub async fn read(tx: &mut Tx, letter: LetterId) -> Result<Option<Delivery>, StoreError> {
    let row = deliveries!("WHERE id = $1", letter.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    row.map(Delivery::try_from).transpose()
}

/// Puts a lost letter back to its beginning; `false` when it is lost no longer.
pub async fn queue_again(tx: &mut Tx, letter: LetterId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE letters.letter SET state = 'queued', attempts = 0, run_at = $2, settled_at = NULL, outcome = NULL
         WHERE id = $1 AND state IN ('dead', 'unknown')",
        letter.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
