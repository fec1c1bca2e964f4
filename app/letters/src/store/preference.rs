//! What people want to be written to about.

use super::code;
use crate::model::{Kind, Reminders};
use chrono::{DateTime, Utc};
use kernel::{AccountId, StoreError, Tx};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preference {
    pub unwanted: Vec<Kind>,
    pub reminders: Reminders,
}

/// The choices of these accounts; who chose nothing is left out.
pub async fn of(tx: &mut Tx, accounts: &[Uuid]) -> Result<Vec<(AccountId, Preference)>, StoreError> {
    sqlx::query!(
        "SELECT account_id, unwanted, reminders FROM letters.preference WHERE account_id = ANY ($1)",
        accounts
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let unwanted = row.unwanted.iter().map(|kind| code(kind, "kind of letter"));
        let preference = Preference {
            unwanted: unwanted.collect::<Result<_, _>>()?,
            reminders: code(&row.reminders, "choice of reminders")?,
        };
        Ok((AccountId::new(row.account_id), preference))
    })
    .collect()
}

pub async fn save(
    tx: &mut Tx,
    account: AccountId,
    preference: &Preference,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let unwanted: Vec<String> = preference.unwanted.iter().map(ToString::to_string).collect();
    sqlx::query!(
        "INSERT INTO letters.preference (account_id, unwanted, reminders, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET unwanted = $2, reminders = $3, changed_at = $4",
        account.uuid(),
        &unwanted,
        preference.reminders.as_str(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
