//! Loads anew when a known moment comes: the room opens, a visit is over. The page may stay open.

use chrono::{DateTime, Utc};
use kernel::ApiError;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

/// Longer waits are not worth a timer; the browser forgets them in sleep anyway.
const FARTHEST: i64 = 12 * 60 * 60 * 1_000;
/// The server's clock is the judge; asking a second late saves asking twice.
const LATE: i64 = 1_000;

/// Loads `resource` again at `at`. Call it where `at` is shown.
pub fn use_wake<T>(resource: Resource<Result<T, ApiError>>, at: DateTime<Utc>)
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    Effect::new(move |_| {
        let wait = at.timestamp_millis() - kit::hook::now_ms() + LATE;
        if (0..FARTHEST).contains(&wait)
            && let Ok(timer) =
                set_timeout_with_handle(move || resource.refetch(), Duration::from_millis(wait.unsigned_abs()))
        {
            on_cleanup(move || timer.clear());
        }
    });
}
