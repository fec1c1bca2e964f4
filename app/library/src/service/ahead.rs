//! How far the kits of a therapist's next visits are, for the day at a glance (S14).

use crate::{LibraryError, api::view::KitInShort, store};
use chrono::Duration;
use kernel::Ctx;
use scheduling::service::visits_starting;

/// A visit that began so long ago may still wait for somebody.
const BEGUN: Duration = Duration::hours(2);
const AHEAD: Duration = Duration::hours(24);

/// The kits of the actor's visits of the next day, also of those without one. Numbers only: no item is opened.
///
/// # Errors
/// `NotFound` for every role but therapist, `Store` when the database does not answer.
pub async fn kits_ahead(ctx: &Ctx) -> Result<Vec<KitInShort>, LibraryError> {
    let me = ctx.actor.therapist().ok_or(LibraryError::NotFound)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let visits: Vec<_> = visits_starting(&mut tx, now - BEGUN, now + AHEAD)
        .await?
        .into_iter()
        .filter(|visit| visit.therapist == me)
        .map(|visit| visit.visit)
        .collect();
    let kits = store::kit::in_short(&mut tx, &visits).await?;
    tx.commit().await?;
    Ok(kits)
}
