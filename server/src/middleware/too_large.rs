//! A server function reads its whole body before it does anything. One that is too large is refused here, with words of its own:
//! the framework would answer 500, as if the fault were ours.

use super::{absent, api_status::wants_page};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::ApiError;
use std::sync::Arc;

/// What a server function may be sent: the framework's own limit, which holds every form full of its longest texts. Files go
/// another way.
const MOST: usize = 2 * 1024 * 1024;

/// Hands a body on that fits; `stylesheet` is for the page that says that it did not.
pub async fn refuse(State(stylesheet): State<Arc<str>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request.method() != Method::POST || !path.starts_with("/api/") || path.starts_with(scheduling::http::PREFIX) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let announced = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    // What is announced as too large is not even read.
    let body = match announced {
        Some(length) if length > MOST => None,
        _ => to_bytes(body, MOST).await.ok(),
    };
    match body {
        Some(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        None if wants_page(&parts) => absent::too_large(&stylesheet),
        None => (StatusCode::PAYLOAD_TOO_LARGE, Json(ApiError::refused("too_large"))).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, refuse};
    use crate::middleware::testing::text;
    use axum::{
        Router,
        body::{Body, Bytes, to_bytes},
        http::{Request, StatusCode},
        middleware,
        response::Response,
        routing::any,
    };
    use futures::stream;
    use kernel::ApiError;
    use std::{convert::Infallible, sync::Arc};
    use tower::ServiceExt;

    async fn answer(path: &str, accept: &str, body: Body) -> Response {
        let app = Router::new()
            .route(
                "/{*any}",
                any(async |body: Body| to_bytes(body, usize::MAX).await.unwrap().len().to_string()),
            )
            .layer(middleware::from_fn_with_state(Arc::from("/style.css"), refuse));
        let request = Request::post(path).header("accept", accept).body(body).unwrap();
        app.oneshot(request).await.unwrap()
    }

    /// A body whose length nobody announces.
    fn stream_of(bytes: usize) -> Body {
        Body::from_stream(stream::iter([Ok::<_, Infallible>(Bytes::from(vec![b'a'; bytes]))]))
    }

    #[tokio::test]
    async fn a_body_that_fits_arrives_whole() {
        let response = answer("/api/x", "application/json", stream_of(MOST)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(text(response).await, MOST.to_string());
    }

    #[tokio::test]
    async fn a_script_gets_the_refusal_and_a_person_a_page() {
        for body in [|| stream_of(MOST + 1), || Body::from(vec![b'a'; MOST + 1])] {
            let response = answer("/api/x", "application/json", body()).await;
            assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
            let error = serde_json::from_str::<ApiError>(&text(response).await).unwrap();
            assert_eq!(error, ApiError::refused("too_large"));
            let page = answer("/api/x", "text/html,*/*", body()).await;
            assert_eq!(page.status(), StatusCode::PAYLOAD_TOO_LARGE);
            assert!(text(page).await.contains("too long"));
        }
    }

    #[tokio::test]
    async fn other_routes_have_limits_of_their_own() {
        for path in ["/uploads", "/api/v1/requests"] {
            let response = answer(path, "application/json", stream_of(MOST + 1)).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
        }
    }
}
