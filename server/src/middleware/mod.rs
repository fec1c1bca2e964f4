//! The layers around every route. `around` puts them on in the one right order; each file says what its layer refuses.
//!
//! From the outside in: a request gets an id and a log line; a panic becomes a calm 500; the security headers and the nonce;
//! the client's address; the cross-site check; the session becomes an actor; the area of another role is absent; a server
//! function's error gets its status, and a body that no server function may have is refused.

pub mod absent;
pub mod address;
pub mod api_status;
pub mod area;
pub mod csp;
pub mod csrf;
pub mod headers;
pub mod panic;
pub mod reports;
pub mod request_id;
pub mod session;
pub mod too_large;

use crate::config::Origin;
use axum::{Router, middleware};
use identity::Gate;
use kernel::House;
use std::sync::Arc;

pub use address::Proxy;
pub use csp::provide_nonce;

/// What the layers must know of this installation.
#[derive(Debug, Clone)]
pub struct Site {
    /// The only origin that requests may come from.
    pub origin: Origin,
    /// Whether a proxy in front of us may say who the client is.
    pub proxy: Proxy,
    /// Path of the stylesheet, for the pages that the app does not render.
    pub stylesheet: Arc<str>,
}

/// Puts every layer around `routes`.
pub fn around(routes: Router, site: &Site, house: &House, gate: &Gate) -> Router {
    // The last layer is the outermost.
    routes
        .layer(middleware::from_fn_with_state(
            site.stylesheet.clone(),
            too_large::refuse,
        ))
        .layer(middleware::from_fn(api_status::answer_with_status))
        .layer(middleware::from_fn_with_state(site.clone(), area::guard))
        .layer(middleware::from_fn_with_state(
            (house.clone(), gate.clone()),
            session::resolve,
        ))
        .layer(middleware::from_fn_with_state(
            site.origin.clone(),
            csrf::refuse_cross_site,
        ))
        .layer(middleware::from_fn_with_state(site.proxy, address::note_address))
        .layer(middleware::from_fn_with_state(site.origin.clone(), headers::secure))
        .layer(panic::layer())
        .layer(middleware::from_fn(request_id::note_request))
}

#[cfg(test)]
mod testing {
    use axum::{body::Body, response::Response};

    pub fn header<'a>(response: &'a Response, name: &str) -> &'a str {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    pub async fn text(response: Response<Body>) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }
}
