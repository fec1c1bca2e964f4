//! Somebody signs out: the session is over on the server, whatever the browser keeps.

use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};

use super::session::announce;
use crate::{SessionEvents, SignInError, model::session::Ended, store};

/// Ends the actor's own session. Signing out twice is fine.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn sign_out(ctx: &Ctx, events: &SessionEvents) -> Result<(), SignInError> {
    let session = ctx.actor.session;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let ended = store::session::end(&mut tx, session, Ended::SignedOut, ctx.clock.now()).await?;
    audit::record(&mut tx, Looked::SignedOut, Subject::new("session", session.uuid()));
    tx.commit().await?;
    announce(events, session, ended);
    Ok(())
}
