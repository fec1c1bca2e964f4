//! Every request has an id: in its answer, and on every log line it causes.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use kernel::{Ids, RandomIds};
use std::time::Instant;
use tracing::Instrument;

/// Logs method, path, status and time. Not the query and not the Referer: they are the browser's business (V14.2.1).
pub async fn note_request(request: Request, next: Next) -> Response {
    let id = RandomIds.uuid().to_string();
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    async move {
        let start = Instant::now();
        let mut response = next.run(request).await;
        let millis = start.elapsed().as_millis();
        tracing::debug!(status = response.status().as_u16(), millis, "answered");
        if let Ok(id) = HeaderValue::from_str(&id) {
            response
                .headers_mut()
                .insert(HeaderName::from_static("x-request-id"), id);
        }
        response
    }
    .instrument(span)
    .await
}

#[cfg(test)]
mod tests {
    use crate::middleware::testing::header;
    use axum::{Router, body::Body, http::Request, middleware, routing::get};
    use tower::ServiceExt;

    #[tokio::test]
    async fn the_id_is_ours_not_the_callers() {
        let app = Router::new()
            .route("/", get(async || ""))
            .layer(middleware::from_fn(super::note_request));
        let request = Request::get("/")
            .header("x-request-id", "mine")
            .body(Body::empty())
            .unwrap();
        let response = app.oneshot(request).await.unwrap();
        assert_eq!(header(&response, "x-request-id").len(), 36);
    }
}
