//! Booking: keep a time, say why, ask for it. Every function works as a plain form post.

use super::view::HoldView;
use crate::model::{HoldId, ServiceId, prescreen::Typed};
use kernel::{ApiError, IdempotencyKey, PatientId, TherapistId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {super::plain_form::lead_back, crate::service, kernel::Ctx};

/// Keeps a time for five minutes and leads to `/my/book/:hold`. An earlier running hold of the reader is let go; a reason
/// typed and never sent for this person comes along. `starts`: RFC 3339. `instead_of`, `reason`: the hold whose time is over
/// and its form's text, which is kept there first. Access: patient, guardian. Errors: `slot_taken` (also for a time that is
/// not offered), `patient_busy`, `no_licence`, `not_accepting`, `hold_over`, `Invalid(starts|reason)`, `NotFound`.
#[server(endpoint = "scheduling/take_hold")]
pub async fn take_hold(
    therapist: TherapistId,
    service: ServiceId,
    starts: String,
    for_patient: PatientId,
    instead_of: Option<HoldId>,
    #[server(default)] reason: String,
) -> Result<HoldId, ApiError> {
    let ctx = Ctx::from_request()?;
    let starts = service::parse::instant("starts", &starts)?;
    if let Some(over) = instead_of {
        service::save_reason(&ctx, over, &reason).await?;
    }
    let hold = service::take_hold(&ctx, therapist, service, starts, for_patient).await?;
    leptos_axum::redirect(&format!("/my/book/{hold}"));
    Ok(hold)
}

/// The kept time and what was typed. `for_patient`: for whom the form is, where that is another of the reader's people.
/// Access: who took it. Errors: `NotFound`.
#[server(endpoint = "scheduling/get_hold")]
pub async fn get_hold(hold: HoldId, for_patient: Option<PatientId>) -> Result<HoldView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::get_hold_for(&ctx, hold, for_patient).await?)
}

/// Keeps it five more minutes, once. Access: who took it. Errors: `hold_expired`, `hold_over` (let go, sent, or already
/// prolonged), `NotFound`.
#[server(endpoint = "scheduling/extend_hold")]
pub async fn extend_hold(hold: HoldId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::extend_hold(&ctx, hold).await?;
    leptos_axum::redirect(&format!("/my/book/{hold}"));
    Ok(())
}

/// Lets the time go and leads to the therapist's times. Letting go twice is no error. Access: who took it.
/// Errors: `NotFound`.
#[server(endpoint = "scheduling/release_hold")]
pub async fn release_hold(hold: HoldId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let therapist = service::release_hold(&ctx, hold).await?;
    leptos_axum::redirect(&format!("/my/find/{therapist}"));
    Ok(())
}

/// Keeps what was typed so far (sealed), also after the time is over; no redirect. Access: who took it.
/// Errors: `Invalid(reason)`, `hold_over` once it is sent, `NotFound`.
#[server(endpoint = "scheduling/save_reason")]
pub async fn save_reason(hold: HoldId, #[server(default)] reason: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::save_reason(&ctx, hold, &reason).await?)
}

/// Takes the time of an expired hold again if it is still free, with what was typed, and leads to the new hold. `reason`:
/// the text as the form has it; it is kept even if the time is gone. Access: who took it.
/// Errors: `slot_taken`, `patient_busy`, `hold_over`, `Invalid(reason)`, `NotFound`.
#[server(endpoint = "scheduling/retake_hold")]
pub async fn retake_hold(hold: HoldId, reason: Option<String>) -> Result<HoldId, ApiError> {
    let ctx = Ctx::from_request()?;
    let fresh = service::retake_hold(&ctx, hold, reason.as_deref()).await?;
    leptos_axum::redirect(&format!("/my/book/{fresh}"));
    Ok(fresh)
}

/// Turns the kept time into a request and leads to `/my/requests/:request`. `for_patient`: empty for the person it was
/// kept for, or another the reader may book for. Access: who took it. Errors: `hold_expired`, `hold_over`,
/// `too_many_requests` (G5), `patient_busy`, `no_licence`, `Invalid(reason|answers[..])`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/request_visit")]
pub async fn request_visit(
    hold: HoldId,
    #[server(default)] reason: String,
    #[server(default)] answers: Typed,
    for_patient: Option<PatientId>,
    key: IdempotencyKey,
) -> Result<kernel::RequestId, ApiError> {
    let ctx = Ctx::from_request()?;
    let said = service::Said {
        reason: &reason,
        answers: &answers,
    };
    match service::request_visit(&ctx, hold, said, for_patient, key).await {
        Ok(request) => {
            leptos_axum::redirect(&format!("/my/requests/{request}"));
            Ok(request)
        }
        Err(error) => {
            let error = ApiError::from(error);
            // For whom it is was chosen in the form, and what was answered is kept for them.
            if let Some(whom) = for_patient {
                lead_back::<RequestVisit>(&format!("/my/book/{hold}?for={whom}"), &error);
            }
            Err(error)
        }
    }
}
