//! The table of all visits.

#![allow(
    clippy::too_many_arguments,
    reason = "each is one field of a form; the macro carries no attribute over"
)]

use super::view::{SavedView, VisitsPage};
use crate::model::{FoundId, ViewId};
use kernel::{ApiError, TherapistId};
use leptos::prelude::*;
use scheduling::model::ServiceId;
#[cfg(feature = "ssr")]
use {super::lead, crate::service, kernel::Ctx};

/// All visits by time. `state`: a code of `VisitState` or empty; `from`, `to`: dates in the liaison's zone, both inclusive, or
/// empty (`from` empty: today); `days`: so many days from today on; `find`: whom a search found; `after`, `before`: from the page
/// before. Errors: `Invalid(state|from|to)`, `NotFound`.
#[server(endpoint = "desk/visits")]
pub async fn visits(
    #[server(default)] from: String,
    #[server(default)] to: String,
    days: Option<u16>,
    #[server(default)] state: String,
    therapist: Option<TherapistId>,
    service: Option<ServiceId>,
    find: Option<FoundId>,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<VisitsPage, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::VisitsWish {
        from,
        to,
        days,
        state,
        therapist,
        service,
        find,
        after,
        before,
    };
    Ok(service::visits(&ctx, &wish).await?)
}

/// Finds patients by name, birth date or phone, and leads to their visits. What was typed is not kept.
/// Errors: `Invalid(text)`.
#[server(endpoint = "desk/find_patients")]
pub async fn find_patients(#[server(default)] text: String) -> Result<Option<FoundId>, ApiError> {
    let ctx = Ctx::from_request()?;
    let found = service::find_patients(&ctx, &text).await?;
    match found {
        Some(found) => lead(&format!("/desk/visits?find={found}")),
        None => lead("/desk/visits"),
    }
    Ok(found)
}

/// Keeps the filters of an address under a name. Leads to them. Errors: `Invalid(name|filters)`.
#[server(endpoint = "desk/save_view")]
pub async fn save_view(
    #[server(default)] name: String,
    #[server(default)] filters: String,
) -> Result<SavedView, ApiError> {
    let ctx = Ctx::from_request()?;
    let view = service::save_view(&ctx, &name, &filters).await?;
    lead(&format!("/desk/visits?{}", view.filters));
    Ok(view)
}

/// Forgets saved filters. Leads to `/desk/visits`. Errors: `NotFound`.
#[server(endpoint = "desk/remove_view")]
pub async fn remove_view(view: ViewId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_view(&ctx, view).await?;
    lead("/desk/visits");
    Ok(())
}

/// Keeps which columns this account wants to see. Leads to `to`.
#[server(endpoint = "desk/choose_columns")]
pub async fn choose_columns(
    #[server(default)] columns: Vec<String>,
    #[server(default)] to: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::choose_columns(&ctx, &columns).await?;
    lead(&to);
    Ok(())
}
