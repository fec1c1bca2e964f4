//! The content security policy and its nonce.
//!
//! The header is written here and the page is rendered by Leptos, and both must name the same nonce. Leptos makes one of its
//! own; we mint ours first, keep it in the request's extensions, and `provide_nonce`, called in the context closure of the
//! routes, puts it in the place of theirs before anything is rendered.

use crate::config::Origin;
use axum::http::{HeaderValue, request::Parts};
use kernel::seal::Key;
use leptos::prelude::{provide_context, use_context};
use std::sync::Arc;

/// 128 random bits, new for every response.
#[derive(Debug, Clone)]
pub struct Nonce(Arc<str>);

impl Nonce {
    /// `None` when the system has no randomness: the page then has no script rather than a guessable one.
    pub fn mint() -> Option<Self> {
        let key = Key::random().ok()?;
        let (half, _) = key.bytes().split_first_chunk::<16>()?;
        Some(Self(format!("{:032x}", u128::from_be_bytes(*half)).into()))
    }
}

/// For the context closure of pages: the page stamps the nonce of its own response header.
pub fn provide_nonce() {
    // Absent while the list of routes is made at start-up: there is no request then.
    if let Some(nonce) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Nonce>().cloned()) {
        provide_context(leptos::nonce::Nonce::from_value(nonce.0));
    }
}

/// The policy of one response.
pub fn policy(origin: &Origin, nonce: Option<&Nonce>) -> Option<HeaderValue> {
    let socket = origin.as_str().replacen("http", "ws", 1);
    let script = nonce.map_or_else(
        || "'none'".to_owned(),
        |nonce| format!("'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'", nonce.0),
    );
    let text = format!(
        "default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; \
         font-src 'self'; connect-src 'self' {socket}; worker-src 'self'; manifest-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'; object-src 'none'; report-to csp"
    );
    HeaderValue::from_str(&text).ok()
}
