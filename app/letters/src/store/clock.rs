//! How far the jobs that look ahead have come.

use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};

/// Reads it and keeps other workers from this job until the end of the transaction. `None` when another one is at it. A job
/// that never ran starts at `now`: what lies behind is not its business.
pub async fn take(tx: &mut Tx, job: &str, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    sqlx::query!(
        "INSERT INTO letters.clock (job, until) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        job,
        now
    )
    .execute(&mut **tx)
    .await?;
    let until = sqlx::query_scalar!(
        "SELECT until FROM letters.clock WHERE job = $1 FOR UPDATE SKIP LOCKED",
        job
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(until)
}

pub async fn set(tx: &mut Tx, job: &str, until: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!("UPDATE letters.clock SET until = $2 WHERE job = $1", job, until)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
