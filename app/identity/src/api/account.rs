//! The account itself and its sessions.

use kernel::{ApiError, SessionId};
use leptos::prelude::*;

use crate::model::{self, MySession};

#[cfg(feature = "ssr")]
use {
    crate::{http::reply, service},
    kernel::Ctx,
};

/// Who is signed in. Access: signed in. Errors: `SignedOut`.
#[server(endpoint = "identity/me")]
pub async fn me() -> Result<model::Me, ApiError> {
    Ok(service::me(&Ctx::from_request()?).await?)
}

/// The living sessions of the account. Access: signed in, own account. Errors: `SignedOut`.
#[server(endpoint = "identity/my_sessions")]
pub async fn my_sessions() -> Result<Vec<MySession>, ApiError> {
    Ok(service::my_sessions(&Ctx::from_request()?).await?)
}

/// Ends one session of the account. Access: signed in, own account. Errors: `NotFound` when absent, over or foreign.
#[server(endpoint = "identity/end_session")]
pub async fn end_session(session: SessionId) -> Result<(), ApiError> {
    Ok(service::end_session(&Ctx::from_request()?, &reply::gate()?.events, session).await?)
}

/// Ends every session of the account but this one. Access: signed in, own account. Errors: `SignedOut`.
#[server(endpoint = "identity/end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), ApiError> {
    Ok(service::end_other_sessions(&Ctx::from_request()?, &reply::gate()?.events).await?)
}
