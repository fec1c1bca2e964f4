//! Accounts and their passwords.

use chrono::{DateTime, Utc};
use kernel::{AccountId, Role, StoreError, Tx};
use std::collections::HashMap;

use crate::model::{AccountState, Me};

/// What sign-in needs to know of an account.
pub struct Credentials {
    pub account: AccountId,
    pub role: Role,
    pub state: AccountState,
    /// `None` while the account is only invited.
    pub phc: Option<String>,
}

/// Runs as `Task::SignIn`.
pub async fn credentials(tx: &mut Tx, email_key: &str) -> Result<Option<Credentials>, StoreError> {
    sqlx::query!(
        r#"
        SELECT a.id, a.role, a.state, p.phc AS "phc?"
        FROM identity.account a LEFT JOIN identity.password p ON p.account_id = a.id
        WHERE a.email_key = $1
        "#,
        email_key
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        Ok(Credentials {
            account: AccountId::new(row.id),
            role: row.role.parse().map_err(|_| StoreError::Corrupt("role"))?,
            state: row
                .state
                .parse()
                .map_err(|_| StoreError::Corrupt("state of an account"))?,
            phc: row.phc,
        })
    })
    .transpose()
}

/// Runs as `Task::SignIn`.
pub async fn set_password(tx: &mut Tx, account: AccountId, phc: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE identity.password SET phc = $2, set_at = $3 WHERE account_id = $1",
        account.uuid(),
        phc,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn me(tx: &mut Tx, account: AccountId) -> Result<Option<Me>, StoreError> {
    sqlx::query!(
        "SELECT display_name, role, zone FROM identity.account WHERE id = $1",
        account.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        Ok(Me {
            account,
            name: row.display_name,
            role: row.role.parse().map_err(|_| StoreError::Corrupt("role"))?,
            zone: row.zone,
        })
    })
    .transpose()
}

/// The role of an account in use.
pub async fn role_of(tx: &mut Tx, account: AccountId) -> Result<Option<Role>, StoreError> {
    sqlx::query_scalar!(
        "SELECT role FROM identity.account WHERE id = $1 AND state = 'active'",
        account.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|role| role.parse().map_err(|_| StoreError::Corrupt("role")))
    .transpose()
}

/// The names of accounts; those that the actor may not see are left out.
pub async fn names(tx: &mut Tx, accounts: &[AccountId]) -> Result<HashMap<AccountId, String>, StoreError> {
    let ids: Vec<uuid::Uuid> = accounts.iter().map(|account| account.uuid()).collect();
    let rows = sqlx::query!(
        "SELECT id, display_name FROM identity.account WHERE id = ANY ($1)",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AccountId::new(row.id), row.display_name))
        .collect())
}

/// An account that may get letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub account: AccountId,
    /// As it was typed.
    pub email: String,
    pub role: Role,
    /// IANA name: times in a letter are the reader's.
    pub zone: String,
}

pub async fn mailboxes(tx: &mut Tx, accounts: &[AccountId]) -> Result<Vec<Mailbox>, StoreError> {
    let ids: Vec<_> = accounts.iter().map(|account| account.uuid()).collect();
    sqlx::query!(
        "SELECT id, email, role, zone FROM identity.account WHERE id = ANY ($1) AND state IN ('invited', 'active')",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Mailbox {
            account: AccountId::new(row.id),
            email: row.email,
            role: row.role.parse().map_err(|_| StoreError::Corrupt("role"))?,
            zone: row.zone,
        })
    })
    .collect()
}

/// An account to write.
pub struct NewAccount<'a> {
    pub me: &'a Me,
    pub email: &'a str,
    pub email_key: &'a str,
    pub state: AccountState,
    pub phc: &'a str,
    pub created_at: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, new: &NewAccount<'_>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.me.account.uuid(),
        new.email,
        new.email_key,
        new.me.role.as_str(),
        new.me.name,
        new.me.zone,
        new.state.as_str(),
        new.created_at
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "INSERT INTO identity.password (account_id, phc, set_at) VALUES ($1, $2, $3)",
        new.me.account.uuid(),
        new.phc,
        new.created_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Is there any account yet?
pub async fn any(tx: &mut Tx) -> Result<bool, StoreError> {
    let row = sqlx::query!(r#"SELECT EXISTS (SELECT FROM identity.account) AS "any!""#)
        .fetch_one(&mut **tx)
        .await?;
    Ok(row.any)
}
