//! What waits for the desk in this slice. The desk asks inside its own transaction; it writes the audit, because it knows what
//! it shows.

use crate::{
    Error,
    model::{CONFIRM_AT_LAST, CONFIRM_WITHIN, OfferState, RequestState, Rulebook, ServiceId},
    store::waiting::{self, Row},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, TherapistId, Tx};
use uuid::Uuid;

use super::rules;

/// Why something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// A request for its decision.
    Decision(RequestState),
    /// An agreed visit that falls into time off or a closure.
    Absence,
    /// A visit that ended, for the therapist's word.
    Confirmation,
    /// A wish of the waiting list: for a free time, or for the patient's answer to one. Without an offer its time is the end of
    /// the wish, and its therapist nobody where anyone would do.
    FreeTime { offered: bool },
}

/// One thing that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub waits_for: WaitsFor,
    /// Of the request, the visit or the wish.
    pub id: Uuid,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub since: DateTime<Utc>,
    /// By when somebody should have decided.
    pub due: DateTime<Utc>,
    /// The patient answers next: other times are proposed to them.
    pub theirs: bool,
}

/// What waits, of each kind the `limit` that are due first.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn waiting(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Waiting>, Error> {
    let rows = waiting::waiting(tx, now, now - CONFIRM_WITHIN, limit).await?;
    // Only an affected visit is due by a rule.
    let affected = rows.iter().filter(|row| row.kind == "affected");
    let book = rules::of_all(tx, affected.map(|row| (row.service, row.therapist)), now).await?;
    rows.into_iter().map(|row| read(row, &book, now)).collect()
}

fn read(row: Row, book: &Rulebook, now: DateTime<Utc>) -> Result<Waiting, Error> {
    let since = row.since.or_else(|| row.cause.and_then(made_at)).unwrap_or(now);
    let (waits_for, due) = match row.kind.as_str() {
        "request" => {
            let state: RequestState = row.state.parse().map_err(|_| StoreError::Corrupt("request state"))?;
            // A time that is gone is nobody's to keep: the patient waits for an answer, and the visit's start is the end of it.
            let due = match state {
                RequestState::Conflicted => row.starts,
                _ => row.expires_at.unwrap_or(row.starts),
            };
            (WaitsFor::Decision(state), due)
        }
        "waitlist" => {
            let offered = row.state == OfferState::Open.as_str();
            (WaitsFor::FreeTime { offered }, row.expires_at.unwrap_or(row.starts))
        }
        // So that the patient hears of it while a change is still free for them.
        "affected" => {
            let cut_off = book.of(row.service, row.therapist).cut_off;
            (WaitsFor::Absence, row.starts - cut_off)
        }
        "confirm" => (WaitsFor::Confirmation, row.ends + CONFIRM_AT_LAST),
        _ => return Err(StoreError::Corrupt("kind of what waits").into()),
    };
    Ok(Waiting {
        waits_for,
        id: row.id,
        patient: row.patient,
        therapist: row.therapist,
        service: row.service,
        starts: row.starts,
        ends: row.ends,
        since,
        due,
        theirs: row.theirs,
    })
}

/// When an id of version 7 was made.
fn made_at(id: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}

/// Requests that `account` decided since an instant, the latest first.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn decided_by(
    tx: &mut Tx,
    account: AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<(RequestId, DateTime<Utc>)>, Error> {
    Ok(waiting::decided_by(tx, account, since).await?)
}

/// Who of the desk decided a request, and when.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn decision_of(tx: &mut Tx, request: RequestId) -> Result<Option<(AccountId, DateTime<Utc>)>, Error> {
    Ok(waiting::decision_of(tx, request).await?)
}

/// When the desk last decided anything.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn last_decision(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(waiting::last_decision(tx).await?)
}

#[cfg(test)]
mod tests {
    use super::made_at;
    use chrono::Utc;
    use uuid::Uuid;

    #[test]
    fn an_id_tells_when_it_was_made() {
        let id = Uuid::parse_str("019aa8e2-8c00-7000-8000-000000000001").unwrap();
        assert_eq!(
            made_at(id).unwrap(),
            "2025-11-22T00:06:50.624Z".parse::<chrono::DateTime<Utc>>().unwrap()
        );
        assert_eq!(made_at(Uuid::nil()), None);
    }
}
