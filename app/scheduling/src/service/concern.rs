//! What something outside this slice, such as a letter, is about: the visit or the request behind an id.

use crate::{Error, api::view::Standing, model::ServiceId, store};
use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx};
use uuid::Uuid;

#[derive(Debug, Clone, Copy)]
pub struct Concern {
    /// Of the visit, the request, the proposal or the offered time that was asked for.
    pub id: Uuid,
    pub standing: Standing,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
}

/// What these visits, requests and proposals concern, in no order; those that the actor may not see are left out.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn concerns(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Concern>, Error> {
    store::concern::of(tx, ids).await?.into_iter().map(read).collect()
}

fn read(row: store::concern::Row) -> Result<Concern, Error> {
    let wrong = |_| StoreError::Corrupt("state of what a letter is about");
    Ok(Concern {
        id: row.id,
        standing: if row.is_visit {
            Standing::Visit(row.state.parse().map_err(wrong)?)
        } else {
            Standing::Request(row.state.parse().map_err(wrong)?)
        },
        patient: row.patient,
        therapist: row.therapist,
        service: row.service,
        starts: row.starts,
        ends: row.ends,
    })
}
