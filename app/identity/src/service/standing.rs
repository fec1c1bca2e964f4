//! Whether an account may act at all, for links that stand for it without a session.

use kernel::{AccountId, Role, StoreError, Tx};

use crate::store;

/// The role of an account that may sign in; `None` for a suspended, ended or absent one. Runs as `Task::SignIn`.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn role_of(tx: &mut Tx, account: AccountId) -> Result<Option<Role>, StoreError> {
    store::account::role_of(tx, account).await
}
