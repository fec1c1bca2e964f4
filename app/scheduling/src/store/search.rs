//! Everybody who may be booked for a patient, with what their time looks like: the one statement behind "anyone, earliest".

mod columns;

use super::{free_time::HolderTime, particulars, range};
use crate::model::{ServiceId, slots::Span};
use chrono::{DateTime, NaiveDate, Utc};
use columns::Columns;
use kernel::{PatientId, StoreError, TherapistId, Tx};
use sqlx::types::Json;

/// A therapist who offers the service and has a licence for the state.
#[derive(Debug)]
pub struct Candidate {
    pub therapist: TherapistId,
    pub name: String,
    pub title: String,
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    pub accepts_new: bool,
    /// The patient has had a visit with them.
    pub known: bool,
    /// The last day of the licence for the state.
    pub licensed_until: NaiveDate,
    pub time: HolderTime,
    /// The patient's age, where the therapist's terms may ask for it.
    age: Option<i16>,
}

impl Candidate {
    /// May this patient book the service with them, by whom they take and by their own terms?
    pub fn admits(&self) -> bool {
        let more = self.time.more.as_ref();
        (self.accepts_new || self.known) && more.is_none_or(|more| more.admits(self.known, self.age))
    }
}

/// For whom and what.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub service: ServiceId,
    pub patient: PatientId,
    pub state_code: &'a str,
}

/// The candidates with their time between two instants, in no order, and what the patient has taken in it.
pub async fn candidates(
    tx: &mut Tx,
    wanted: Wanted<'_>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<(Vec<Candidate>, Vec<Span>), StoreError> {
    let found = sqlx::query_as!(
        Columns,
        r#"
        SELECT f.ids, f.zones AS "zones: Vec<Option<String>>", f.weeks AS "weeks: Vec<Option<Vec<u8>>>", f.dated_of, f.dated_on,
               f.dated_from AS "dated_from: Vec<Option<i16>>", f.dated_until AS "dated_until: Vec<Option<i16>>",
               f.away_of, f.away_from, f.away_until, f.taken,
               t.who, t.names, t.titles, t.languages, t.specialties, t.accepting, t.licensed_until, x.more_of,
               x.more AS "more: Vec<Option<Json<particulars::Raw>>>", x.age,
               ARRAY(SELECT v.therapist_id FROM scheduling.visit v WHERE v.patient_id = $2 AND v.state <> 'cancelled') AS met,
               p.busy_from AS patient_from, p.busy_until AS patient_until
        FROM scheduling.time_of_all($1, $3, $4) f
        CROSS JOIN (
            SELECT array_agg(i.id) AS who, array_agg(i.name) AS names, array_agg(i.title) AS titles,
                   array_agg(array_to_string(i.languages, E'\x1f')) AS languages,
                   array_agg(array_to_string(i.specialties, E'\x1f')) AS specialties,
                   array_agg(i.accepts_new) AS accepting, array_agg(i.licensed_until) AS licensed_until
            FROM people.licensed($5) i
        ) t
        CROSS JOIN (
            SELECT array_agg(y.therapist_id) AS more_of,
                   array_agg(scheduling.particulars(y.therapist_id, $1, $3, $4)) AS more, max(people.age_at($2, $4)) AS age
            FROM scheduling.particular($1) y
        ) x
        LEFT JOIN LATERAL scheduling.free_time(ARRAY[$2], $3, $4) p ON p.zone IS NULL
        "#,
        wanted.service.uuid(),
        wanted.patient.uuid(),
        range(from, until),
        now,
        wanted.state_code
    )
    .fetch_optional(&mut **tx)
    .await?;
    match found {
        Some(columns) => columns.read(now),
        None => Ok((Vec::new(), Vec::new())),
    }
}
