//! Days on which the clinic is shut.

use super::view::ClosuresView;
use crate::model::TimeOffId;
use kernel::ApiError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::service,
    kernel::{Ctx, Role},
};

/// Closures that are not over, the next first. Access: liaison, admin. Errors: `NotFound`.
#[server(endpoint = "scheduling/closures")]
pub async fn closures() -> Result<ClosuresView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::closures(&ctx).await?)
}

/// Shuts the clinic on whole days of a zone (IANA name), `first` to `last` ("2026-11-25"), both included. Agreed visits stay and
/// wait at the desk. Access: liaison, admin. Errors: `Invalid(first|last|reason|zone)`, `NotFound`.
#[server(endpoint = "scheduling/add_closure")]
pub async fn add_closure(
    #[server(default)] first: String,
    #[server(default)] last: String,
    #[server(default)] zone: String,
    #[server(default)] reason: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::add_closure(&ctx, &first, &last, &zone, &reason).await?;
    back(&ctx);
    Ok(())
}

/// The clinic is open after all, whoever said so first. Access: liaison, admin. Errors: `NotFound` for others.
#[server(endpoint = "scheduling/remove_closure")]
pub async fn remove_closure(id: TimeOffId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_closure(&ctx, id).await?;
    back(&ctx);
    Ok(())
}

#[cfg(feature = "ssr")]
fn back(ctx: &Ctx) {
    leptos_axum::redirect(match ctx.actor.role {
        Role::Admin => "/admin/closures",
        _ => "/desk/closures",
    });
}
