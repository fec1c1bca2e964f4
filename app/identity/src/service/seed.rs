//! Accounts of the demo clinic. Runs as `Task::Seed`.

use chrono::{DateTime, Utc};
use kernel::{AccountId, Role, StoreError, Tx};

use crate::{
    model::{AccountState, Me, account::email_key},
    store::{self, account::NewAccount},
};

/// Of every demo account; printed at the first start.
pub const DEMO_PASSWORD: &str = "demo clinic 2026";

/// An account to plant.
#[derive(Debug, Clone, Copy)]
pub struct DemoAccount<'a> {
    pub id: AccountId,
    pub email: &'a str,
    pub name: &'a str,
    pub role: Role,
    /// IANA name.
    pub zone: &'a str,
}

/// Is there any account yet? The demo clinic is planted on an empty database only.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn any_account(tx: &mut Tx) -> Result<bool, StoreError> {
    store::account::any(tx).await
}

/// Plants an active account whose password has the hash `phc`.
///
/// # Errors
/// `StoreError` when the e-mail is taken or the database does not answer.
pub async fn plant_account(
    tx: &mut Tx,
    demo: &DemoAccount<'_>,
    phc: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let me = Me {
        account: demo.id,
        name: demo.name.to_owned(),
        role: demo.role,
        zone: demo.zone.to_owned(),
    };
    let account = NewAccount {
        me: &me,
        email: demo.email,
        email_key: &email_key(demo.email),
        state: AccountState::Active,
        phc,
        created_at: now,
    };
    store::account::insert(tx, &account).await
}
