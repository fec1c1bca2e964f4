//! Other times, proposed from the queue.

#![allow(
    clippy::too_many_arguments,
    reason = "each is one field of a form; the macro carries no attribute over"
)]

use crate::model::ItemId;
use kernel::{ApiError, IdempotencyKey, TherapistId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {super::lead, crate::service, kernel::Ctx};

/// Keeps one to three other times for the patient of a request or an affected visit, until they answer: a day at most. `starts`:
/// instants; `date` and `clock`: one more, on the therapist's clock; `therapist`: somebody else, for a request only. Leads to `to`.
/// Errors: `Invalid(starts|date|clock|words)`, `taken_by_other`, `too_near`, `slot_taken`, `patient_busy`, `therapist_away`,
/// `no_licence`, `already_decided`, `request_expired`, `already_done`, `other_request`, `NotFound`.
#[server(endpoint = "desk/propose")]
pub async fn propose(
    item: ItemId,
    therapist: Option<TherapistId>,
    #[server(default)] starts: Vec<String>,
    #[server(default)] date: String,
    #[server(default)] clock: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::ProposeWish {
        therapist,
        starts,
        date,
        clock,
        words,
    };
    service::propose(&ctx, item, &wish, key).await?;
    lead(&to);
    Ok(())
}
