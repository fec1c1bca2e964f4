//! Claims: the one place where a person's time is taken and given back.

use super::range;
use crate::Error;
use chrono::{DateTime, Utc};
use kernel::{OnConstraint, PatientId, RequestId, StoreError, TherapistId, Tx};
use uuid::Uuid;

/// What a claim stands for.
#[derive(Debug, Clone, Copy)]
pub enum Cause {
    Hold,
    Request,
    Visit,
    Proposal,
    Offer,
}

impl Cause {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Request => "request",
            Self::Visit => "visit",
            Self::Proposal => "proposal",
            Self::Offer => "offer",
        }
    }
}

/// A stretch of `holder`'s time to take.
#[derive(Debug)]
pub struct Claim {
    pub id: Uuid,
    pub holder: Uuid,
    pub therapist: TherapistId,
    pub patient: PatientId,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub cause: Cause,
    pub cause_id: Uuid,
    pub expires_at: Option<DateTime<Utc>>,
}

/// Stands in line for everybody concerned by a hold, request or visit, before its row is locked. See the function's comment.
pub async fn stand_in_line(tx: &mut Tx, cause: Uuid) -> Result<(), StoreError> {
    sqlx::query_scalar!(r#"SELECT scheduling.stand_in_line($1) AS "seen!""#, cause)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

/// Lets due holds and requests of `holders` end and locks these holders until the end of the transaction. The answer is
/// the requests that expired, for the outbox.
pub async fn make_way(tx: &mut Tx, holders: &[Uuid], now: DateTime<Utc>) -> Result<Vec<RequestId>, StoreError> {
    let expired = sqlx::query_scalar!(
        r#"SELECT made AS "made!" FROM scheduling.make_way($1, $2) AS made"#,
        holders,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(expired.into_iter().map(RequestId::new).collect())
}

/// The same for everybody, without locks: the timed job.
pub async fn expire_all(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<RequestId>, StoreError> {
    let expired = sqlx::query_scalar!(
        r#"SELECT made AS "made!" FROM scheduling.make_way(NULL, $1) AS made"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(expired.into_iter().map(RequestId::new).collect())
}

/// Takes `holder`'s time. The exclusion constraint is the judge; there is no check before the insert. `refused` is the
/// caller's name for "that time is not free".
pub async fn take(tx: &mut Tx, claim: &Claim, refused: Error) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        claim.id,
        claim.holder,
        claim.therapist.uuid(),
        claim.patient.uuid(),
        range(claim.from, claim.until),
        claim.cause.as_str(),
        claim.cause_id,
        claim.expires_at
    )
    .execute(&mut **tx)
    .await
    .on_constraint("calendar_claim_free", refused)?;
    Ok(())
}

/// What the claims of a hold or request become.
#[derive(Debug)]
pub struct Heir {
    pub cause: Cause,
    pub id: Uuid,
    pub patient: PatientId,
    pub expires_at: Option<DateTime<Utc>>,
}

/// The claims of one cause become those of the next, with no gap to lose the time in. The answer is how many: fewer than
/// two means that the time was given back meanwhile.
pub async fn hand_over(tx: &mut Tx, from: Uuid, heir: &Heir) -> Result<u64, StoreError> {
    let done = sqlx::query!(
        "UPDATE scheduling.calendar_claim SET cause = $2, cause_id = $3, patient_id = $4, expires_at = $5
         WHERE cause_id = $1 AND released_at IS NULL",
        from,
        heir.cause.as_str(),
        heir.id,
        heir.patient.uuid(),
        heir.expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Moves the end of a hold's claims.
pub async fn prolong(tx: &mut Tx, cause_id: Uuid, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.calendar_claim SET expires_at = $2 WHERE cause_id = $1 AND released_at IS NULL",
        cause_id,
        expires_at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives all time of one cause back.
pub async fn release(tx: &mut Tx, cause_id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.calendar_claim SET released_at = $2 WHERE cause_id = $1 AND released_at IS NULL",
        cause_id,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives back the time of one holder only: the hold is for somebody else now.
pub async fn release_of(tx: &mut Tx, cause_id: Uuid, holder: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.calendar_claim SET released_at = $3
         WHERE cause_id = $1 AND holder_id = $2 AND released_at IS NULL",
        cause_id,
        holder,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the time again that one cause gave back at an instant, unless somebody has it by now.
pub async fn take_again(
    tx: &mut Tx,
    cause_id: Uuid,
    released_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE scheduling.calendar_claim SET released_at = NULL, expires_at = $3 WHERE cause_id = $1 AND released_at = $2",
        cause_id,
        released_at,
        expires_at
    )
    .execute(&mut **tx)
    .await
    .on_constraint("calendar_claim_free", Error::TimeGone)?;
    Ok(())
}
