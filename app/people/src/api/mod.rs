//! Server functions of this slice: parse, call the service, map.

use kernel::{ApiError, PatientId};
use leptos::prelude::*;

use crate::model::{PatientList, PatientRecord, patient::PatientForm};

#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// A page of the own patients, by family name. Access: therapist, own care teams. Errors: `NotFound` for other roles.
#[server(endpoint = "people/my_patients")]
pub async fn my_patients(after: Option<PatientId>) -> Result<PatientList, ApiError> {
    Ok(service::my_patients(&Ctx::from_request()?, after).await?)
}

/// One patient's record. Access: care team (with what is sealed), the patient, guardian, liaison. Errors: `NotFound` when
/// absent or foreign.
#[server(endpoint = "people/open_patient")]
pub async fn open_patient(patient: PatientId) -> Result<PatientRecord, ApiError> {
    Ok(service::open_patient(&Ctx::from_request()?, patient).await?)
}

/// Enters a patient; the therapist becomes the care team. Access: therapist. Errors: `Invalid` per field, `NotFound` for
/// other roles.
#[server(endpoint = "people/add_patient")]
pub async fn add_patient(#[server(flatten)] form: PatientForm) -> Result<PatientId, ApiError> {
    let id = service::add_patient(&Ctx::from_request()?, &form).await?;
    leptos_axum::redirect(&format!("/care/patients/{id}"));
    Ok(id)
}
