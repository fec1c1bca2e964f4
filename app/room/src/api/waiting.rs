//! Who stands in a therapist's waiting rooms right now, and how ready their devices are.

use crate::model::{Readiness, Seat};
use chrono::{DateTime, Utc};
use kernel::{ApiError, VisitId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingNow {
    pub visit: VisitId,
    pub seat: Seat,
    pub name: String,
    pub since: DateTime<Utc>,
    /// Pressed "I'm ready".
    pub ready: bool,
    pub readiness: Readiness,
}

/// Who waits for the caller, longest first. Access: therapist, for visits of their own. Errors: `NotFound` for every other
/// role.
#[server(endpoint = "room/who_waits")]
pub async fn who_waits() -> Result<Vec<WaitingNow>, ApiError> {
    let ctx = kernel::Ctx::from_request()?;
    let rooms = use_context::<crate::Hub>().ok_or(ApiError::Internal)?;
    crate::service::who_waits(&ctx, &rooms).await
}
