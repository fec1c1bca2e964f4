//! Server functions of the page of choices.

use kernel::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// Which letters the account gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub optional: Vec<KindChoice>,
    /// In words: what comes in any case.
    pub always: Vec<String>,
    pub reminders: Vec<ReminderChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindChoice {
    pub code: String,
    pub label: String,
    pub wanted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderChoice {
    pub code: String,
    pub label: String,
    pub chosen: bool,
}

/// Which letters the account gets. Access: patient, guardian, therapist, own account. Errors: `NotFound` for other roles.
#[server(endpoint = "letters/my_letters")]
pub async fn my_letters() -> Result<Chosen, ApiError> {
    Ok(service::my_letters(&Ctx::from_request()?).await?)
}

/// Keeps the choice and leads a plain form back to its page. Access: patient, guardian, therapist, own account. Errors:
/// `Invalid` for a code that is not offered, `NotFound` for other roles.
#[server(endpoint = "letters/save_my_letters")]
pub async fn save_my_letters(#[server(default)] wanted: Vec<String>, reminders: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_my_letters(&ctx, &wanted, &reminders).await?;
    leptos_axum::redirect(&format!("{}/account/letters?saved=1", ctx.actor.role.home()));
    Ok(())
}
