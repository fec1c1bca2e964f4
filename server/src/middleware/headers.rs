//! The security headers of every response (security.md 4.5).

use super::csp::{self, Nonce};
use crate::config::Origin;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Only the room's document may use camera and microphone; entering and leaving it are full page loads.
const IN_THE_ROOM: &str =
    "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=(), bluetooth=()";
const ELSEWHERE: &str =
    "camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), usb=(), bluetooth=()";

/// Mints the nonce, hands it to the page, and writes the headers. A handler's own `Cache-Control` and policy (a file, a
/// picture in a sandbox) stand; everything else is kept by nobody.
pub async fn secure(State(origin): State<Origin>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::mint();
    if let Some(nonce) = &nonce {
        request.extensions_mut().insert(nonce.clone());
    }
    let in_the_room = is_room(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let permissions = if in_the_room { IN_THE_ROOM } else { ELSEWHERE };
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(permissions),
    );
    if origin.is_secure() {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    unless_set(
        headers,
        header::CACHE_CONTROL,
        Some(HeaderValue::from_static("no-store")),
    );
    unless_set(
        headers,
        header::CONTENT_SECURITY_POLICY,
        csp::policy(&origin, nonce.as_ref()),
    );
    response
}

/// Same-origin forms keep the full Referer, which errors of forms without script need; other sites see our name at most.
const FIXED: [(&str, &str); 5] = [
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("reporting-endpoints", "csp=\"/csp-report\""),
];

fn is_room(path: &str) -> bool {
    path == "/room" || path.starts_with("/room/")
}

fn unless_set(headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>) {
    if let (false, Some(value)) = (headers.contains_key(&name), value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::secure;
    use crate::{
        config::Origin,
        middleware::{csp::Nonce, testing::header},
    };
    use axum::{
        Extension, Router,
        body::Body,
        http::{Request, header::CACHE_CONTROL},
        middleware,
        response::Response,
        routing::get,
    };
    use tower::ServiceExt;

    async fn answer(origin: &str, path: &str) -> Response {
        let app = Router::new()
            .route(
                "/file",
                get(async || [(CACHE_CONTROL, "public, max-age=31536000, immutable")]),
            )
            .route(
                "/{*any}",
                get(async |Extension(nonce): Extension<Nonce>| format!("{nonce:?}")),
            )
            .layer(middleware::from_fn_with_state(
                origin.parse::<Origin>().unwrap(),
                secure,
            ));
        app.oneshot(Request::get(path).body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn the_page_gets_the_nonce_of_its_header_and_no_two_are_alike() {
        let mut seen = std::collections::HashSet::new();
        for _ in 0..20 {
            let response = answer("https://clinic.example", "/my").await;
            let policy = header(&response, "content-security-policy").to_owned();
            let nonce = policy
                .split("'nonce-")
                .nth(1)
                .and_then(|rest| rest.split('\'').next())
                .unwrap()
                .to_owned();
            assert_eq!(nonce.len(), 32, "128 bits in hex");
            assert!(crate::middleware::testing::text(response).await.contains(&nonce));
            assert!(seen.insert(nonce));
        }
    }

    #[tokio::test]
    async fn the_policy_allows_us_and_nobody_else() {
        let response = answer("https://clinic.example:8443", "/my").await;
        let policy = header(&response, "content-security-policy");
        assert!(
            policy.contains("connect-src 'self' wss://clinic.example:8443;"),
            "{policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        let local = answer("http://127.0.0.1:3000", "/my").await;
        assert!(header(&local, "content-security-policy").contains("connect-src 'self' ws://127.0.0.1:3000;"));
    }

    #[tokio::test]
    async fn camera_and_microphone_are_for_the_room_alone() {
        for (path, allowed) in [
            ("/room/7", true),
            ("/room/test", true),
            ("/roommate", false),
            ("/my", false),
        ] {
            let response = answer("https://clinic.example", path).await;
            let allows = header(&response, "permissions-policy").contains("camera=(self), microphone=(self)");
            assert_eq!(allows, allowed, "{path}");
        }
    }

    #[tokio::test]
    async fn pages_are_kept_by_nobody_and_files_as_they_say() {
        assert_eq!(
            header(&answer("https://clinic.example", "/my").await, "cache-control"),
            "no-store"
        );
        let file = answer("https://clinic.example", "/file").await;
        assert!(header(&file, "cache-control").contains("immutable"));
    }

    #[tokio::test]
    async fn strict_transport_is_promised_on_https_only() {
        let there = answer("https://clinic.example", "/my").await;
        assert!(header(&there, "strict-transport-security").starts_with("max-age=63072000"));
        let here = answer("http://localhost:3000", "/my").await;
        assert_eq!(header(&here, "strict-transport-security"), "");
    }
}
