//! Whether letters leave, for an administrator. Numbers only: no letter, no reader, no patient.

use crate::{Error, api::PostView, store};
use chrono::Duration;
use kernel::{Ctx, Role, StoreError, Zone};
use scheduling::service::when;

/// A letter that is due leaves within seconds; after this it waits for a mail server.
const LATE: Duration = Duration::minutes(15);

/// # Errors
/// `NotFound` for every role but admin.
pub async fn post_standing(ctx: &Ctx) -> Result<PostView, Error> {
    if ctx.actor.role != Role::Admin {
        return Err(Error::NotFound);
    }
    let now = ctx.clock.now();
    let me = identity::service::me(ctx).await.map_err(|_| Error::NotFound)?;
    let zone: Zone = me.zone.parse().map_err(|_| StoreError::Corrupt("zone"))?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let standing = store::standing::read(&mut tx, now - LATE, now)
        .await?
        .ok_or(Error::NotFound)?;
    tx.commit().await?;
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(PostView {
        late: count(standing.late),
        given_up: count(standing.given_up),
        unsure: count(standing.unsure),
        last_sent: standing.last_sent.map(|at| {
            let at = when(zone, at, at);
            format!("{}, {}", at.day, at.from)
        }),
    })
}
