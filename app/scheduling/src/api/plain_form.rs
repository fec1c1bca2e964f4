//! A form that was sent without script and refused is led back to an address that holds its values again. For numbers and
//! codes only: text that somebody typed never enters an address.

use http::{header::ACCEPT, request::Parts};
use kernel::ApiError;
use leptos::{
    prelude::use_context,
    server_fn::{ServerFn, error::ServerFnUrlError},
};

/// Only there to be cut off again: an address within the house is led to, never another one.
const ORIGIN: &str = "http://localhost";

/// Leads a plain form to `address` with the error beside it, where `ServerAction` reads it. Others get the error itself.
pub fn lead_back<S>(address: &str, error: &ApiError)
where
    S: ServerFn<Error = ApiError>,
{
    let plain = use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    });
    if !plain {
        return;
    }
    let Ok(url) = ServerFnUrlError::new(S::PATH, error.clone()).to_url(&format!("{ORIGIN}{address}")) else {
        return;
    };
    if let Some(within) = url.as_str().strip_prefix(ORIGIN) {
        leptos_axum::redirect(within);
    }
}
