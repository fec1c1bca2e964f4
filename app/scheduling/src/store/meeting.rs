//! Taking and moving the time of a visit that is agreed without a hold.

use super::range;
use crate::Error;
use chrono::{DateTime, Duration, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx, VisitId};
use uuid::Uuid;

/// Who meets whom from when until when, and what that takes of the therapist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    pub therapist: TherapistId,
    pub patient: PatientId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    /// Buffers included.
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

impl Meeting {
    /// `before`, `after`: the buffers.
    pub fn new(
        (before, after): (Duration, Duration),
        therapist: TherapistId,
        patient: PatientId,
        starts: DateTime<Utc>,
        length: Duration,
    ) -> Self {
        let ends = starts + length;
        Self {
            therapist,
            patient,
            starts,
            ends,
            from: starts - before,
            until: ends + after,
        }
    }

    /// The same at another time.
    #[must_use]
    pub fn later_by(&self, by: Duration) -> Self {
        Self {
            starts: self.starts + by,
            ends: self.ends + by,
            from: self.from + by,
            until: self.until + by,
            ..*self
        }
    }
}

/// What the time is taken for.
#[derive(Debug, Clone, Copy)]
pub struct For {
    pub cause: super::claim::Cause,
    pub id: Uuid,
    /// When it is given back by itself.
    pub until: Option<DateTime<Utc>>,
}

/// Takes the time of both. `overbook`: staff chose to take the therapist's although it may be taken. Answers whether it was.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`.
pub async fn take(tx: &mut Tx, meeting: &Meeting, what: For, claims: [Uuid; 2], overbook: bool) -> Result<bool, Error> {
    judged(
        sqlx::query_scalar!(
            r#"SELECT scheduling.take_time($1, $2, $3, $4, $5, $6, $7, $8, $9) AS "overbooked!""#,
            &claims,
            what.cause.as_str(),
            what.id,
            meeting.therapist.uuid(),
            meeting.patient.uuid(),
            range(meeting.starts, meeting.ends),
            range(meeting.from, meeting.until),
            what.until,
            overbook
        )
        .fetch_one(&mut **tx)
        .await,
    )
}

/// Puts a visit with its claims where `meeting` says, in one step. Answers whether it is overbooked there.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`.
pub async fn move_visit(tx: &mut Tx, visit: VisitId, meeting: &Meeting, overbook: bool) -> Result<bool, Error> {
    judged(
        sqlx::query_scalar!(
            r#"SELECT scheduling.move_visit($1, $2, $3, $4, $5) AS "overbooked!""#,
            visit.uuid(),
            meeting.therapist.uuid(),
            range(meeting.starts, meeting.ends),
            range(meeting.from, meeting.until),
            overbook
        )
        .fetch_one(&mut **tx)
        .await,
    )
}

/// The one judge of conflicts is the exclusion constraint; the patient's claim, where it is the one refused, says so by
/// another name.
pub(super) fn judged<T>(answer: Result<T, sqlx::Error>) -> Result<T, Error> {
    answer.map_err(|error| {
        match error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::constraint)
        {
            Some("calendar_claim_free") => Error::SlotTaken,
            Some("calendar_claim_free_of_patient") => Error::PatientBusy,
            _ => StoreError::from(error).into(),
        }
    })
}
