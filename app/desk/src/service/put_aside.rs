//! An item needs nobody although its cause goes on.

use crate::{
    Error,
    model::{ItemId, Kind},
    store,
};
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};

use super::{items, role, take::take};

/// Requests are decided, never put aside: a patient waits behind each.
///
/// # Errors
/// `Taken` when a colleague has it, `NotFound` for every role but liaison, for other kinds and for what does not wait.
pub async fn put_aside(ctx: &Ctx, item: ItemId) -> Result<(), Error> {
    role::desk(ctx)?;
    if !matches!(item.kind, Kind::Affected | Kind::Confirm | Kind::Letter) {
        return Err(Error::NotFound);
    }
    take(ctx, item, false).await?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let all = items::all(&mut tx, now).await?;
    let waits = all.iter().find(|one| one.id() == item).ok_or(Error::NotFound)?;
    store::taken::put(&mut tx, item, ctx.actor.account, now).await?;
    let subject = Subject::new(item.kind.as_str(), item.id).of(waits.about.patient);
    audit::record(&mut tx, Looked::Changed, subject);
    tx.commit().await?;
    Ok(())
}
