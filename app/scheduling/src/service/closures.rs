//! Days on which the clinic is shut, for whoever may shut it.

use crate::{Error, api::view::ClosuresView, store};
use kernel::Ctx;

use super::{availability::closure_row, role, zones};

/// # Errors
/// `NotFound` for every role but liaison and admin.
pub async fn closures(ctx: &Ctx) -> Result<ClosuresView, Error> {
    role::house(ctx)?;
    let me = identity::service::me(ctx).await.map_err(|_| Error::NotFound)?;
    let zone = zones::parse(&me.zone)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let rows = store::schedule::closures(&mut tx, now).await?;
    tx.commit().await?;
    Ok(ClosuresView {
        rows: rows.into_iter().map(|closure| closure_row(closure, zone)).collect(),
        zone: zones::view(zone, now),
        today: zone.date(now),
    })
}
