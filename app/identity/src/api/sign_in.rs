//! Signing in and out. Both work as plain forms; the answer to a form is a redirect, to a script the path to load.

use kernel::ApiError;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::http::reply;

/// Signs in and hands out the session cookie. Answers with the path to load next: a full load, because everything on the
/// page depends on who is signed in.
///
/// Access: everybody. Errors: `Refused("sign_in")` for a wrong password, an unknown or a closed account alike; `TooMany`.
#[server(endpoint = "identity/sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<String, ApiError> {
    use crate::{model::next::landing, service};

    let (house, gate, caller) = (
        kernel::House::from_request()?,
        reply::gate()?,
        reply::Caller::of_request()?,
    );
    let attempt = service::Attempt {
        email: &email,
        password,
        address: caller.address,
        user_agent: caller.user_agent(),
        known: crate::http::Cookies::known(caller.headers()),
        carried: gate.cookies.read(caller.headers()),
    };
    match service::sign_in(&house, &gate, attempt).await {
        Ok(signed_in) => {
            let path = landing(next.as_deref().unwrap_or_default(), signed_in.actor.role).to_owned();
            reply::hand_out(gate.cookies.set(&signed_in.token))?;
            reply::hand_out(gate.cookies.know(&signed_in.browser))?;
            reply::forget_typed(gate.cookies);
            caller.lead_to(&path);
            Ok(path)
        }
        Err(error) => {
            caller.keep_typed(gate.cookies, &email);
            Err(error.into())
        }
    }
}

/// The e-mail typed in a form that was refused a moment ago, for the page that is rendered again without script.
///
/// Access: everybody, their own cookie only. Errors: none but `Internal`.
#[server(endpoint = "identity/typed_email")]
pub async fn typed_email() -> Result<String, ApiError> {
    let headers = leptos_axum::extract().await.map_err(|_| ApiError::Internal)?;
    Ok(crate::http::Cookies::typed(&headers).unwrap_or_default())
}

/// Ends this session, takes the cookie back and leads to the sign-in page.
///
/// Access: signed in; signing out twice is fine. Errors: `Unavailable`.
#[server(endpoint = "identity/sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    use crate::service;

    let gate = reply::gate()?;
    match kernel::Ctx::from_request() {
        Ok(ctx) => service::sign_out(&ctx, &gate.events).await?,
        Err(ApiError::SignedOut) => {}
        Err(error) => return Err(error),
    }
    reply::hand_out(gate.cookies.clear())?;
    reply::forget_everything();
    leptos_axum::redirect("/sign-in");
    Ok(())
}
