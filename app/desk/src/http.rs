//! The table of all visits as a file, over plain HTTP because it streams.

use crate::{
    Error,
    service::{self, Export, VisitsWish},
};
use axum::{
    Extension, Form, Router,
    body::Body,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use kernel::{Actor, ApiError, Ctx, House};
use serde::Deserialize;

pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/desk/visits.csv", post(visits_csv))
}

/// The filters of the page and the stated reason, as the form sends them. Ids come as texts, because empty fields do.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    from: String,
    to: String,
    days: String,
    state: String,
    therapist: String,
    service: String,
    find: String,
    reason: String,
}

impl Asked {
    fn wish(&self) -> VisitsWish {
        VisitsWish {
            from: self.from.clone(),
            to: self.to.clone(),
            days: self.days.parse().ok(),
            state: self.state.clone(),
            therapist: self.therapist.parse().ok(),
            service: self.service.parse().ok(),
            find: self.find.parse().ok(),
            ..VisitsWish::default()
        }
    }

    /// As they stand in the address, for the note about the file.
    fn filters(&self) -> String {
        let pairs = [
            ("from", &self.from),
            ("to", &self.to),
            ("days", &self.days),
            ("state", &self.state),
            ("therapist", &self.therapist),
            ("service", &self.service),
            ("find", &self.find),
        ];
        let pairs: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("&")
    }
}

async fn visits_csv(
    Extension(house): Extension<House>,
    actor: Option<Extension<Actor>>,
    Form(asked): Form<Asked>,
) -> Response {
    let Some(Extension(actor)) = actor else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let ctx = Ctx { actor, house };
    match service::export(&ctx, &asked.wish(), &asked.reason, &asked.filters()).await {
        Ok(export) => file(export),
        // Without script the form is a page of its own: back to it, with what was wrong as a code.
        Err(Error::Invalid { field, code }) => {
            Redirect::to(&format!("/desk/visits?csv={field}-{code}")).into_response()
        }
        Err(error) => {
            let error = ApiError::from(error);
            StatusCode::from_u16(error.status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response()
        }
    }
}

/// Named by kind, never by a person; a reader of the file sees a broken answer, not a short one, when the database goes away.
fn file(export: Export) -> Response {
    let pieces = futures::stream::try_unfold(export, |mut export| async move {
        match export.piece().await {
            Ok(Some(piece)) => Ok(Some((piece, export))),
            Ok(None) => Ok(None),
            Err(error) => {
                tracing::error!(%error, "a file broke off");
                Err(std::io::Error::other("the file broke off"))
            }
        }
    });
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"visits.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}
