//! Who is at the other end of the line, for throttling.

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use identity::http::ClientAddress;
use std::net::{IpAddr, SocketAddr};

/// Whether something in front of us may say who the client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proxy {
    /// Clients connect to us; whatever they forward is their own claim.
    #[default]
    None,
    /// One proxy that appends the address it sees to `X-Forwarded-For`: its entry is the last one, all others are claims.
    Trusted,
}

/// Puts `ClientAddress` into the request's extensions.
pub async fn note_address(State(proxy): State<Proxy>, mut request: Request, next: Next) -> Response {
    let connected = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip());
    let address = match proxy {
        Proxy::None => connected,
        Proxy::Trusted => last_forwarded(request.headers()).or(connected),
    };
    if let Some(address) = address {
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}

fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Proxy, note_address};
    use crate::middleware::testing::text;
    use axum::{Extension, Router, body::Body, extract::ConnectInfo, http::Request, middleware, routing::get};
    use identity::http::ClientAddress;
    use std::net::SocketAddr;
    use tower::ServiceExt;

    async fn seen(proxy: Proxy) -> String {
        let app = Router::new()
            .route(
                "/",
                get(async |Extension(ClientAddress(address)): Extension<ClientAddress>| address.to_string()),
            )
            .layer(middleware::from_fn_with_state(proxy, note_address));
        let mut request = Request::get("/")
            .header("x-forwarded-for", "203.0.113.9")
            .header("x-forwarded-for", "203.0.113.9, 198.51.100.4")
            .body(Body::empty())
            .unwrap();
        let connected: SocketAddr = "192.0.2.1:40000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(connected));
        text(app.oneshot(request).await.unwrap()).await
    }

    #[tokio::test]
    async fn a_forwarded_address_is_a_claim_unless_our_proxy_made_it() {
        assert_eq!(seen(Proxy::None).await, "192.0.2.1");
        assert_eq!(seen(Proxy::Trusted).await, "198.51.100.4");
    }
}
