//! The log of a room. Bodies come and go sealed.

use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, Tx, VisitId};
use sqlx::PgConnection;
use uuid::Uuid;

/// A room as it was kept.
#[derive(Debug)]
pub struct Opened {
    pub epoch: i64,
    pub saved: Option<Vec<u8>>,
    pub saved_n: i64,
}

/// One sealed batch.
#[derive(Debug)]
pub struct Sealed {
    pub id: Uuid,
    pub body: Vec<u8>,
}

/// Opens the room of a visit under the next epoch; the first time, makes it.
pub async fn open(tx: &mut Tx, visit: VisitId, patient: PatientId, now: DateTime<Utc>) -> Result<Opened, StoreError> {
    Ok(sqlx::query_as!(
        Opened,
        "INSERT INTO room.session AS s (visit_id, patient_id, epoch, opened_at) VALUES ($1, $2, 1, $3)
         ON CONFLICT (visit_id) DO UPDATE SET epoch = s.epoch + 1
         RETURNING epoch, saved, saved_n",
        visit.uuid(),
        patient.uuid(),
        now
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Every batch after `n`, in order.
pub async fn after(tx: &mut Tx, visit: VisitId, n: i64) -> Result<Vec<Sealed>, StoreError> {
    Ok(sqlx::query_as!(
        Sealed,
        "SELECT id, body FROM room.batch WHERE visit_id = $1 AND n > $2 ORDER BY n",
        visit.uuid(),
        n
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Appends a batch; answers its number. In the caller's transaction, or on a connection of the room's task alone.
pub async fn append(
    conn: &mut PgConnection,
    visit: VisitId,
    id: Uuid,
    kept_at: DateTime<Utc>,
    body: &[u8],
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO room.batch (visit_id, id, kept_at, body) VALUES ($1, $2, $3, $4) RETURNING n",
        visit.uuid(),
        id,
        kept_at,
        body
    )
    .fetch_one(conn)
    .await?)
}

/// Appends a batch as a statement of its own that does not wait for the disk.
pub async fn append_unhurried(
    conn: &mut PgConnection,
    visit: VisitId,
    id: Uuid,
    kept_at: DateTime<Utc>,
    body: &[u8],
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        "INSERT INTO room.batch (visit_id, id, kept_at, body)
         SELECT $1, $2, $3, $4 FROM set_config('synchronous_commit', 'off', true) RETURNING n",
        visit.uuid(),
        id,
        kept_at,
        body
    )
    .fetch_one(conn)
    .await?)
}

/// Whether the log has this entry.
pub async fn holds(tx: &mut Tx, visit: VisitId, id: Uuid) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM room.batch WHERE visit_id = $1 AND id = $2) AS "holds!""#,
        visit.uuid(),
        id
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Lets the transaction end without waiting for the disk.
pub async fn do_not_hurry(tx: &mut Tx) -> Result<(), StoreError> {
    sqlx::query!("SET LOCAL synchronous_commit = off")
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Replaces the saved state, which contains every batch up to `n`.
pub async fn save(tx: &mut Tx, visit: VisitId, saved: &[u8], n: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE room.session SET saved = $2, saved_n = $3 WHERE visit_id = $1",
        visit.uuid(),
        saved,
        n
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
