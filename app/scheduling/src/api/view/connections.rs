//! Other programs that may ask.

use super::When;
use crate::model::ConnectionId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionsView {
    /// The living ones first.
    pub rows: Vec<ConnectionRow>,
    /// Of the next connection: kept nowhere until its form is sent.
    pub secret: String,
    pub today: NaiveDate,
}

/// A connection. Moments have their `starts` only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionRow {
    pub connection: ConnectionId,
    pub name: String,
    pub origins: Vec<String>,
    pub created: When,
    pub by: String,
    pub last_used: Option<When>,
    pub revoked: Option<When>,
}
