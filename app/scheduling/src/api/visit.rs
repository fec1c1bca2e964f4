//! One visit, for everyone who has a part in it.

use super::view::VisitView;
use kernel::{ApiError, IdempotencyKey, VisitId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::service,
    kernel::{Ctx, Role},
};

/// One visit with the fields the reader's role may see. Access: its patient and guardians, its therapist, liaison.
/// Errors: `NotFound`.
#[server(endpoint = "scheduling/get_visit")]
pub async fn get_visit(visit: VisitId) -> Result<VisitView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::get_visit(&ctx, visit).await?)
}

/// Cancels a visit; its time is free again. Less than 24 hours before the start it is marked late (the patient's side
/// only, G12). `reason`: a code of `CancelReason`. Access: its patient and guardians, its therapist, liaison.
/// Errors: `Invalid(reason)`, `Invalid(words)`, `too_late` once it has begun, `already_done`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/cancel_visit")]
pub async fn cancel_visit(
    visit: VisitId,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::cancel_visit(&ctx, visit, &reason, &words, key).await?;
    let home = match ctx.actor.role {
        Role::Therapist => "/care",
        Role::Liaison => "/desk",
        _ => "/my",
    };
    leptos_axum::redirect(&format!("{home}/visits/{visit}"));
    Ok(())
}

/// Keeps the summary as far as it is typed (sealed, for its therapist alone) until the visit is confirmed; no redirect.
/// Access: its therapist. Errors: `Invalid(summary)`, `too_late` where there is nothing to confirm or correct, `NotFound`.
#[server(endpoint = "scheduling/save_summary")]
pub async fn save_summary(visit: VisitId, #[server(default)] summary: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::save_summary(&ctx, visit, &summary).await?)
}

/// The therapist says what became of the visit, with a short sealed summary; again within 48 hours as a correction.
/// `outcome`: `completed`, `no_show` or `not_held`. Access: its therapist. Errors: `Invalid(outcome)`,
/// `Invalid(summary)`, `too_early`, `too_late`, `already_done`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/complete_visit")]
pub async fn complete_visit(
    visit: VisitId,
    #[server(default)] outcome: String,
    #[server(default)] summary: String,
    key: IdempotencyKey,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::complete_visit(&ctx, visit, &outcome, &summary, key).await?;
    leptos_axum::redirect(&format!("/care/visits/{visit}"));
    Ok(())
}
