//! A transaction that the database asks to repeat is repeated: nothing of it was kept, so nothing happens twice.

use crate::{Error, store};
use std::future::Future;

/// The first try and three more. Who loses a deadlock four times in a row hears that the database is unavailable.
const TRIES: usize = 4;

/// Carries out a use case. `once` opens its own transaction and does nothing outside of it.
pub async fn again<T, F>(mut once: impl FnMut() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    for _ in 1..TRIES {
        match once().await {
            Err(Error::Store(error)) if store::asks_to_repeat(&error) => {
                tracing::debug!(%error, "a transaction is repeated");
            }
            answer => return answer,
        }
    }
    once().await
}
