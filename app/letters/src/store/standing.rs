//! How the post stands, in numbers.

use chrono::{DateTime, Utc};
use kernel::{StoreError, Tx};

#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Written before `since`, due, and not gone.
    pub late: i64,
    pub given_up: i64,
    /// Nobody knows whether they arrived.
    pub unsure: i64,
    pub last_sent: Option<DateTime<Utc>>,
}

/// `None` for everybody but an admin. Letters about a time that is over count no more: nobody sends them again.
pub async fn read(tx: &mut Tx, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Option<Standing>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT late AS "late!", given_up AS "given_up!", unsure AS "unsure!", last_sent
           FROM letters.standing($1, $2)"#,
        since,
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Standing {
        late: row.late,
        given_up: row.given_up,
        unsure: row.unsure,
        last_sent: row.last_sent,
    }))
}
