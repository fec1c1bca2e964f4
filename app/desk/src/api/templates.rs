//! The desk's own texts.

use super::view::TemplateView;
use crate::model::TemplateId;
use kernel::ApiError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {super::lead, crate::service, kernel::Ctx};

/// All texts, by purpose and name.
#[server(endpoint = "desk/templates")]
pub async fn templates() -> Result<Vec<TemplateView>, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::templates(&ctx).await?)
}

/// Writes a new text (`template` empty) or changes one. Leads to `/desk/templates`.
/// Errors: `Invalid(purpose|name|body|reason)`, `NotFound`.
#[server(endpoint = "desk/save_template")]
pub async fn save_template(
    #[server(default)] template: String,
    #[server(default)] purpose: String,
    #[server(default)] name: String,
    #[server(default)] body: String,
    #[server(default)] reason: String,
) -> Result<TemplateId, ApiError> {
    let ctx = Ctx::from_request()?;
    let template = match template.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| ApiError::NotFound)?),
    };
    let new = service::NewTemplate {
        template,
        purpose,
        name,
        body,
        reason,
    };
    let saved = service::save_template(&ctx, &new).await?;
    lead("/desk/templates");
    Ok(saved)
}

/// Removes a text. Leads to `/desk/templates`. Errors: `NotFound`.
#[server(endpoint = "desk/remove_template")]
pub async fn remove_template(template: TemplateId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_template(&ctx, template).await?;
    lead("/desk/templates");
    Ok(())
}
