//! The administrator's parameters (R30).

use super::view::{RulesPreview, RulesView};
use crate::model::RulesVersionId;
use kernel::{ApiError, IdempotencyKey};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// A group in a scope. `service`, `therapist`: ids, or empty for "all".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesPlace {
    /// A code of `Group`; empty: the first.
    pub group: String,
    pub service: String,
    pub therapist: String,
}

/// A change that is not made yet, and on whose times to look at it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PreviewAsk {
    pub place: RulesPlace,
    /// By the code of the parameter, as typed; empty: nothing is set here.
    pub values: BTreeMap<String, String>,
    /// Ids; empty: the first one that fits the scope.
    pub sample_therapist: String,
    pub sample_service: String,
    /// The first of seven days; empty: today.
    pub week: String,
}

/// The parameters of a group with what is set in a scope, and who changed it. Access: admin. Errors: `NotFound`.
#[server(endpoint = "scheduling/rules_page")]
pub async fn rules_page(#[server(default)] place: RulesPlace) -> Result<RulesView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::rules_page(&ctx, &place).await?)
}

/// What the typed values would do. `None` where no therapist offers anything. Access: admin. Errors: `Invalid` at
/// `values[CODE]` or `week`, `NotFound`.
#[server(endpoint = "scheduling/preview_rules")]
pub async fn preview_rules(#[server(default)] ask: PreviewAsk) -> Result<Option<RulesPreview>, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::preview_rules(&ctx, &ask).await?)
}

/// Sets the values from `from` on (a date in the reader's zone; empty: now). `seen`: the newest version of the scope when
/// the form was loaded. Leads back to the page; a refused form without script is led back with its values. Access: admin.
/// Errors: `Invalid` at `values[CODE]`, `reason`, `from`; `rules_moved_on`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/save_rules")]
pub async fn save_rules(
    #[server(default)] place: RulesPlace,
    #[server(default)] values: BTreeMap<String, String>,
    #[server(default)] reason: String,
    #[server(default)] from: String,
    seen: i32,
    key: IdempotencyKey,
) -> Result<(), ApiError> {
    use super::plain_form::lead_back;
    use crate::ui::parameters_address;

    let ctx = Ctx::from_request()?;
    let change = service::RulesInput {
        place: &place,
        values: &values,
        reason: &reason,
        from: &from,
        seen,
    };
    match service::save_rules(&ctx, &change, key).await {
        Ok(()) => {
            leptos_axum::redirect(&parameters_address(&place, &BTreeMap::new()));
            Ok(())
        }
        Err(error) => {
            let error = ApiError::from(error);
            lead_back::<SaveRules>(&parameters_address(&place, &values), &error);
            Err(error)
        }
    }
}

/// Takes a change back: a new version with the values from before it, from now or from when it was to hold. Access: admin.
/// Errors: `rules_moved_on`, `Invalid` where nothing differs or the old values contradict others, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/put_back_rules")]
pub async fn put_back_rules(
    version: RulesVersionId,
    #[server(default)] place: RulesPlace,
    key: IdempotencyKey,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::put_back_rules(&ctx, version, key).await?;
    leptos_axum::redirect(&crate::ui::parameters_address(&place, &BTreeMap::new()));
    Ok(())
}
