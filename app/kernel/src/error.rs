//! The one error a server function returns. It carries codes and field names, never a value, a name or a database text:
//! without JavaScript it travels in the address (security.md 4.4).

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What went wrong at one form field. `code` is looked up in the slice's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub code: String,
}

/// Why a call was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in, or the session ended.
    #[error("signed out")]
    SignedOut,
    /// Absent or foreign: the two answer alike.
    #[error("not found")]
    NotFound,
    /// The input was refused, field by field.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// A rule of the clinic says no; the code names the rule (`slot_taken`, `hold_expired`, `already_decided`).
    #[error("refused: {0}")]
    Refused(String),
    /// Too many tries; seconds until the next one.
    #[error("too many tries")]
    TooMany(u32),
    /// The database or another part does not answer now. Nothing was saved; trying again is safe.
    #[error("unavailable")]
    Unavailable,
    /// A fault of ours. Details are in the server's log under the request id.
    #[error("internal error")]
    Internal,
    /// The answer did not arrive or made no sense (network, old page).
    #[error("no answer")]
    Transport,
}

impl ApiError {
    pub fn refused(code: &str) -> Self {
        Self::Refused(code.to_owned())
    }

    pub fn field(field: &str, code: &str) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.to_owned(),
            code: code.to_owned(),
        }])
    }

    /// The code of the first error at `field`.
    pub fn at(&self, field: &str) -> Option<&str> {
        match self {
            Self::Invalid(fields) => fields.iter().find(|f| f.field == field).map(|f| f.code.as_str()),
            _ => None,
        }
    }

    /// One stable word for tests, logs and the words table of each slice.
    pub fn code(&self) -> &str {
        match self {
            Self::SignedOut => "signed_out",
            Self::NotFound => "not_found",
            Self::Invalid(_) => "invalid",
            Self::Refused(code) => code,
            Self::TooMany(_) => "too_many",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
            Self::Transport => "transport",
        }
    }

    /// The HTTP status for callers that asked for data, not for a page.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::NotFound => 404,
            Self::Invalid(_) => 422,
            Self::Refused(_) => 409,
            Self::TooMany(_) => 429,
            Self::Unavailable => 503,
            Self::Internal | Self::Transport => 500,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Invalid(vec![FieldError {
                field: String::new(),
                code: "malformed".to_owned(),
            }]),
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Transport
            }
            _ => Self::Internal,
        }
    }
}
