//! Everybody who may be booked for a patient, with what their time looks like: the one statement behind "anyone, earliest".

use super::{
    free_time::{self, HolderTime},
    particulars, range,
};
use crate::model::{ServiceId, slots::Span};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx};
use sqlx::types::Json;
use uuid::Uuid;

/// A therapist who offers the service and has a licence for the state.
#[derive(Debug)]
pub struct Candidate {
    pub therapist: TherapistId,
    pub name: String,
    pub title: String,
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    pub licence_states: Vec<String>,
    pub accepts_new: bool,
    /// The last day of the licence for the state.
    pub licensed_until: NaiveDate,
    pub time: HolderTime,
    /// The patient's age, where the therapist's terms may ask for it.
    age: Option<i16>,
}

impl Candidate {
    /// Do the therapist's terms let this patient book the service? `known`: they met before.
    pub fn admits(&self, known: bool) -> bool {
        let more = self.time.more.as_ref();
        more.is_none_or(|more| more.admits(known, self.age))
    }
}

/// For whom and what.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub service: ServiceId,
    pub patient: PatientId,
    pub state_code: &'a str,
}

struct Row {
    holder_id: Uuid,
    zone: Option<String>,
    weekly: Option<Vec<i32>>,
    dated_on: Option<Vec<NaiveDate>>,
    dated_from: Option<Vec<Option<i16>>>,
    dated_until: Option<Vec<Option<i16>>>,
    away_from: Option<Vec<DateTime<Utc>>>,
    away_until: Option<Vec<DateTime<Utc>>>,
    busy_from: Option<Vec<DateTime<Utc>>>,
    busy_until: Option<Vec<DateTime<Utc>>>,
    name: Option<String>,
    title: Option<String>,
    languages: Option<Vec<String>>,
    specialties: Option<Vec<String>>,
    licence_states: Option<Vec<String>>,
    accepts_new: Option<bool>,
    licensed_until: Option<NaiveDate>,
    more: Option<Json<particulars::Raw>>,
    age: Option<i16>,
}

/// The candidates with their time between two instants, in no order, and what the patient has taken in it.
pub async fn candidates(
    tx: &mut Tx,
    wanted: Wanted<'_>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<(Vec<Candidate>, Vec<Span>), StoreError> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT f.holder_id AS "holder_id!", f.zone, f.weekly, f.dated_on, f.dated_from AS "dated_from: Vec<Option<i16>>",
               f.dated_until AS "dated_until: Vec<Option<i16>>", f.away_from, f.away_until, f.busy_from, f.busy_until,
               t.name, t.title, t.languages, t.specialties, t.licence_states, t.accepts_new,
               t.licensed_until,
               CASE WHEN x.therapist_id IS NOT NULL THEN scheduling.particulars(f.holder_id, $1, $3, $4) END
                   AS "more: Json<particulars::Raw>",
               CASE WHEN x.therapist_id IS NOT NULL THEN people.age_at($2, $4) END AS age
        FROM scheduling.free_time_of_offer($1, $2, $3, $4) f
        LEFT JOIN scheduling.particular($1) x ON x.therapist_id = f.holder_id
        LEFT JOIN people.licensed($5) t ON t.id = f.holder_id
        WHERE t.id IS NOT NULL OR f.holder_id = $2
        "#,
        wanted.service.uuid(),
        wanted.patient.uuid(),
        range(from, until),
        now,
        wanted.state_code
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    let mut patient_busy = Vec::new();
    for row in rows {
        let time: HolderTime = free_time::Row {
            holder_id: row.holder_id,
            zone: row.zone,
            weekly: row.weekly,
            dated_on: row.dated_on,
            dated_from: row.dated_from,
            dated_until: row.dated_until,
            away_from: row.away_from,
            away_until: row.away_until,
            busy_from: row.busy_from,
            busy_until: row.busy_until,
        }
        .try_into()?;
        let time = time.with(row.more, now)?;
        // The patient's own row names nobody.
        let (Some(name), Some(title), Some(licensed_until)) = (row.name, row.title, row.licensed_until) else {
            patient_busy = time.busy;
            continue;
        };
        let mut licence_states = row.licence_states.unwrap_or_default();
        licence_states.sort_unstable();
        found.push(Candidate {
            therapist: row.holder_id.into(),
            name,
            title,
            languages: row.languages.unwrap_or_default(),
            specialties: row.specialties.unwrap_or_default(),
            licence_states,
            accepts_new: row.accepts_new.unwrap_or_default(),
            licensed_until,
            time,
            age: row.age,
        });
    }
    Ok((found, patient_busy))
}
