//! Sessions: found by the hash of their token, ended by a mark, never deleted.

use chrono::{DateTime, Utc};
use kernel::{AccountId, Actor, Role, SessionId, StoreError, Tx};
use uuid::Uuid;

use crate::model::{
    AccountState, SessionState,
    session::{Ended, Times},
};

/// A session that has not been ended, with what decides about its life.
pub struct Open {
    pub actor: Actor,
    pub state: SessionState,
    pub account_state: AccountState,
    pub times: Times,
}

/// The columns of `Open` as they are stored.
struct Row {
    id: Uuid,
    account_id: Uuid,
    role: String,
    state: String,
    account_state: String,
    started_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    in_call_until: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Open {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            actor: Actor {
                account: AccountId::new(row.account_id),
                role: row.role.parse::<Role>().map_err(|_| StoreError::Corrupt("role"))?,
                session: SessionId::new(row.id),
            },
            state: row
                .state
                .parse()
                .map_err(|_| StoreError::Corrupt("state of a session"))?,
            account_state: row
                .account_state
                .parse()
                .map_err(|_| StoreError::Corrupt("state of an account"))?,
            times: Times {
                started: row.started_at,
                last_seen: row.last_seen_at,
                in_call_until: row.in_call_until,
            },
        })
    }
}

/// Runs as `Task::SignIn`.
pub async fn by_token(tx: &mut Tx, token_hash: [u8; 32]) -> Result<Option<Open>, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT s.id, s.account_id, a.role, s.state, a.state AS account_state, s.started_at, s.last_seen_at, s.in_call_until
         FROM identity.session s JOIN identity.account a ON a.id = s.account_id
         WHERE s.token_hash = $1 AND s.ended_at IS NULL",
        token_hash.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(TryInto::try_into)
    .transpose()
}

/// Runs as `Task::SignIn`.
pub async fn by_id(tx: &mut Tx, session: SessionId) -> Result<Option<Open>, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT s.id, s.account_id, a.role, s.state, a.state AS account_state, s.started_at, s.last_seen_at, s.in_call_until
         FROM identity.session s JOIN identity.account a ON a.id = s.account_id
         WHERE s.id = $1 AND s.ended_at IS NULL",
        session.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(TryInto::try_into)
    .transpose()
}

/// A session to write.
pub struct NewSession<'a> {
    pub id: SessionId,
    pub account: AccountId,
    pub token_hash: [u8; 32],
    pub state: SessionState,
    pub device: &'a str,
    pub now: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, new: &NewSession<'_>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO identity.session (id, token_hash, account_id, state, device, started_at, last_seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
        new.id.uuid(),
        new.token_hash.as_slice(),
        new.account.uuid(),
        new.state.as_str(),
        new.device,
        new.now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn touch(tx: &mut Tx, session: SessionId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE identity.session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2",
        session.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// In a call at this moment.
pub async fn note_call(tx: &mut Tx, session: SessionId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE identity.session SET in_call_until = GREATEST(in_call_until, $2) WHERE id = $1 AND ended_at IS NULL",
        session.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends one session. `None` when there was none to end.
pub async fn end(
    tx: &mut Tx,
    session: SessionId,
    why: Ended,
    now: DateTime<Utc>,
) -> Result<Option<AccountId>, StoreError> {
    let row = sqlx::query!(
        "UPDATE identity.session SET ended_at = $2, ended_why = $3 WHERE id = $1 AND ended_at IS NULL RETURNING account_id",
        session.uuid(),
        now,
        why.as_str()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| AccountId::new(row.account_id)))
}

/// Ends every session of `account` but `keep`.
pub async fn end_others(
    tx: &mut Tx,
    account: AccountId,
    keep: SessionId,
    now: DateTime<Utc>,
) -> Result<Vec<SessionId>, StoreError> {
    let rows = sqlx::query!(
        "UPDATE identity.session SET ended_at = $3, ended_why = $4
         WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL RETURNING id",
        account.uuid(),
        keep.uuid(),
        now,
        Ended::Elsewhere.as_str()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| SessionId::new(row.id)).collect())
}

/// One open session of an account, for its own list.
pub struct Listed {
    pub id: SessionId,
    pub device: String,
    pub times: Times,
}

pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Listed>, StoreError> {
    let rows = sqlx::query!(
        "SELECT id, device, started_at, last_seen_at, in_call_until FROM identity.session
         WHERE account_id = $1 AND ended_at IS NULL ORDER BY last_seen_at DESC, id DESC LIMIT 100",
        account.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: SessionId::new(row.id),
            device: row.device,
            times: Times {
                started: row.started_at,
                last_seen: row.last_seen_at,
                in_call_until: row.in_call_until,
            },
        })
        .collect())
}
