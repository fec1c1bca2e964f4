//! Nothing that changes anything is done for another site (security.md 4.3). Server functions check nothing themselves.

use crate::config::Origin;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Verified otherwise: the browser itself sends policy reports, which change nothing.
const EXEMPT: &[&str] = &[super::reports::REPORT_PATH];
/// Other programs ask here with a token and without a cookie: nothing that a browser adds by itself opens anything.
const PROGRAMS: &str = scheduling::http::PREFIX;

/// Refuses every request but a reading one that does not come from a page of our own.
pub async fn refuse_cross_site(State(origin): State<Origin>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if reads(request.method()) || EXEMPT.contains(&path) || path.starts_with(PROGRAMS) {
        return next.run(request).await;
    }
    let mut response = if comes_from(&origin, request.headers()) {
        next.run(request).await
    } else {
        tracing::warn!(path = request.uri().path(), "cross-site request refused");
        (
            StatusCode::FORBIDDEN,
            "This request did not come from a page of ours, so nothing was done. Open the page again and repeat the step there.",
        )
            .into_response()
    };
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("Sec-Fetch-Site, Origin"));
    response
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// The browser's own word first; an older browser's `Origin` must be ours to the letter; neither means no.
fn comes_from(ours: &Origin, headers: &HeaderMap) -> bool {
    match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == ours.as_str(),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::refuse_cross_site;
    use crate::middleware::testing::{header, text};
    use axum::{Router, body::Body, http::Request, http::StatusCode, middleware, routing::any};
    use tower::ServiceExt;

    async fn answer(method: &str, path: &str, headers: &[(&str, &str)]) -> axum::response::Response {
        let origin = "https://clinic.example".parse::<crate::config::Origin>().unwrap();
        let app = Router::new()
            .route("/{*any}", any(async || "done"))
            .layer(middleware::from_fn_with_state(origin, refuse_cross_site));
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_form_of_ours_is_carried_out() {
        for headers in [
            [("sec-fetch-site", "same-origin")].as_slice(),
            &[("origin", "https://clinic.example")],
        ] {
            let response = answer("POST", "/api/x", headers).await;
            assert_eq!(response.status(), StatusCode::OK, "{headers:?}");
            assert_eq!(header(&response, "vary"), "Sec-Fetch-Site, Origin");
        }
    }

    #[tokio::test]
    async fn everything_else_is_refused_in_plain_words() {
        for headers in [
            [].as_slice(),
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://clinic.example")],
            &[("origin", "null")],
            &[("origin", "http://clinic.example")],
            &[("origin", "https://clinic.example.evil.example")],
            &[("origin", "https://clinic.example:8443")],
            &[("referer", "https://clinic.example/my")],
        ] {
            for method in ["POST", "PUT", "PATCH", "DELETE", "BREW"] {
                let response = answer(method, "/api/x", headers).await;
                assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method} {headers:?}");
                assert!(text(response).await.contains("nothing was done"));
            }
        }
    }

    #[tokio::test]
    async fn reading_and_policy_reports_pass() {
        let cross = [("sec-fetch-site", "cross-site")];
        assert_eq!(answer("GET", "/my", &cross).await.status(), StatusCode::OK);
        assert_eq!(answer("POST", "/csp-report", &cross).await.status(), StatusCode::OK);
        assert_eq!(
            answer("POST", "/csp-report/x", &cross).await.status(),
            StatusCode::FORBIDDEN
        );
    }
}
