//! The link by which another calendar follows one's own: made and ended by plain forms.

use kernel::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    crate::service,
    http::{HeaderValue, header, request::Parts},
    identity::{Gate, http::Token},
    kernel::Ctx,
    leptos_axum::ResponseOptions,
};

/// The link of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FeedView {
    /// Right after it was made, in the browser that made it.
    pub path: Option<String>,
    /// "22 Nov 2026"; `None`: there is no link.
    pub made: Option<String>,
    /// When a program last asked.
    pub read: Option<String>,
}

/// Whether there is a link, and right after it was made the link itself. Access: patient, guardian, therapist.
#[server(endpoint = "letters/my_feed")]
pub async fn my_feed() -> Result<FeedView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::my_feed(&ctx, just_made()).await?)
}

/// Makes a link; one from before ends. The page shows it to this browser for five minutes. Access: patient, guardian,
/// therapist. Errors: `NotFound` for other roles.
#[server(endpoint = "letters/make_feed")]
pub async fn make_feed() -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let token = service::make_feed(&ctx).await?;
    keep_for_the_page(&token.reveal(), 300);
    leptos_axum::redirect(&page(&ctx));
    Ok(())
}

/// The link leads nowhere from now on. Access: patient, guardian, therapist. Errors: `NotFound` for other roles.
#[server(endpoint = "letters/end_feed")]
pub async fn end_feed() -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::end_feed(&ctx).await?;
    keep_for_the_page("", 0);
    leptos_axum::redirect(&page(&ctx));
    Ok(())
}

#[cfg(feature = "ssr")]
fn page(ctx: &Ctx) -> String {
    format!("{}/account/feed", ctx.actor.role.home())
}

/// The secret travels to the next page in a cookie that no script reads: an address would stay in histories.
#[cfg(feature = "ssr")]
const JUST_MADE: &str = "feed-just-made";

#[cfg(feature = "ssr")]
fn keep_for_the_page(secret: &str, seconds: u32) {
    let secure = if use_context::<Gate>().is_some_and(|gate| gate.cookies.is_secure()) {
        "; Secure"
    } else {
        ""
    };
    let text = format!("{JUST_MADE}={secret}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Strict{secure}");
    if let (Some(response), Ok(mut value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&text)) {
        value.set_sensitive(true);
        response.append_header(header::SET_COOKIE, value);
    }
}

#[cfg(feature = "ssr")]
fn just_made() -> Option<Token> {
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get_all(header::COOKIE).iter();
    let pairs = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().strip_prefix(JUST_MADE)?.strip_prefix('='));
    Token::parse(found.next()?)
}
