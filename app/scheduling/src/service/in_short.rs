//! What letters ask: when, with whom and how it stands, and nothing of why. Asked by the worker and by people behind a link,
//! inside their own transaction; audit entries are the caller's.

use crate::{
    model::{ProposalId, RequestState, ServiceId, VisitState},
    store::{self, proposal::Of, request::RequestRow, visit::VisitRow},
};
use chrono::{DateTime, Utc};
use kernel::{PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitInShort {
    pub visit: VisitId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub state: VisitState,
    pub agreed_at: DateTime<Utc>,
}

impl From<VisitRow> for VisitInShort {
    fn from(row: VisitRow) -> Self {
        Self {
            visit: row.id,
            patient: row.patient,
            therapist: row.therapist,
            service: row.service,
            starts: row.visit.starts,
            ends: row.visit.ends,
            state: row.visit.state,
            agreed_at: row.agreed_at,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestInShort {
    pub request: RequestId,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub state: RequestState,
    /// Until when our team answers.
    pub expires_at: DateTime<Utc>,
    /// The visit it became.
    pub visit: Option<VisitId>,
}

impl From<RequestRow> for RequestInShort {
    fn from(row: RequestRow) -> Self {
        Self {
            request: row.id,
            patient: row.patient,
            therapist: row.therapist,
            starts: row.starts,
            ends: row.ends,
            state: row.request.state,
            expires_at: row.request.expires_at,
            visit: row.visit,
        }
    }
}

/// `None` for an absent visit and for one that the actor may not see.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn visit_in_short(tx: &mut Tx, visit: VisitId) -> Result<Option<VisitInShort>, StoreError> {
    Ok(store::visit::read(tx, visit).await?.map(VisitInShort::from))
}

/// Those of them that exist and that the actor may see, in no order.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn visits_in_short(tx: &mut Tx, visits: &[VisitId]) -> Result<Vec<VisitInShort>, StoreError> {
    let rows = store::visit::read_all(tx, visits).await?;
    Ok(rows.into_iter().map(VisitInShort::from).collect())
}

/// `None` for an absent request and for one that the actor may not see.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn request_in_short(tx: &mut Tx, request: RequestId) -> Result<Option<RequestInShort>, StoreError> {
    Ok(store::request::read(tx, request).await?.map(RequestInShort::from))
}

/// What times are proposed for. `None` for an absent proposal and for one that the actor may not see.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn proposal_of(tx: &mut Tx, proposal: ProposalId) -> Result<Option<Of>, StoreError> {
    Ok(store::proposal::read(tx, proposal).await?.map(|row| row.of))
}

/// Until when proposed times are kept; `None` when they are not any more.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn proposal_kept_until(
    tx: &mut Tx,
    proposal: ProposalId,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = store::proposal::read(tx, proposal).await?;
    Ok(row
        .filter(|row| row.proposal.answer(now).is_ok())
        .map(|row| row.proposal.expires_at))
}

/// Visits to come that start after `after` and at or before `until`.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn visits_starting(
    tx: &mut Tx,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<VisitInShort>, StoreError> {
    let rows = store::visit::starting(tx, after, until).await?;
    Ok(rows.into_iter().map(VisitInShort::from).collect())
}

/// Visits that were to end after `after` and at or before `until`, and of which nobody has said what became of them.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn visits_unconfirmed(
    tx: &mut Tx,
    after: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<VisitInShort>, StoreError> {
    let rows = store::visit::unconfirmed(tx, after, until).await?;
    Ok(rows.into_iter().map(VisitInShort::from).collect())
}
