//! Somebody stands before the room.

use crate::api::RoomDoor;
use kernel::{ApiError, Ctx, VisitId};

/// # Errors
/// `NotFound` for an absent or foreign visit.
#[expect(clippy::unused_async, reason = "asks scheduling and library next")]
pub async fn open_door(_ctx: &Ctx, _visit: VisitId) -> Result<RoomDoor, ApiError> {
    Err(ApiError::NotFound)
}
