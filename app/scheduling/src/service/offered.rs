//! What the clinic offers today, for filters.

use crate::{Error, api::view::ServiceView, store};
use kernel::Tx;

use super::cast::service_view;

/// # Errors
/// `Store` when the database does not answer.
pub async fn offered_services(tx: &mut Tx) -> Result<Vec<ServiceView>, Error> {
    Ok(store::catalog::offered(tx).await?.iter().map(service_view).collect())
}
