//! Counts of failed sign-ins that no longer count go away, so that strangers cannot fill the table.

use kernel::{House, StoreError, Task};

use crate::store;

/// Rows let go of in one transaction.
const AT_ONCE: i64 = 5_000;

/// Lets go of all that is kept no longer; answers how much that was. Run by the worker now and then.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn forget_old_failures(house: &House) -> Result<u64, StoreError> {
    let mut forgotten = 0;
    loop {
        let mut tx = house.db.begin_task(Task::SignIn).await?;
        let swept = store::throttle::sweep(&mut tx, house.clock.now(), AT_ONCE).await?;
        tx.commit().await?;
        forgotten += swept;
        if swept == 0 {
            return Ok(forgotten);
        }
    }
}
