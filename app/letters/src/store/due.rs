//! Letters on their way out.

use super::{
    code,
    letter::{About, Times},
};
use crate::model::{Kind, LetterId, Settled};
use chrono::{DateTime, Utc};
use kernel::{AccountId, StoreError, Tx};
use uuid::Uuid;

/// A letter that one worker has taken to send.
#[derive(Debug, Clone)]
pub struct Due {
    pub id: LetterId,
    pub kind: Kind,
    pub account: AccountId,
    pub about: About,
    pub times: Option<Times>,
    pub sequence: Option<i32>,
    /// This try included.
    pub attempts: i32,
}

struct Row {
    id: Uuid,
    kind: String,
    account_id: Uuid,
    request_id: Option<Uuid>,
    visit_id: Option<Uuid>,
    proposal_id: Option<Uuid>,
    offer_id: Option<Uuid>,
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    sequence: Option<i32>,
    attempts: i32,
}

impl TryFrom<Row> for Due {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let about = match (row.request_id, row.visit_id, row.proposal_id, row.offer_id) {
            (Some(request), None, None, None) => About::Request(request.into()),
            (None, Some(visit), None, None) => About::Visit(visit.into()),
            (None, None, Some(proposal), None) => About::Proposal(proposal.into()),
            (None, None, None, Some(offer)) => About::Offer(offer.into()),
            _ => return Err(StoreError::Corrupt("subject of a letter")),
        };
        Ok(Self {
            id: row.id.into(),
            kind: code(&row.kind, "kind of letter")?,
            account: row.account_id.into(),
            about,
            times: row.starts_at.zip(row.ends_at),
            sequence: row.sequence,
            attempts: row.attempts,
        })
    }
}

/// Takes due letters, the one that waits longest first. They are `sending` from the commit on: a worker that dies over one
/// leaves a trace of it.
pub async fn take(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Due>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "UPDATE letters.letter SET state = 'sending', taken_at = $1, attempts = attempts + 1
         WHERE id IN (SELECT id FROM letters.letter WHERE state IN ('queued', 'failed') AND run_at <= $1
                      ORDER BY run_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind, account_id, request_id, visit_id, proposal_id, offer_id, starts_at, ends_at, sequence, attempts",
        now,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut due: Vec<Due> = rows.into_iter().map(Due::try_from).collect::<Result<_, _>>()?;
    due.sort_unstable_by_key(|letter| letter.id);
    Ok(due)
}

/// Letters that somebody took before `before` and never answered for. Locked.
pub async fn orphaned(tx: &mut Tx, before: DateTime<Utc>, limit: i64) -> Result<Vec<Due>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, kind, account_id, request_id, visit_id, proposal_id, offer_id, starts_at, ends_at, sequence, attempts
         FROM letters.letter WHERE state = 'sending' AND taken_at < $1 ORDER BY taken_at LIMIT $2 FOR UPDATE SKIP LOCKED",
        before,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Due::try_from).collect()
}

/// Writes what became of a try. Only of one that still counts: a worker that comes back from the dead changes nothing.
pub async fn settle(tx: &mut Tx, letter: &Due, settled: &Settled, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE letters.letter SET state = $2, run_at = $3, outcome = $4, settled_at = $5
         WHERE id = $1 AND state = 'sending' AND attempts = $6",
        letter.id.uuid(),
        settled.state.as_str(),
        settled.run_at,
        settled.outcome,
        settled.state.is_settled().then_some(now),
        letter.attempts
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
