//! Search: who fits, and when they are free.

use super::view::{FindView, TimesView};
use crate::model::ServiceId;
use kernel::{ApiError, PatientId, TherapistId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// Therapists licensed where the patient is, earliest available time first, each with the next three times.
/// `for_patient`, `service` `None`: the reader's first person, that person's first service. Empty texts do not filter.
/// Access: patient, guardian. Errors: `NotFound` for a person the reader may not book for.
#[server(endpoint = "scheduling/find_therapists")]
pub async fn find_therapists(
    for_patient: Option<PatientId>,
    service: Option<ServiceId>,
    #[server(default)] specialty: String,
    #[server(default)] language: String,
) -> Result<FindView, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::Wish {
        for_patient,
        service,
        specialty,
        language,
    };
    Ok(service::find_therapists(&ctx, &wish).await?)
}

/// A therapist's profile and the available times of one month. `month`: any date of it, "2026-11" or "2026-11-24"; empty
/// or unreadable: the month of the next available time. `around`: an RFC 3339 instant that was just lost.
/// Access: patient, guardian. Errors: `NotFound`.
#[server(endpoint = "scheduling/therapist_times")]
pub async fn therapist_times(
    therapist: TherapistId,
    for_patient: Option<PatientId>,
    service: Option<ServiceId>,
    #[server(default)] month: String,
    #[server(default)] around: String,
) -> Result<TimesView, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::TimesWish {
        therapist,
        for_patient,
        service,
        month,
        around,
    };
    Ok(service::therapist_times(&ctx, &wish).await?)
}
