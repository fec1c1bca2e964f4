//! What a liaison does about a letter that did not arrive.

use ::letters::model::LetterId;
use kernel::ApiError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {super::lead, crate::service, kernel::Ctx};

/// Takes the item and has its letter sent again. Leads to `to`. Errors: `taken_by_other`, `already_sent`, `NotFound`.
#[server(endpoint = "desk/send_letter")]
pub async fn send_letter(letter: LetterId, #[server(default)] to: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::send_letter(&ctx, letter).await?;
    lead(&to);
    Ok(())
}
