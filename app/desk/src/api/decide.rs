//! The decisions about a request. Each takes the item, and leads to `to`: the next row.

#![allow(
    clippy::too_many_arguments,
    reason = "each is one field of a form; the macro carries no attribute over"
)]

use kernel::{ApiError, IdempotencyKey, RequestId, VisitId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {super::lead, crate::service, kernel::Ctx};

/// Approves: the request becomes a visit. If the time is gone, the request becomes `conflicted` and `time_gone` is answered.
/// Errors: `taken_by_other`, `already_decided`, `request_expired`, `time_gone`, `no_licence`, `other_request`, `NotFound`.
#[server(endpoint = "desk/approve")]
pub async fn approve(
    request: RequestId,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<VisitId, ApiError> {
    let ctx = Ctx::from_request()?;
    let visit = service::approve(&ctx, request, key).await?;
    lead(&to);
    Ok(visit)
}

/// Declines with a reason (a code of `DeclineReason`) and words to the patient; `other` needs words.
/// Errors: `Invalid(reason|words)`, `taken_by_other`, `already_decided`, `request_expired`, `other_request`, `NotFound`.
#[server(endpoint = "desk/decline")]
pub async fn decline(
    request: RequestId,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::decline(&ctx, request, &reason, &words, key).await?;
    lead(&to);
    Ok(())
}

/// Asks the patient something; the request stays pending and its time kept, at least a day from now.
/// Errors: `Invalid(question)`, `question_open`, `taken_by_other`, `already_decided`, `request_expired`, `NotFound`.
#[server(endpoint = "desk/ask")]
pub async fn ask(
    request: RequestId,
    #[server(default)] question: String,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::ask(&ctx, request, &question, key).await?;
    lead(&to);
    Ok(())
}

/// Gives a request another time, therapist or kind of visit before it is decided. `offer`: therapist and service as
/// `THERAPIST.SERVICE`; `starts`: an instant, or empty with `date` and `clock` in the therapist's zone; `overbook`: a code of
/// `OverbookReason` to book over what is there. Errors: `Invalid(offer|starts|date|clock|overbook|overbook_words)`, `slot_taken`,
/// `patient_busy`, `therapist_away`, `no_licence`, `taken_by_other`, `already_decided`, `request_expired`, `NotFound`.
#[server(endpoint = "desk/change")]
pub async fn change(
    request: RequestId,
    #[server(default)] offer: String,
    #[server(default)] starts: String,
    #[server(default)] date: String,
    #[server(default)] clock: String,
    #[server(default)] overbook: String,
    #[server(default)] overbook_words: String,
    key: IdempotencyKey,
    #[server(default)] to: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::ChangeWish {
        offer,
        starts,
        date,
        clock,
        overbook,
        overbook_words,
    };
    service::change(&ctx, request, &wish, key).await?;
    lead(&to);
    Ok(())
}

/// Takes back one's own decision of the last minute, before its news left and before anybody looked.
/// Errors: `too_late`, `time_gone`, `NotFound`.
#[server(endpoint = "desk/undo")]
pub async fn undo(request: RequestId, #[server(default)] to: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::undo(&ctx, request).await?;
    lead(&to);
    Ok(())
}
