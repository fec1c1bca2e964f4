//! Links between accounts and patients.

use kernel::{AccountId, PatientId, StoreError, TherapistId, Tx};
use uuid::Uuid;

use crate::model::{CaredFor, Pairing, Relation, RelationKind, Scope, patient::shown_name};

fn kind(text: &str) -> Result<RelationKind, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt("kind of relation"))
}

fn scopes(words: &[String]) -> Result<Vec<Scope>, StoreError> {
    words
        .iter()
        .map(|word| word.parse().map_err(|_| StoreError::Corrupt("scope")))
        .collect()
}

/// The links of `account` to `patient`, ended ones included.
pub async fn between(tx: &mut Tx, account: AccountId, patient: PatientId) -> Result<Vec<Relation>, StoreError> {
    sqlx::query!(
        "SELECT kind, scope, starts_at, ends_at FROM people.relation WHERE account_id = $1 AND patient_id = $2",
        account.uuid(),
        patient.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Relation {
            kind: kind(&row.kind)?,
            scope: scopes(&row.scope)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        })
    })
    .collect()
}

/// The links of `account` to `patient`, ended ones included, each with what decides whether the patient may be booked with
/// `therapist`. Empty when one of the two is absent or not the actor's to see.
pub async fn pairings(
    tx: &mut Tx,
    account: AccountId,
    patient: PatientId,
    therapist: TherapistId,
) -> Result<Vec<(Relation, Pairing)>, StoreError> {
    sqlx::query!(
        r#"
        SELECT r.kind, r.scope, r.starts_at, r.ends_at, p.kind AS patient_kind, t.accepts_new,
               EXISTS (SELECT FROM people.licence l WHERE l.therapist_id = t.id AND l.state_code = p.state_code
                         AND l.valid_until >= CURRENT_DATE) AS "licensed!"
        FROM people.relation r JOIN people.patient p ON p.id = r.patient_id CROSS JOIN people.therapist t
        WHERE r.account_id = $1 AND r.patient_id = $2 AND t.id = $3
        "#,
        account.uuid(),
        patient.uuid(),
        therapist.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let relation = Relation {
            kind: kind(&row.kind)?,
            scope: scopes(&row.scope)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        };
        let pairing = Pairing {
            relation: relation.kind,
            patient: row
                .patient_kind
                .parse()
                .map_err(|_| StoreError::Corrupt("kind of patient"))?,
            licensed: row.licensed,
            accepts_new: row.accepts_new,
        };
        Ok((relation, pairing))
    })
    .collect()
}

/// Everybody `account` is linked to, by name, with the link.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<(CaredFor, Relation)>, StoreError> {
    sqlx::query!(
        "SELECT r.kind, r.scope, r.starts_at, r.ends_at,
                p.id, p.kind AS patient_kind, p.given_name, p.family_name, p.preferred_name, p.zone, p.state_code
         FROM people.relation r JOIN people.patient p ON p.id = r.patient_id
         WHERE r.account_id = $1
         ORDER BY r.kind = 'self' DESC, p.family_name, p.given_name, p.id",
        account.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let relation = Relation {
            kind: kind(&row.kind)?,
            scope: scopes(&row.scope)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        };
        let person = CaredFor {
            patient: PatientId::new(row.id),
            name: shown_name(&row.given_name, &row.family_name, row.preferred_name.as_deref()),
            kind: row
                .patient_kind
                .parse()
                .map_err(|_| StoreError::Corrupt("kind of patient"))?,
            zone: row.zone,
            state_code: row.state_code,
            relation: relation.kind,
        };
        Ok((person, relation))
    })
    .collect()
}

/// The links of people who may act as or for these patients, ended ones included.
pub async fn of_patients(
    tx: &mut Tx,
    patients: &[PatientId],
) -> Result<Vec<(PatientId, AccountId, Relation)>, StoreError> {
    let ids: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    sqlx::query!(
        "SELECT patient_id, account_id, kind, scope, starts_at, ends_at FROM people.relation
         WHERE patient_id = ANY ($1) AND kind IN ('self', 'guardian')
         ORDER BY patient_id, starts_at, id",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        let relation = Relation {
            kind: kind(&row.kind)?,
            scope: scopes(&row.scope)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        };
        Ok((PatientId::new(row.patient_id), AccountId::new(row.account_id), relation))
    })
    .collect()
}

/// A link to write.
pub struct NewRelation<'a> {
    pub id: Uuid,
    pub account: AccountId,
    pub patient: PatientId,
    pub relation: &'a Relation,
    /// What proves a guardian's link.
    pub evidence: Option<&'a str>,
    pub created_by: AccountId,
}

/// Writes the link; `false` when the same one is alive already.
pub async fn insert(tx: &mut Tx, new: &NewRelation<'_>) -> Result<bool, StoreError> {
    let scope: Vec<String> = new.relation.scope.iter().map(|s| s.as_str().to_owned()).collect();
    let done = sqlx::query!(
        "INSERT INTO people.relation (id, account_id, patient_id, kind, scope, starts_at, ends_at, evidence, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT ON CONSTRAINT relation_once DO NOTHING",
        new.id,
        new.account.uuid(),
        new.patient.uuid(),
        new.relation.kind.as_str(),
        &scope,
        new.relation.starts_at,
        new.relation.ends_at,
        new.evidence,
        new.created_by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
