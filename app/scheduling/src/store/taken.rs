//! A therapist's day as the desk and the therapist see it: what is taken, and by what.

use super::{code, range};
use chrono::{DateTime, Utc};
use kernel::{StoreError, TherapistId, Tx};
use std::str::FromStr;
use uuid::Uuid;

/// What takes the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBy {
    Hold,
    Request,
    Visit,
    Proposal,
    Offer,
}

impl FromStr for TakenBy {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "hold" => Ok(Self::Hold),
            "request" => Ok(Self::Request),
            "visit" => Ok(Self::Visit),
            "proposal" => Ok(Self::Proposal),
            "offer" => Ok(Self::Offer),
            _ => Err(()),
        }
    }
}

/// A live claim on a therapist's time, buffers included.
#[derive(Debug)]
pub struct Taken {
    pub by: TakenBy,
    pub cause: Uuid,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Live claims on a therapist's time that touch a stretch, in order.
pub async fn taken(
    tx: &mut Tx,
    therapist: TherapistId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Taken>, StoreError> {
    sqlx::query!(
        // Two parts, because the index of the exclusion constraint leaves out what was overbooked.
        r#"SELECT cause AS "cause!", cause_id AS "cause_id!", lower(during) AS "from!", upper(during) AS "until!"
           FROM (
               SELECT * FROM scheduling.calendar_claim
               WHERE holder_id = $1 AND during && $2 AND released_at IS NULL AND overbooked_by IS NULL
               UNION ALL
               SELECT * FROM scheduling.calendar_claim
               WHERE holder_id = $1 AND during && $2 AND released_at IS NULL AND overbooked_by IS NOT NULL
           ) AS live
           WHERE expires_at IS NULL OR expires_at > $3
           ORDER BY during, id"#,
        therapist.uuid(),
        range(from, until),
        now
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Taken {
            by: code(&row.cause, "cause of a claim")?,
            cause: row.cause_id,
            from: row.from,
            until: row.until,
        })
    })
    .collect()
}
