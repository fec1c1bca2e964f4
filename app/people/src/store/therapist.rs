//! Therapists and their licences.

use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

use kernel::{PatientId, StoreError, TherapistId, Tx};

use crate::model::{TherapistCard, TherapistFilter};

/// The card's columns as they are stored.
struct Row {
    id: uuid::Uuid,
    name: String,
    title: String,
    zone: String,
    about: String,
    approach: String,
    languages: Vec<String>,
    specialties: Vec<String>,
    licence_states: Vec<String>,
    accepts_new: bool,
}

impl From<Row> for TherapistCard {
    fn from(row: Row) -> Self {
        Self {
            id: TherapistId::new(row.id),
            name: row.name,
            title: row.title,
            zone: row.zone,
            about: row.about,
            approach: row.approach,
            languages: row.languages,
            specialties: row.specialties,
            licence_states: row.licence_states,
            accepts_new: row.accepts_new,
        }
    }
}

pub async fn card(tx: &mut Tx, therapist: TherapistId) -> Result<Option<TherapistCard>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT t.id, t.name, t.title, t.zone, t.about, t.approach, t.languages, t.specialties, t.accepts_new,
               ARRAY(SELECT l.state_code FROM people.licence l
                     WHERE l.therapist_id = t.id AND l.valid_until >= CURRENT_DATE ORDER BY 1) AS "licence_states!"
        FROM people.therapist t WHERE t.id = $1
        "#,
        therapist.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(Into::into))
}

/// Therapists who fit every wish of the filter, by name.
pub async fn find(tx: &mut Tx, filter: &TherapistFilter) -> Result<Vec<TherapistCard>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT t.id, t.name, t.title, t.zone, t.about, t.approach, t.languages, t.specialties, t.accepts_new,
               ARRAY(SELECT l.state_code FROM people.licence l
                     WHERE l.therapist_id = t.id AND l.valid_until >= CURRENT_DATE ORDER BY 1) AS "licence_states!"
        FROM people.therapist t
        WHERE ($1::text IS NULL OR t.specialties @> ARRAY[$1])
          AND ($2::text IS NULL OR t.languages @> ARRAY[$2])
          AND ($3::text IS NULL OR EXISTS (
                SELECT FROM people.licence l
                WHERE l.therapist_id = t.id AND l.state_code = $3 AND l.valid_until >= CURRENT_DATE))
        ORDER BY t.name, t.id
        "#,
        filter.specialty,
        filter.language,
        filter.state_code
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The states where each of these has a licence that is valid today, sorted.
pub async fn licence_states(
    tx: &mut Tx,
    therapists: &[TherapistId],
) -> Result<HashMap<TherapistId, Vec<String>>, StoreError> {
    let ids: Vec<_> = therapists.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        r#"SELECT therapist_id, array_agg(state_code ORDER BY state_code) AS "states!" FROM people.licence
           WHERE therapist_id = ANY ($1) AND valid_until >= CURRENT_DATE GROUP BY therapist_id"#,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.therapist_id.into(), row.states))
        .collect())
}

/// The end of the therapist's licence for the state of a patient whom the actor sees.
pub async fn licence_end(
    tx: &mut Tx,
    therapist: TherapistId,
    patient: PatientId,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(
        sqlx::query_scalar!("SELECT people.licence_end($1, $2)", therapist.uuid(), patient.uuid())
            .fetch_one(&mut **tx)
            .await?,
    )
}

/// The same for many pairs; one without a licence is left out.
pub async fn licence_ends(
    tx: &mut Tx,
    pairs: &[(TherapistId, PatientId)],
) -> Result<HashMap<(TherapistId, PatientId), DateTime<Utc>>, StoreError> {
    let (therapists, patients): (Vec<_>, Vec<_>) = pairs
        .iter()
        .map(|(therapist, patient)| (therapist.uuid(), patient.uuid()))
        .unzip();
    let rows = sqlx::query!(
        r#"SELECT therapist AS "therapist!", patient AS "patient!", people.licence_end(therapist, patient) AS until
           FROM unnest($1::uuid[], $2::uuid[]) AS pair (therapist, patient)"#,
        &therapists,
        &patients
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some(((row.therapist.into(), row.patient.into()), row.until?)))
        .collect())
}

/// A therapist to write.
pub struct NewTherapist<'a> {
    pub card: &'a TherapistCard,
    pub gender: Option<&'a str>,
    pub insurers: &'a [String],
    pub created_at: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, new: &NewTherapist<'_>) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO people.therapist
             (id, name, title, gender, about, approach, zone, languages, specialties, accepts_new, created_at,
              insurers)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new.card.id.uuid(),
        new.card.name,
        new.card.title,
        new.gender,
        new.card.about,
        new.card.approach,
        new.card.zone,
        &new.card.languages,
        &new.card.specialties,
        new.card.accepts_new,
        new.created_at,
        new.insurers
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub async fn insert_licence(
    tx: &mut Tx,
    therapist: TherapistId,
    state_code: &str,
    number: &str,
    valid_until: NaiveDate,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO people.licence (therapist_id, state_code, number, valid_until) VALUES ($1, $2, $3, $4)",
        therapist.uuid(),
        state_code,
        number,
        valid_until
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
