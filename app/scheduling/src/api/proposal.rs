//! Other times: proposed by staff, answered by the patient's side.

#![allow(
    clippy::too_many_arguments,
    reason = "each is one field of a form; the macro carries no attribute over"
)]

use crate::model::{ProposalId, ProposedTimeId};
use kernel::{ApiError, IdempotencyKey, RequestId, TherapistId, VisitId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::service::{self, Declined, Offer, ProposalOf, WantedTime},
    kernel::{Ctx, Role},
};

/// Keeps one to three other times (`starts[0]`, RFC 3339; or one typed as `date` and `clock` in the therapist's zone) for the
/// patient of a `request` or an agreed `visit`, until they answer: a day at most. Leads to the page of the request or visit.
/// Access: liaison; for a visit its therapist too. Errors: `slot_taken`, `patient_busy`, `therapist_away`, `no_licence`,
/// `already_decided`, `request_expired`, `already_done`, `too_late`, `Invalid(starts|date|clock|words)`, `other_request`,
/// `NotFound`.
#[server(endpoint = "scheduling/propose_times")]
pub async fn propose_times(
    request: Option<RequestId>,
    visit: Option<VisitId>,
    therapist: Option<TherapistId>,
    #[server(default)] starts: Vec<String>,
    #[server(default)] date: String,
    #[server(default)] clock: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
) -> Result<ProposalId, ApiError> {
    let ctx = Ctx::from_request()?;
    let (of, page) = match (request, visit) {
        (Some(request), None) => (ProposalOf::Request(request), format!("/desk/queue/{request}")),
        (None, Some(visit)) if ctx.actor.role == Role::Therapist => {
            (ProposalOf::Visit(visit), format!("/care/visits/{visit}"))
        }
        (None, Some(visit)) => (ProposalOf::Visit(visit), format!("/desk/visits/{visit}")),
        _ => return Err(ApiError::NotFound),
    };
    let mut times: Vec<WantedTime<'_>> = starts.iter().map(|text| WantedTime::at(text)).collect();
    times.push(WantedTime {
        starts: "",
        date: &date,
        clock: &clock,
    });
    let offer = Offer {
        of,
        therapist,
        times: &times,
        words: &words,
        key,
    };
    let proposal = service::propose_times(&ctx, &offer).await?;
    leptos_axum::redirect(&page);
    Ok(proposal)
}

/// Takes one of the proposed times in one tap and leads to the visit. Access: the patient's side. Errors: `proposal_over`,
/// `too_late`, `already_done`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/accept_proposal")]
pub async fn accept_proposal(
    proposal: ProposalId,
    time: ProposedTimeId,
    key: IdempotencyKey,
) -> Result<VisitId, ApiError> {
    let ctx = Ctx::from_request()?;
    let visit = service::accept_proposal(&ctx, proposal, time, key).await?;
    leptos_axum::redirect(&format!("/my/visits/{visit}"));
    Ok(visit)
}

/// None of the proposed times fits: a request is withdrawn, an agreed visit stays. Leads to its page. Access: the patient's
/// side. Errors: `proposal_over`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/decline_proposal")]
pub async fn decline_proposal(proposal: ProposalId, key: IdempotencyKey) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let page = match service::decline_proposal(&ctx, proposal, key).await? {
        Declined::Request(request) => format!("/my/requests/{request}"),
        Declined::Visit(visit) => format!("/my/visits/{visit}"),
    };
    leptos_axum::redirect(&page);
    Ok(())
}
