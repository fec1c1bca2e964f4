//! Taking an item and letting it go. Deciding takes as well, so that two liaisons never work on the same one (U3).

use crate::{
    Error,
    model::{Held, ItemId, TAKE_OVER_AFTER},
    store,
};
use kernel::Ctx;

use super::role;

/// Takes it, or says that a colleague has it. `over`: takes over what a colleague has had for long.
///
/// # Errors
/// `Taken` when a colleague has it, `NotFound` for every role but liaison.
pub async fn take(ctx: &Ctx, item: ItemId, over: bool) -> Result<(), Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let long_ago = over.then_some(now - TAKE_OVER_AFTER);
    let held: Held = store::taken::take(&mut tx, item, ctx.actor.account, now, long_ago).await?;
    tx.commit().await?;
    if held.is_open_to(ctx.actor.account) {
        Ok(())
    } else {
        Err(Error::Taken)
    }
}

/// Lets go of one's own item. One that is not one's own stays as it is.
///
/// # Errors
/// `Taken` when it is a colleague's or nobody's, `NotFound` for every role but liaison.
pub async fn let_go(ctx: &Ctx, item: ItemId) -> Result<(), Error> {
    role::desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let done = store::taken::let_go(&mut tx, item, ctx.actor.account).await?;
    tx.commit().await?;
    if done { Ok(()) } else { Err(Error::Taken) }
}
