//! What the server functions of sign-in read from the request and write to the answer.

use http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};
use kernel::ApiError;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{ClientAddress, Cookies};
use crate::Gate;

/// The gate, which the server provides in the context.
pub(crate) fn gate() -> Result<Gate, ApiError> {
    use_context::<Gate>().ok_or(ApiError::Internal)
}

/// The request behind a server function.
pub(crate) struct Caller {
    parts: Parts,
    pub address: Option<ClientAddress>,
}

impl Caller {
    pub fn of_request() -> Result<Self, ApiError> {
        let parts = use_context::<Parts>().ok_or(ApiError::Internal)?;
        let address = parts.extensions.get::<ClientAddress>().copied();
        Ok(Self { parts, address })
    }

    pub const fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    pub fn user_agent(&self) -> &str {
        self.text(header::USER_AGENT)
    }

    /// A plain form: the browser wants a page, not data.
    fn wants_page(&self) -> bool {
        self.text(header::ACCEPT).contains("text/html")
    }

    fn text(&self, name: HeaderName) -> &str {
        self.parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Redirects a plain form. A script reads the path from the answer and loads it whole.
    pub fn lead_to(&self, path: &str) {
        if self.wants_page() {
            leptos_axum::redirect(path);
        }
    }

    /// Keeps what was typed for the page that a plain form gets back.
    pub fn keep_typed(&self, cookies: Cookies, email: &str) {
        if self.wants_page() {
            append(header::SET_COOKIE, cookies.keep_typed(email));
        }
    }
}

/// Hands out the session cookie, or takes it back.
pub(crate) fn hand_out(cookie: Option<HeaderValue>) -> Result<(), ApiError> {
    let cookie = cookie.ok_or(ApiError::Internal)?;
    append(header::SET_COOKIE, Some(cookie));
    Ok(())
}

pub(crate) fn forget_typed(cookies: Cookies) {
    append(header::SET_COOKIE, cookies.forget_typed());
}

/// Signed out means that the browser keeps no page and no draft of this account (ASVS V14.3.1).
pub(crate) fn forget_everything() {
    append(
        HeaderName::from_static("clear-site-data"),
        Some(HeaderValue::from_static(r#""cache", "storage""#)),
    );
}

fn append(name: HeaderName, value: Option<HeaderValue>) {
    if let (Some(response), Some(value)) = (use_context::<ResponseOptions>(), value) {
        response.append_header(name, value);
    }
}
