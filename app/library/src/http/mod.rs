//! The library over plain HTTP: uploads that resume, files with ranges. The house comes as an `Extension`, the actor
//! from the sign-in middleware in the request's extensions.

mod media;
mod uploads;

use crate::LibraryError;
use axum::{
    Extension, Json, Router,
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, head, post},
};
use kernel::{Actor, ApiError, Ctx, House};
use serde::Serialize;

/// The routes of the library. `PATCH /uploads/{item}` reads its body itself and stops at its own limit.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/media/{item}/{variant}", get(media::fetch))
        .route("/uploads", post(uploads::begin))
        .route("/uploads/{item}", head(uploads::standing).patch(uploads::append))
}

/// Who asks, with the house.
struct Asked(Ctx);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let actor = parts.extensions.get::<Actor>().copied();
        let Extension(house) = Extension::<House>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        match actor {
            Some(actor) => Ok(Self(Ctx { actor, house })),
            None => Err(answer(&ApiError::SignedOut)),
        }
    }
}

/// A refusal for a script: one word, which the page turns into a sentence.
#[derive(Serialize)]
struct Code<'a> {
    code: &'a str,
}

fn answer(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(Code { code: error.code() })).into_response()
}

impl IntoResponse for LibraryError {
    fn into_response(self) -> Response {
        answer(&self.into())
    }
}
