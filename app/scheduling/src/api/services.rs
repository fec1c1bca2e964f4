//! What can be booked, and on which terms each therapist gives it.

use super::view::ServicesView;
use crate::model::ServiceId;
use kernel::{ApiError, TherapistId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// Terms as a form holds them: flat texts, empty for "as below". Of a service the first seven must be there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    pub minutes: String,
    pub step: String,
    pub offset: String,
    pub before: String,
    pub after: String,
    /// Dollars: "86", "86.50"
    pub price: String,
    pub mode: String,
    pub booker: String,
    pub age_from: String,
    pub age_until: String,
    /// Minutes.
    pub notice: String,
    pub ahead_days: String,
    pub ahead_work_days: String,
    pub open_from: String,
    pub open_until: String,
    pub day_visits: String,
    pub day_minutes: String,
    pub week_visits: String,
    pub week_minutes: String,
}

/// Every service with its terms, and who there is to offer it. Access: liaison.
#[server(endpoint = "scheduling/list_services")]
pub async fn list_services() -> Result<ServicesView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::list_services(&ctx).await?)
}

/// Changes a service, or adds one (no id). A retired one is offered to nobody; its visits keep their name. Access: liaison.
/// Errors: `Invalid` at the field (`form[minutes]`), `NotFound`.
#[server(endpoint = "scheduling/save_service")]
pub async fn save_service(
    #[server(default)] service: Option<ServiceId>,
    #[server(default)] name: String,
    #[server(default)] line: String,
    #[server(default)] retired: Option<String>,
    #[server(default)] form: TermsForm,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_service(&ctx, service, (&name, &line), retired.is_some(), &form).await?;
    leptos_axum::redirect("/desk/services");
    Ok(())
}

/// A therapist's own terms for a service; offers it when they did not. Access: liaison. Errors: `Invalid` at the field,
/// `NotFound`.
#[server(endpoint = "scheduling/save_offer")]
pub async fn save_offer(
    therapist: TherapistId,
    service: ServiceId,
    #[server(default)] form: TermsForm,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_offer(&ctx, therapist, service, &form).await?;
    leptos_axum::redirect(&format!("/desk/therapists/{therapist}"));
    Ok(())
}

/// A therapist offers a service no longer; agreed visits stay. Access: liaison. Errors: `NotFound`.
#[server(endpoint = "scheduling/remove_offer")]
pub async fn remove_offer(therapist: TherapistId, service: ServiceId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_offer(&ctx, therapist, service).await?;
    leptos_axum::redirect(&format!("/desk/therapists/{therapist}"));
    Ok(())
}
