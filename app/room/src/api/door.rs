//! The door of a room: who comes in on which seat, when it opens, and what to load while waiting.

use crate::model::Seat;
use chrono::{DateTime, Utc};
use kernel::{ApiError, VisitId};
use leptos::prelude::*;
use library::model::Kit;
use serde::{Deserialize, Serialize};

/// Whether the room can be entered now. The page may stay open before it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Door {
    TooEarly,
    Open,
    /// Ended, or its time is over.
    Over,
}

/// One entry of `RTCConfiguration.iceServers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: String,
    pub credential: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomDoor {
    pub visit: VisitId,
    pub seat: Seat,
    pub door: Door,
    pub opens_at: DateTime<Utc>,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    /// The server's clock when it answered.
    pub now: DateTime<Utc>,
    pub patient_name: String,
    pub therapist_name: String,
    /// The page of a child shows pictures, no error texts (G35).
    pub is_child: bool,
    pub kit: Kit,
    /// Empty without a TURN server of our own: then only direct paths are tried. No third party's STUN, ever.
    pub ice: Vec<IceServer>,
    /// Only relayed paths, so that an address does not betray a home.
    pub relay_only: bool,
    /// Whom to call where the browser cannot go on.
    pub phone: Option<String>,
}

/// The door of a visit's room. Access: host, patient or guardian of the visit. Errors: `NotFound` (absent or foreign).
#[server(endpoint = "room/open_door")]
pub async fn open_door(visit: VisitId) -> Result<RoomDoor, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    let lent = crate::service::Lent {
        turn: use_context(),
        phone: use_context(),
    };
    crate::service::open_door(&ctx, visit, lent).await
}
