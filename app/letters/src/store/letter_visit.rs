//! The visits that a letter about several speaks of.

use super::letter::Times;
use crate::model::LetterId;
use kernel::{StoreError, Tx, VisitId};
use uuid::Uuid;

/// One visit as the reader's calendar knows it from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterVisit {
    pub visit: VisitId,
    pub times: Times,
    pub sequence: i32,
}

/// Writes the same visits for each of these letters.
pub async fn insert(tx: &mut Tx, letters: &[LetterId], visits: &[LetterVisit]) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO letters.letter_visit (letter_id, visit_id, starts_at, ends_at, sequence)
         SELECT l.id, v.visit, v.starts, v.ends, v.sequence
         FROM unnest($1::uuid[]) AS l (id),
              unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::integer[]) AS v (visit, starts, ends, sequence)",
        &letters.iter().map(|letter| letter.uuid()).collect::<Vec<Uuid>>(),
        &visits.iter().map(|one| one.visit.uuid()).collect::<Vec<Uuid>>(),
        &visits.iter().map(|one| one.times.0).collect::<Vec<_>>(),
        &visits.iter().map(|one| one.times.1).collect::<Vec<_>>(),
        &visits.iter().map(|one| one.sequence).collect::<Vec<_>>()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a letter speaks of and what nothing newer was written about to the same reader, in order of time.
pub async fn current(tx: &mut Tx, letter: LetterId) -> Result<Vec<LetterVisit>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT v.visit_id, v.starts_at, v.ends_at, v.sequence
           FROM letters.letter_visit v JOIN letters.letter l ON l.id = v.letter_id
           WHERE v.letter_id = $1
             AND NOT EXISTS (SELECT FROM letters.letter n
                             WHERE n.account_id = l.account_id AND n.visit_id = v.visit_id AND n.sequence > v.sequence)
             AND NOT EXISTS (SELECT FROM letters.letter_visit w JOIN letters.letter n ON n.id = w.letter_id
                             WHERE n.account_id = l.account_id AND w.visit_id = v.visit_id AND w.sequence > v.sequence)
           ORDER BY v.starts_at, v.visit_id"#,
        letter.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| LetterVisit {
            visit: row.visit_id.into(),
            times: (row.starts_at, row.ends_at),
            sequence: row.sequence,
        })
        .collect())
}
