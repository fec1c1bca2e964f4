//! What this slice asks of the world: somebody who carries a letter away.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use std::fmt::Debug;
use uuid::Uuid;

/// Who writes: the name and address that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub name: String,
    pub address: String,
}

impl Sender {
    /// What stands after the @: the right side of our Message-IDs.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain)
    }
}

/// One letter, ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Of the row: the left side of the Message-ID.
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub from: Sender,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub calendar: Option<CalendarPart>,
}

/// An iCalendar object and its method, which the MIME type repeats (RFC 6047).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPart {
    pub method: &'static str,
    pub text: String,
}

/// Why a letter did not leave. `code` is a short word for the desk, never the text of another server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// It certainly did not leave, and may later.
    #[error("not now: {code}")]
    Later { code: String },
    /// It was refused for good.
    #[error("refused: {code}")]
    Never { code: String },
    /// It may have left: the answer was lost.
    #[error("unknown: {code}")]
    Unknown { code: String },
}

/// Carries letters away, one at a time.
#[async_trait]
pub trait Post: Send + Sync + Debug {
    /// # Errors
    /// `Undelivered` says what is known of its whereabouts.
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered>;
}
