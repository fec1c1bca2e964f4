//! Booking for other programs: `/api/v1`, JSON, described by `/api/v1/openapi.json` (docs/api.md). A token says who asks and
//! opens what is everybody's: services, therapists, free times. No cookie means anything here, and no patient is known: a
//! request is made by a person who is signed in, to whose page `POST /api/v1/requests` leads.

mod answers;
mod ask;
mod guard;

use axum::{
    Router, middleware,
    routing::{get, post},
};
use guard::Guarded;
use kernel::House;

/// Every path of this interface begins with it.
pub const PREFIX: &str = "/api/v1/";
/// The interface, in its own words.
const DESCRIPTION: &str = include_str!("openapi.json");

/// The routes. `origin`: of the house itself, for addresses that lead a visitor here.
pub fn router(house: House, origin: String) -> Router {
    let guarded = Guarded::new(house, origin);
    Router::new()
        .route("/api/v1/openapi.json", get(ask::description))
        .route("/api/v1/services", get(ask::services))
        .route("/api/v1/therapists", get(ask::therapists))
        .route("/api/v1/free-times", get(ask::free_times))
        .route("/api/v1/requests", post(ask::request))
        .layer(middleware::from_fn_with_state(guarded.clone(), guard::guard))
        .with_state(guarded)
}
