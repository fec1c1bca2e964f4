//! What patients may ask about therapists: gender and insurance.

use crate::model::FoundBy;
use kernel::{StoreError, TherapistId, Tx};

pub async fn of(tx: &mut Tx, therapist: TherapistId) -> Result<Option<FoundBy>, StoreError> {
    Ok(sqlx::query_as!(
        FoundBy,
        "SELECT lower(gender) AS gender, insurers FROM people.therapist WHERE id = $1",
        therapist.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?)
}

pub async fn set(tx: &mut Tx, therapist: TherapistId, found: &FoundBy) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE people.therapist SET gender = $2, insurers = $3 WHERE id = $1",
        therapist.uuid(),
        found.gender,
        &found.insurers
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn matching(
    tx: &mut Tx,
    gender: Option<&str>,
    insurer: Option<&str>,
) -> Result<Vec<(TherapistId, bool, bool)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id, ($1::text IS NULL OR lower(gender) IS NOT DISTINCT FROM $1) AS "gender!",
                  ($2::text IS NULL OR $2 = ANY (insurers)) AS "insurer!"
           FROM people.therapist
           WHERE $1::text IS NULL OR lower(gender) = $1 OR $2::text IS NULL OR $2 = ANY (insurers)"#,
        gender,
        insurer
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.into(), row.gender, row.insurer))
        .collect())
}
