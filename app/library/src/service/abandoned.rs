//! An upload that stopped before its end and that nobody goes on with: its pieces leave the disk, and its line says so.

use super::ObjectsForgotten;
use crate::{
    LibraryError,
    model::{ItemId, ItemState, Refusal},
    store,
};
use chrono::{DateTime, Duration, Utc};
use kernel::{House, Task, outbox};

/// A page that was left open over night may still go on; after a day nobody does.
const KEPT: Duration = Duration::hours(24);
/// Uploads looked at in one run; the next run takes the rest.
const AT_ONCE: i64 = 50;

/// Gives up every upload that got no piece for a day; answers how many.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn give_up_abandoned(house: &House) -> Result<usize, LibraryError> {
    let before = house.clock.now() - KEPT;
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let still = store::upload::stopped(&mut tx, before, AT_ONCE).await?;
    tx.commit().await?;
    let mut given_up = 0;
    for item in still {
        given_up += usize::from(give_up(house, item, before).await?);
    }
    Ok(given_up)
}

async fn give_up(house: &House, item: ItemId, before: DateTime<Utc>) -> Result<bool, LibraryError> {
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let Some(row) = store::item::lock(&mut tx, item).await? else {
        return Ok(false);
    };
    // A piece may have come until the row was ours.
    let uploading = matches!(row.state, ItemState::Uploading { .. });
    if !uploading
        || store::upload::last(&mut tx, item)
            .await?
            .is_some_and(|last| last >= before)
    {
        return Ok(false);
    }
    store::item::set_refused(&mut tx, item, Refusal::Abandoned).await?;
    let objects = store::upload::forget(&mut tx, item).await?;
    if !objects.is_empty() {
        let event = ObjectsForgotten { objects };
        outbox::push(&mut tx, house.ids.as_ref(), house.clock.now(), &event).await?;
    }
    tx.commit().await?;
    Ok(true)
}
