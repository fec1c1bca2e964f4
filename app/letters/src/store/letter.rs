//! Letters to be written.

use crate::model::{Kind, LetterId};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, Tx, VisitId};
use scheduling::model::{OfferId, ProposalId};
use uuid::Uuid;

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Request(RequestId),
    Visit(VisitId),
    Proposal(ProposalId),
    Offer(OfferId),
}

impl About {
    const fn request(self) -> Option<Uuid> {
        match self {
            Self::Request(request) => Some(request.uuid()),
            _ => None,
        }
    }

    const fn visit(self) -> Option<Uuid> {
        match self {
            Self::Visit(visit) => Some(visit.uuid()),
            _ => None,
        }
    }

    const fn proposal(self) -> Option<Uuid> {
        match self {
            Self::Proposal(proposal) => Some(proposal.uuid()),
            _ => None,
        }
    }

    const fn offer(self) -> Option<Uuid> {
        match self {
            Self::Offer(offer) => Some(offer.uuid()),
            _ => None,
        }
    }
}

/// A stretch of time that a letter speaks of.
pub type Times = (DateTime<Utc>, DateTime<Utc>);

/// A letter to write.
#[derive(Debug, Clone)]
pub struct NewLetter {
    pub id: LetterId,
    pub kind: Kind,
    pub account: AccountId,
    pub patient: PatientId,
    pub about: About,
    pub times: Option<Times>,
    pub sequence: Option<i32>,
    pub cause: String,
}

/// Writes them all in one statement, due at once. Answers those that no earlier cause of the same name had written.
pub async fn insert(
    tx: &mut Tx,
    new: &[NewLetter],
    now: DateTime<Utc>,
) -> Result<Vec<(LetterId, PatientId)>, StoreError> {
    fn all<T>(new: &[NewLetter], one: impl Fn(&NewLetter) -> T) -> Vec<T> {
        new.iter().map(one).collect()
    }
    let rows = sqlx::query!(
        "INSERT INTO letters.letter (id, kind, account_id, patient_id, request_id, visit_id, proposal_id, offer_id, starts_at,
                                     ends_at, sequence, cause, state, created_at, run_at)
         SELECT n.*, 'queued', $13, $13
         FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[],
                     $9::timestamptz[], $10::timestamptz[], $11::integer[], $12::text[]) AS n
         ON CONFLICT ON CONSTRAINT letter_once DO NOTHING
         RETURNING id, patient_id",
        &all(new, |l| l.id.uuid()),
        &all(new, |l| l.kind.to_string()),
        &all(new, |l| l.account.uuid()),
        &all(new, |l| l.patient.uuid()),
        &all(new, |l| l.about.request()) as &[Option<Uuid>],
        &all(new, |l| l.about.visit()) as &[Option<Uuid>],
        &all(new, |l| l.about.proposal()) as &[Option<Uuid>],
        &all(new, |l| l.about.offer()) as &[Option<Uuid>],
        &all(new, |l| l.times.map(|times| times.0)) as &[Option<DateTime<Utc>>],
        &all(new, |l| l.times.map(|times| times.1)) as &[Option<DateTime<Utc>>],
        &all(new, |l| l.sequence) as &[Option<i32>],
        &all(new, |l| l.cause.clone()),
        now
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.into(), row.patient_id.into()))
        .collect())
}

/// Who has the visit in their calendar by a letter of ours, and at which time: the last one that each of them got.
pub async fn invited(tx: &mut Tx, visit: VisitId) -> Result<Vec<(AccountId, Option<Times>)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (t.account_id) t.account_id AS "account_id!", t.kind AS "kind!", t.starts_at, t.ends_at
           FROM (
               SELECT account_id, kind, starts_at, ends_at, sequence FROM letters.letter
               WHERE visit_id = $1 AND sequence IS NOT NULL
               UNION ALL
               SELECT l.account_id, l.kind, v.starts_at, v.ends_at, v.sequence
               FROM letters.letter_visit v JOIN letters.letter l ON l.id = v.letter_id WHERE v.visit_id = $1
           ) t
           ORDER BY t.account_id, t.sequence DESC"#,
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .filter(|row| {
            ![Kind::VisitCancelled, Kind::SeriesCancelled]
                .map(Kind::as_str)
                .contains(&row.kind.as_str())
        })
        .map(|row| (AccountId::new(row.account_id), row.starts_at.zip(row.ends_at)))
        .collect())
}

/// Was a newer change of the visit written to the same account?
pub async fn is_superseded(tx: &mut Tx, account: AccountId, visit: VisitId, sequence: i32) -> Result<bool, StoreError> {
    let row = sqlx::query!(
        r#"SELECT EXISTS (SELECT FROM letters.letter WHERE visit_id = $1 AND account_id = $2 AND sequence > $3)
                  OR EXISTS (SELECT FROM letters.letter_visit v JOIN letters.letter l ON l.id = v.letter_id
                             WHERE v.visit_id = $1 AND l.account_id = $2 AND v.sequence > $3) AS "newer!""#,
        visit.uuid(),
        account.uuid(),
        sequence
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.newer)
}
