//! The patient's and guardian's own calendar and requests.

use super::view::{CalendarPage, RequestView};
use kernel::{ApiError, IdempotencyKey, PatientId, RequestId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// Requests and visits in one agenda: upcoming (soonest first) or, with `past`, past and cancelled ones (latest first).
/// `for_patient` filters; `after` is `next` of the page before. Access: patient, guardian. Errors: `NotFound` for a
/// foreign person or cursor.
#[server(endpoint = "scheduling/my_calendar")]
pub async fn my_calendar(
    past: bool,
    for_patient: Option<PatientId>,
    #[server(default)] after: String,
) -> Result<CalendarPage, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::my_calendar(&ctx, past, for_patient, &after).await?)
}

/// One request. Access: its patient and guardians. Errors: `NotFound`.
#[server(endpoint = "scheduling/get_request")]
pub async fn get_request(request: RequestId) -> Result<RequestView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::get_request(&ctx, request).await?)
}

/// Answers what the desk asked about a request. Leads back to it. Access: its patient and guardians.
/// Errors: `Invalid(answer)`, `already_decided` when nothing is asked any more, `NotFound`.
#[server(endpoint = "scheduling/answer_question")]
pub async fn answer_question(request: RequestId, #[server(default)] answer: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::answer_question(&ctx, request, &answer).await?;
    leptos_axum::redirect(&format!("/my/requests/{request}"));
    Ok(())
}

/// Takes a request back; its time is free again. Access: its patient and guardians. Errors: `already_decided`,
/// `request_expired`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/withdraw_request")]
pub async fn withdraw_request(request: RequestId, key: IdempotencyKey) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::withdraw_request(&ctx, request, key).await?;
    leptos_axum::redirect(&format!("/my/requests/{request}"));
    Ok(())
}
