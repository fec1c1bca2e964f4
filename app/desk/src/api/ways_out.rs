//! What a liaison does about a visit in the queue. Each takes the item and leads to `to`.

use crate::model::ItemId;
use kernel::{ApiError, IdempotencyKey, TherapistId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {super::lead, crate::service, kernel::Ctx};

/// Moves an affected visit at once. `starts`: an instant; `therapist`: a colleague who takes over. Errors: `Invalid(starts|words)`,
/// `taken_by_other`, `slot_taken`, `patient_busy`, `therapist_away`, `no_licence`, `too_late`, `already_done`, `other_request`,
/// `NotFound`.
#[server(endpoint = "desk/move_affected")]
pub async fn move_affected(
    item: ItemId,
    therapist: Option<TherapistId>,
    #[server(default)] starts: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::WayOutWish {
        therapist,
        starts,
        words,
    };
    service::move_affected(&ctx, item, &wish, key).await?;
    lead(&to);
    Ok(())
}

/// Cancels an affected visit; the patient pays nothing. `reason`: a code of `CancelReason`. Errors: `Invalid(reason|words)`,
/// `taken_by_other`, `too_late`, `already_done`, `other_request`, `NotFound`.
#[server(endpoint = "desk/cancel_affected")]
pub async fn cancel_affected(
    item: ItemId,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::cancel_affected(&ctx, item, &reason, &words, key).await?;
    lead(&to);
    Ok(())
}

/// Asks the therapist what became of a visit, by letter, once a day at most. Errors: `taken_by_other`, `too_early`,
/// `already_done`, `reminded_today`, `other_request`, `NotFound`.
#[server(endpoint = "desk/remind")]
pub async fn remind(item: ItemId, key: IdempotencyKey, #[server(default)] to: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remind(&ctx, item, key).await?;
    lead(&to);
    Ok(())
}
