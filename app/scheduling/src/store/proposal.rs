//! Proposals and their times.

use super::{code, range};
use crate::model::{Proposal, ProposalId, ProposalState, ProposedTimeId, ServiceId};
use chrono::{DateTime, Utc};
use kernel::{PatientId, RequestId, StoreError, TherapistId, Tx, VisitId};

/// What the times are proposed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Request(RequestId),
    Visit(VisitId),
}

impl Of {
    const fn parts(self) -> (Option<uuid::Uuid>, Option<uuid::Uuid>) {
        match self {
            Self::Request(id) => (Some(id.uuid()), None),
            Self::Visit(id) => (None, Some(id.uuid())),
        }
    }
}

/// A proposal as stored.
#[derive(Debug)]
pub struct ProposalRow {
    pub id: ProposalId,
    pub of: Of,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub proposal: Proposal,
    pub words: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
    /// In the order they were given.
    pub times: Vec<TimeRow>,
}

/// One of its times, without buffers.
#[derive(Debug, Clone, Copy)]
pub struct TimeRow {
    pub id: ProposedTimeId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, new: &ProposalRow) -> Result<(), StoreError> {
    let (request, visit) = new.of.parts();
    sqlx::query!(
        "INSERT INTO scheduling.proposal (id, request_id, visit_id, patient_id, therapist_id, service_id, state, words,
                                          created_at, created_by, created_role, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, kernel.uid(), kernel.role(), $10)",
        new.id.uuid(),
        request,
        visit,
        new.patient.uuid(),
        new.therapist.uuid(),
        new.service.uuid(),
        new.proposal.state.as_str(),
        new.words,
        new.created_at,
        new.proposal.expires_at
    )
    .execute(&mut **tx)
    .await?;
    for (place, time) in (1_i16..).zip(&new.times) {
        sqlx::query!(
            "INSERT INTO scheduling.proposal_time (id, proposal_id, during, place) VALUES ($1, $2, $3, $4)",
            time.id.uuid(),
            new.id.uuid(),
            range(time.starts, time.ends),
            place
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

struct Row {
    id: uuid::Uuid,
    request_id: Option<uuid::Uuid>,
    visit_id: Option<uuid::Uuid>,
    patient_id: uuid::Uuid,
    therapist_id: uuid::Uuid,
    service_id: uuid::Uuid,
    state: String,
    words: Option<Vec<u8>>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

/// Proposals that fit the rest of the statement.
macro_rules! proposals {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT id, request_id, visit_id, patient_id, therapist_id, service_id, state, words, created_at, expires_at
               FROM scheduling.proposal "# + $rest
            $(, $argument)*
        )
    };
}

pub async fn read(tx: &mut Tx, id: ProposalId) -> Result<Option<ProposalRow>, StoreError> {
    let row = proposals!("WHERE id = $1", id.uuid()).fetch_optional(&mut **tx).await?;
    whole(tx, row).await
}

/// Reads it and keeps others from answering it until the end of the transaction.
pub async fn lock(tx: &mut Tx, id: ProposalId) -> Result<Option<ProposalRow>, StoreError> {
    let row = proposals!("WHERE id = $1 FOR UPDATE", id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    whole(tx, row).await
}

/// The one that waits for an answer.
pub async fn open_of(tx: &mut Tx, of: Of) -> Result<Option<ProposalRow>, StoreError> {
    let (request, visit) = of.parts();
    let row = proposals!(
        "WHERE (request_id = $1 OR visit_id = $2) AND state = 'open'",
        request,
        visit
    )
    .fetch_optional(&mut **tx)
    .await?;
    whole(tx, row).await
}

async fn whole(tx: &mut Tx, row: Option<Row>) -> Result<Option<ProposalRow>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let times = sqlx::query!(
        r#"SELECT id, lower(during) AS "starts!", upper(during) AS "ends!" FROM scheduling.proposal_time
           WHERE proposal_id = $1 ORDER BY place"#,
        row.id
    )
    .fetch_all(&mut **tx)
    .await?;
    let of = match (row.request_id, row.visit_id) {
        (Some(request), _) => Of::Request(request.into()),
        (None, Some(visit)) => Of::Visit(visit.into()),
        (None, None) => return Err(StoreError::Corrupt("proposal")),
    };
    Ok(Some(ProposalRow {
        id: row.id.into(),
        of,
        patient: row.patient_id.into(),
        therapist: row.therapist_id.into(),
        service: row.service_id.into(),
        proposal: Proposal {
            state: code(&row.state, "proposal state")?,
            expires_at: row.expires_at,
        },
        words: row.words,
        created_at: row.created_at,
        times: times
            .into_iter()
            .map(|time| TimeRow {
                id: time.id.into(),
                starts: time.starts,
                ends: time.ends,
            })
            .collect(),
    }))
}

/// Writes the answer.
pub async fn answer(tx: &mut Tx, id: ProposalId, state: ProposalState, at: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.proposal SET state = $2, answered_at = $3 WHERE id = $1",
        id.uuid(),
        state.as_str(),
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Ends what waits for an answer for any of these visits, and gives the times back: one statement, whatever their number.
pub async fn end_of_visits(
    tx: &mut Tx,
    visits: &[VisitId],
    state: ProposalState,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let visits: Vec<uuid::Uuid> = visits.iter().map(|visit| visit.uuid()).collect();
    sqlx::query!(
        "WITH ended AS (
             UPDATE scheduling.proposal SET state = $2, answered_at = $3 WHERE visit_id = ANY ($1) AND state = 'open'
             RETURNING id
         )
         UPDATE scheduling.calendar_claim c SET released_at = $3
         FROM scheduling.proposal_time t JOIN ended e ON e.id = t.proposal_id
         WHERE c.cause_id = t.id AND c.released_at IS NULL",
        &visits,
        state.as_str(),
        at
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn choose(tx: &mut Tx, time: ProposedTimeId) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE scheduling.proposal_time SET chosen = true WHERE id = $1",
        time.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
