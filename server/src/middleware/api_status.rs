//! A server function that fails answers 500 by itself. A caller that asked for data gets the status of the error instead; a
//! plain form keeps its redirect.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use kernel::ApiError;

/// Set by the server function framework on every error (`server_fn::error::SERVER_FN_ERROR_HEADER`).
const ERROR_MARK: &str = "serverfnerror";
/// An error holds codes and field names; anything longer is none.
const LONGEST_ERROR: usize = 16 * 1024;

/// Gives an error its status and, after too many tries, its `Retry-After`.
pub async fn answer_with_status(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let wants_page = wants_page(&parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let is_error = response.headers().contains_key(ERROR_MARK);
    if wants_page || !is_error || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LONGEST_ERROR).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if let Ok(error) = serde_json::from_slice::<ApiError>(&bytes) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let ApiError::TooMany(seconds) = error {
            parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// A plain form: the browser wants a page, not data.
pub fn wants_page(parts: &Parts) -> bool {
    parts
        .headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::answer_with_status;
    use crate::middleware::testing::{header, text};
    use axum::{Router, body::Body, http::Request, http::StatusCode, middleware, response::Response, routing::post};
    use kernel::ApiError;
    use tower::ServiceExt;

    async fn answer(error: Option<ApiError>, accept: &'static str) -> Response {
        let body = error
            .as_ref()
            .map_or_else(|| "boom".to_owned(), |error| serde_json::to_string(error).unwrap());
        let handler = async move || (StatusCode::INTERNAL_SERVER_ERROR, [("serverfnerror", "/api/x")], body);
        let app = Router::new()
            .route("/api/x", post(handler))
            .layer(middleware::from_fn(answer_with_status));
        let request = Request::post("/api/x")
            .header("accept", accept)
            .body(Body::empty())
            .unwrap();
        app.oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn a_data_caller_gets_the_status_and_the_whole_error() {
        for error in [
            ApiError::SignedOut,
            ApiError::NotFound,
            ApiError::field("email", "missing"),
            ApiError::refused("slot_taken"),
            ApiError::Unavailable,
            ApiError::Internal,
        ] {
            let response = answer(Some(error.clone()), "application/json").await;
            assert_eq!(response.status().as_u16(), error.status());
            assert_eq!(serde_json::from_str::<ApiError>(&text(response).await).unwrap(), error);
        }
    }

    #[tokio::test]
    async fn too_many_tries_say_when_to_come_back() {
        let response = answer(Some(ApiError::TooMany(90)), "application/json").await;
        assert_eq!(
            (response.status(), header(&response, "retry-after")),
            (StatusCode::TOO_MANY_REQUESTS, "90")
        );
    }

    #[tokio::test]
    async fn a_plain_form_and_an_unknown_body_stay_as_they_are() {
        let form = answer(Some(ApiError::NotFound), "text/html,*/*").await;
        assert_eq!(form.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let unknown = answer(None, "application/json").await;
        assert_eq!(unknown.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(text(unknown).await, "boom");
    }
}
