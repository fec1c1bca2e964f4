//! The liaison's decisions and the table of all visits.

use super::view::{DeskVisitsPage, RequestDetailView, RequestPage};
use kernel::{ApiError, IdempotencyKey, RequestId, TherapistId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// Requests, oldest first. `state`: a code of `RequestState`, or empty for those that wait for a decision. `after` is
/// `next` of the page before. Access: liaison.
#[server(endpoint = "scheduling/list_requests")]
pub async fn list_requests(
    #[server(default)] state: String,
    #[server(default)] after: String,
) -> Result<RequestPage, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::list_requests(&ctx, &state, &after).await?)
}

/// A request with its checks, the therapist's day and the nearest free times. Access: liaison. Errors: `NotFound`.
#[server(endpoint = "scheduling/request_detail")]
pub async fn request_detail(request: RequestId) -> Result<RequestDetailView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::request_detail(&ctx, request).await?)
}

/// Approves: the request becomes a visit. If the time is gone, the request becomes `conflicted` and `time_gone` is
/// answered. Leads to `/desk/queue/:request`. Access: liaison. Errors: `already_decided`, `request_expired`,
/// `time_gone`, `no_licence`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/approve_request")]
pub async fn approve_request(request: RequestId, key: IdempotencyKey) -> Result<kernel::VisitId, ApiError> {
    let ctx = Ctx::from_request()?;
    let visit = service::approve_request(&ctx, request, key).await?;
    leptos_axum::redirect(&format!("/desk/queue/{request}"));
    Ok(visit)
}

/// Declines with a reason (a code of `DeclineReason`) and words to the patient; `other` needs words. Leads to
/// `/desk/queue/:request`. Access: liaison. Errors: `Invalid(reason|words)`, `already_decided`, `request_expired`,
/// `other_request`, `NotFound`.
#[server(endpoint = "scheduling/decline_request")]
pub async fn decline_request(
    request: RequestId,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::decline_request(&ctx, request, &reason, &words, key).await?;
    leptos_axum::redirect(&format!("/desk/queue/{request}"));
    Ok(())
}

/// All visits by time. `state`: a code of `VisitState` or empty; `from`, `to`: dates ("2026-11-24", in the liaison's zone,
/// both inclusive) or empty (`from` empty: today); `after` is `next` of the page before. Access: liaison.
/// Errors: `Invalid(state|from|to)`.
#[server(endpoint = "scheduling/desk_visits")]
pub async fn desk_visits(
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] state: String,
    therapist: Option<TherapistId>,
    #[server(default)] after: String,
) -> Result<DeskVisitsPage, ApiError> {
    let ctx = Ctx::from_request()?;
    let filter = service::VisitFilter {
        from,
        to,
        state,
        therapist,
        after,
    };
    Ok(service::desk_visits(&ctx, &filter).await?)
}
