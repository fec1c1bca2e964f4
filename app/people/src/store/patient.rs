//! Patients.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{AccountId, PatientId, StoreError, Tx};

use crate::model::{NewPatient, PatientCard, PatientKind, patient::shown_name};

fn kind(text: &str) -> Result<PatientKind, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt("kind of patient"))
}

/// The cards of those of `patients` whom the actor sees, in no order.
pub async fn cards(tx: &mut Tx, patients: &[PatientId]) -> Result<Vec<PatientCard>, StoreError> {
    let ids: Vec<uuid::Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    sqlx::query!(
        "SELECT id, given_name, family_name, preferred_name, kind, zone, state_code FROM people.patient WHERE id = ANY ($1)",
        &ids
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(PatientCard {
            id: PatientId::new(row.id),
            name: shown_name(&row.given_name, &row.family_name, row.preferred_name.as_deref()),
            kind: kind(&row.kind)?,
            zone: row.zone,
            state_code: row.state_code,
        })
    })
    .collect()
}

/// A patient's own data, as the record shows it.
pub struct Record {
    pub card: PatientCard,
    pub given_name: String,
    pub family_name: String,
    pub birth_date: Option<NaiveDate>,
    pub gender: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

pub async fn record(tx: &mut Tx, patient: PatientId) -> Result<Option<Record>, StoreError> {
    sqlx::query!(
        "SELECT given_name, family_name, preferred_name, kind, zone, state_code, birth_date, gender, email, phone
         FROM people.patient WHERE id = $1",
        patient.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| {
        Ok(Record {
            card: PatientCard {
                id: patient,
                name: shown_name(&row.given_name, &row.family_name, row.preferred_name.as_deref()),
                kind: kind(&row.kind)?,
                zone: row.zone,
                state_code: row.state_code,
            },
            given_name: row.given_name,
            family_name: row.family_name,
            birth_date: row.birth_date,
            gender: row.gender,
            email: row.email,
            phone: row.phone,
        })
    })
    .transpose()
}

/// Patients whose names, birth date or phone fit every word of a search, by family name.
pub async fn search(tx: &mut Tx, words: &[String], limit: i64) -> Result<Vec<PatientId>, StoreError> {
    // Names by their beginning; a phone by its digits, however it is written; a birth date as 1999-12-31.
    let rows = sqlx::query_scalar!(
        "SELECT p.id FROM people.patient p
         WHERE NOT EXISTS (
             SELECT FROM unnest($1::text[]) AS word
             WHERE NOT (lower(p.given_name) LIKE word || '%' OR lower(p.family_name) LIKE word || '%'
                 OR lower(COALESCE(p.preferred_name, '')) LIKE word || '%' OR p.birth_date::text = word
                 OR (length(word) >= 5 AND regexp_replace(COALESCE(p.phone, ''), '[^0-9]', '', 'g') LIKE '%' || word || '%')))
         ORDER BY p.family_name, p.given_name, p.id LIMIT $2",
        words,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(PatientId::new).collect())
}

/// One line of a therapist's list.
pub struct Line {
    pub id: PatientId,
    pub name: String,
    pub kind: PatientKind,
    pub birth_date: Option<NaiveDate>,
    pub state_code: String,
}

/// Patients with a live care-team link to `therapist`, by family name, after the patient `after`.
pub async fn of_therapist(
    tx: &mut Tx,
    therapist: AccountId,
    now: DateTime<Utc>,
    after: Option<PatientId>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    sqlx::query!(
        r#"
        SELECT p.id, p.given_name, p.family_name, p.preferred_name, p.kind, p.birth_date, p.state_code
        FROM people.relation r JOIN people.patient p ON p.id = r.patient_id
        WHERE r.account_id = $1 AND r.kind = 'care_team' AND r.starts_at <= $2 AND (r.ends_at IS NULL OR r.ends_at > $2)
          AND ($3::uuid IS NULL OR (p.family_name, p.given_name, p.id) >
               (SELECT a.family_name, a.given_name, a.id FROM people.patient a WHERE a.id = $3))
        ORDER BY p.family_name, p.given_name, p.id
        LIMIT $4
        "#,
        therapist.uuid(),
        now,
        after.map(PatientId::uuid),
        limit
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Line {
            id: PatientId::new(row.id),
            name: shown_name(&row.given_name, &row.family_name, row.preferred_name.as_deref()),
            kind: kind(&row.kind)?,
            birth_date: row.birth_date,
            state_code: row.state_code,
        })
    })
    .collect()
}

/// Who enters a patient, and when.
pub struct Entered {
    pub by: AccountId,
    pub at: DateTime<Utc>,
    /// The patient's own account, if they have one.
    pub account: Option<AccountId>,
}

pub async fn insert(tx: &mut Tx, id: PatientId, patient: &NewPatient, entered: &Entered) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO people.patient (id, account_id, kind, given_name, family_name, preferred_name, birth_date, gender,
                                     email, phone, zone, state_code, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        id.uuid(),
        entered.account.map(AccountId::uuid),
        patient.kind.as_str(),
        patient.given_name,
        patient.family_name,
        patient.preferred_name,
        patient.birth_date,
        patient.gender,
        patient.email,
        patient.phone,
        patient.zone,
        patient.state_code,
        entered.at,
        entered.by.uuid()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
