//! A handler that panics is one failed request: a calm page outside, the whole story in the log.

use super::absent;
use axum::response::Response;
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;

type Story = Box<dyn Any + Send + 'static>;

pub fn layer() -> CatchPanicLayer<fn(Story) -> Response> {
    CatchPanicLayer::custom(answer as fn(Story) -> Response)
}

fn answer(story: Story) -> Response {
    let story = story
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| story.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = story, "a handler panicked");
    absent::failed()
}

#[cfg(test)]
mod tests {
    use crate::middleware::testing::text;
    use axum::{Router, body::Body, http::Request, http::StatusCode, routing::get};
    use tower::ServiceExt;

    async fn breaks() -> &'static str {
        panic!("row 7 of Ana Alvarez")
    }

    #[tokio::test]
    async fn a_panic_is_a_calm_500_that_tells_nothing() {
        let app = Router::new().route("/", get(breaks)).layer(super::layer());
        let response = app
            .oneshot(Request::get("/").body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let text = text(response).await;
        assert!(text.contains("The fault is ours") && !text.contains("Ana"), "{text}");
    }
}
