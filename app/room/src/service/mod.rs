//! Use cases of the room (server only).

mod house;
mod kept;
mod open_door;
mod turn;
mod who_waits;

pub use house::HouseBackstage;
pub use kept::Log;
pub use open_door::{Lent, open_door};
pub use turn::Turn;
pub use who_waits::who_waits;

use chrono::{DateTime, Duration, Utc};

/// Whom to call where a browser cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClinicPhone(pub String);

/// A visit may run over by this much; then the room closes by itself.
pub const CLOSES_AFTER: Duration = Duration::minutes(30);

fn millis(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp_millis()).unwrap_or(0)
}

fn instant(ms: u64) -> DateTime<Utc> {
    i64::try_from(ms)
        .ok()
        .and_then(DateTime::from_timestamp_millis)
        .unwrap_or_default()
}
