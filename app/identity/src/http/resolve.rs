//! From the cookie to the actor: the only place where a request gets one.

use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::{ApiError, House};

use crate::{
    Gate,
    model::session::Ended,
    service::{self, Asking, Resolved},
};

/// In the extensions of the one request that found its session's time to be up, so that the sign-in page can say why.
#[derive(Debug, Clone, Copy)]
pub struct JustEnded(pub Ended);

/// Puts `kernel::Actor` into the request's extensions when the cookie belongs to a living session of an active account.
/// A database that does not answer is a 503, never an anonymous request: that would look like being signed out.
/// Somebody outside may have put `Asking` there; without it a person asks.
pub async fn resolve_session(State((house, gate)): State<(House, Gate)>, mut request: Request, next: Next) -> Response {
    let asking = request.extensions().get().copied().unwrap_or(Asking::Person);
    if let Some(token) = gate.cookies.read(request.headers()) {
        match service::resolve(&house, &gate.events, &token, asking).await {
            Ok(Resolved::Actor(actor)) => {
                request.extensions_mut().insert(actor);
            }
            Ok(Resolved::JustEnded(why)) => {
                request.extensions_mut().insert(JustEnded(why));
            }
            Ok(Resolved::Nobody) => {}
            Err(error) => {
                tracing::warn!(%error, "session not resolved");
                return unavailable(request.headers());
            }
        }
    }
    next.run(request).await
}

/// A script gets the error of its server function, so that the form above it can say what was kept.
fn unavailable(asked: &HeaderMap) -> Response {
    let wants_page = asked
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let mut response = if wants_page {
        let text = "The service does not answer at the moment. Nothing was changed. Load the page again in a minute.";
        (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(ApiError::Unavailable)).into_response()
    };
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}
