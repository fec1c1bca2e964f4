//! Where an account reads its letters, for the slice that writes them.

use kernel::{AccountId, StoreError, Tx};

use crate::store;
pub use crate::store::account::Mailbox;

/// The mailboxes of these accounts, in no order. Suspended and ended accounts get no letters and are left out.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn mailboxes(tx: &mut Tx, accounts: &[AccountId]) -> Result<Vec<Mailbox>, StoreError> {
    store::account::mailboxes(tx, accounts).await
}
