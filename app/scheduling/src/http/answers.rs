//! A refusal as `application/problem+json` (RFC 9457).

use crate::Error;
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::ApiError;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    /// One stable word.
    code: String,
    /// The wrong parameter, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl Problem {
    pub fn new(status: StatusCode, title: &'static str, code: &str) -> Self {
        Self {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            code: code.to_owned(),
            field: None,
        }
    }

    pub fn at(field: &str, code: &str) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "A parameter is missing or wrong.",
                code,
            )
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(self)).into_response()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match ApiError::from(error) {
            ApiError::NotFound => Self::new(StatusCode::NOT_FOUND, "There is nothing here.", "not_found"),
            ApiError::Invalid(fields) => match fields.first() {
                Some(wrong) => Self::at(&wrong.field, &wrong.code),
                None => Self::at("", "malformed"),
            },
            ApiError::Refused(code) => Self::new(StatusCode::CONFLICT, "A rule of booking says no.", &code),
            ApiError::Unavailable => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "The database does not answer now. Nothing was changed; try again.",
                "unavailable",
            ),
            other => Self::new(StatusCode::INTERNAL_SERVER_ERROR, "A fault on our side.", other.code()),
        }
    }
}
