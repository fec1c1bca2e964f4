//! The administrator's connections to other programs.

use super::view::ConnectionsView;
use crate::model::ConnectionId;
use kernel::ApiError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::service::connections as service, kernel::Ctx};

/// Every connection, and a fresh secret for the next one. Access: admin.
#[server(endpoint = "scheduling/connections")]
pub async fn connections() -> Result<ConnectionsView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::connections(&ctx).await?)
}

/// Makes a connection with the secret that the page showed; only its hash is kept. `origins`: pages that may ask from a
/// browser, one a line. Access: admin. Errors: `Invalid(name|origins|secret)`.
#[server(endpoint = "scheduling/connect")]
pub async fn connect(
    #[server(default)] name: String,
    #[server(default)] origins: String,
    #[server(default)] secret: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::connect(&ctx, &name, &origins, &secret).await?;
    leptos_axum::redirect("/admin/connections");
    Ok(())
}

/// Ends a connection: its token opens nothing from now on. Access: admin. Errors: `NotFound`.
#[server(endpoint = "scheduling/disconnect")]
pub async fn disconnect(connection: ConnectionId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::disconnect(&ctx, connection).await?;
    leptos_axum::redirect("/admin/connections");
    Ok(())
}
