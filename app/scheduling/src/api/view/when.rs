//! A stretch of time as a person in some zone reads it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Two instants with their clock readings. Show the texts; compute with the instants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    /// The date of the start in the zone.
    pub date: NaiveDate,
    /// "Tue 24 Nov"
    pub day: String,
    /// "10:00", 24 hours
    pub from: String,
    /// "10:45", 24 hours
    pub until: String,
    pub zone: ZoneView,
}

/// A zone at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneView {
    /// IANA name, "America/Chicago".
    pub name: String,
    /// For people, "Chicago (Central)".
    pub label: String,
    /// Minutes east of UTC at that instant.
    pub offset_minutes: i32,
}
