//! The neutral links of letters and calendar entries: `/v/:visit`, `/r/:request`, `/p/:proposal` and `/o/:offer` hold an opaque id and lead each
//! reader to the page of their own area. Whose booking it is not, learns nothing: foreign and absent answer alike. `middleware::area` has sent
//! whoever is signed out to the sign-in, and back.

use crate::middleware::absent;
use axum::{
    Extension, Router,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use kernel::{Actor, ApiError, House, RequestId, Role, StoreError, Tx, VisitId};
use scheduling::{
    model::{OfferId, ProposalId},
    service::{ProposalOf, offer_in_short, proposal_of, request_in_short, visit_in_short},
};
use std::{future::Future, sync::Arc};

/// `stylesheet` is for the absent page.
pub fn routes(stylesheet: Arc<str>) -> Router {
    let [of_visits, of_proposals, of_offers] = [stylesheet.clone(), stylesheet.clone(), stylesheet.clone()];
    Router::new()
        .route(
            "/v/{visit}",
            get(move |house, actor, id| lead(house, actor, id, of_visits, to_visit)),
        )
        .route(
            "/r/{request}",
            get(move |house, actor, id| lead(house, actor, id, stylesheet, to_request)),
        )
        .route(
            "/p/{proposal}",
            get(move |house, actor, id| lead(house, actor, id, of_proposals, to_proposal)),
        )
        .route(
            "/o/{offer}",
            get(move |house, actor, id| lead(house, actor, id, of_offers, to_offer)),
        )
}

async fn lead<F>(
    Extension(house): Extension<House>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    stylesheet: Arc<str>,
    find: impl Fn(Tx, Actor, String) -> F,
) -> Response
where
    F: Future<Output = Result<Option<String>, StoreError>>,
{
    let found = match house.db.begin(&actor).await {
        Ok(tx) => find(tx, actor, id).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(Some(page)) => Redirect::to(&page).into_response(),
        Ok(None) => absent::not_found(&stylesheet),
        Err(error) => {
            // Logged by the conversion, which tells an absent database from a fault.
            let _logged = ApiError::from(error);
            absent::failed()
        }
    }
}

async fn to_visit(mut tx: Tx, actor: Actor, id: String) -> Result<Option<String>, StoreError> {
    let Ok(visit) = id.parse::<VisitId>() else {
        return Ok(None);
    };
    let Some(known) = visit_in_short(&mut tx, visit).await? else {
        return Ok(None);
    };
    Ok(match actor.role {
        Role::Patient | Role::Guardian => Some(format!("/my/visits/{visit}")),
        // A colleague of the care team sees that there is a visit, and has no page for it.
        Role::Therapist => (actor.therapist() == Some(known.therapist)).then(|| format!("/care/visits/{visit}")),
        Role::Liaison => Some(format!("/desk/visits/{visit}")),
        Role::Partner | Role::Admin => None,
    })
}

async fn to_request(mut tx: Tx, actor: Actor, id: String) -> Result<Option<String>, StoreError> {
    let Ok(request) = id.parse::<RequestId>() else {
        return Ok(None);
    };
    let Some(known) = request_in_short(&mut tx, request).await? else {
        return Ok(None);
    };
    Ok(match (actor.role, known.visit) {
        (Role::Patient | Role::Guardian, Some(visit)) => Some(format!("/my/visits/{visit}")),
        (Role::Patient | Role::Guardian, None) => Some(format!("/my/requests/{request}")),
        (Role::Liaison, _) => Some(format!("/desk/queue/{request}")),
        (Role::Therapist | Role::Partner | Role::Admin, _) => None,
    })
}

/// The times stand on the page of what they are proposed for.
async fn to_proposal(mut tx: Tx, actor: Actor, id: String) -> Result<Option<String>, StoreError> {
    let Ok(proposal) = id.parse::<ProposalId>() else {
        return Ok(None);
    };
    match proposal_of(&mut tx, proposal).await? {
        Some(ProposalOf::Visit(visit)) => to_visit(tx, actor, visit.to_string()).await,
        Some(ProposalOf::Request(request)) => to_request(tx, actor, request.to_string()).await,
        None => Ok(None),
    }
}

async fn to_offer(mut tx: Tx, actor: Actor, id: String) -> Result<Option<String>, StoreError> {
    let Ok(offer) = id.parse::<OfferId>() else {
        return Ok(None);
    };
    let Some(known) = offer_in_short(&mut tx, offer).await? else {
        return Ok(None);
    };
    Ok(match actor.role {
        Role::Patient | Role::Guardian => Some(format!("/my/waitlist/{offer}")),
        Role::Liaison => Some(format!("/desk/queue/waitlist-{}", known.wish)),
        Role::Therapist | Role::Partner | Role::Admin => None,
    })
}
