//! The room's axum route: its socket.

use crate::session::Hub;
use axum::Router;
use kernel::Clock;
use live::{
    Sessions,
    server::{CHECK_EVERY, Gate},
};
use std::sync::Arc;

/// `GET /live`. `origins` are the exact origins of our own pages; the actor is expected in the request's extensions.
pub fn router<S: Sessions>(
    hub: Hub,
    sockets: live::Hub,
    sessions: S,
    clock: Arc<dyn Clock>,
    origins: impl IntoIterator<Item = String>,
) -> Router {
    live::server::router(
        "/live",
        Gate {
            rooms: hub,
            sessions,
            hub: sockets,
            clock,
            check_every: CHECK_EVERY,
            origins: origins.into_iter().collect(),
        },
    )
}
