//! The account itself: who I am, where I am signed in, and ending that.

use chrono::{DateTime, Utc};
use kernel::{
    AccountId, Ctx, SessionId, StoreError, Tx, Zone,
    audit::{self, Looked, Subject},
};
use std::collections::HashMap;

use super::session::announce;
use crate::{
    SessionEvents, SignInError,
    model::{Me, MySession, session::Ended},
    store,
};

/// The signed-in account.
///
/// # Errors
/// `NoSession` when the account is gone, `StoreError` when the database does not answer.
pub async fn me(ctx: &Ctx) -> Result<Me, SignInError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::account::me(&mut tx, ctx.actor.account)
        .await?
        .ok_or(SignInError::NoSession)
}

/// The names of accounts, as far as the actor may see them: whose hand an entry of a log bears.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn names(tx: &mut Tx, accounts: &[AccountId]) -> Result<HashMap<AccountId, String>, StoreError> {
    store::account::names(tx, accounts).await
}

/// The living sessions of the actor's account, the last used first.
///
/// # Errors
/// As `me`.
pub async fn my_sessions(ctx: &Ctx) -> Result<Vec<MySession>, SignInError> {
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let me = store::account::me(&mut tx, ctx.actor.account)
        .await?
        .ok_or(SignInError::NoSession)?;
    let zone: Zone = me.zone.parse().unwrap_or(Zone::UTC);
    let listed = store::session::of_account(&mut tx, ctx.actor.account).await?;
    Ok(listed
        .into_iter()
        .filter(|one| one.times.over(ctx.actor.role, now).is_none())
        .map(|one| MySession {
            id: one.id,
            device: one.device,
            started: reading(zone, one.times.started),
            last_seen: reading(zone, one.times.last_seen),
            is_this: one.id == ctx.actor.session,
        })
        .collect())
}

/// Ends one session of the actor's account.
///
/// # Errors
/// `NoSession` when it is absent, over or somebody else's.
pub async fn end_session(ctx: &Ctx, events: &SessionEvents, session: SessionId) -> Result<(), SignInError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let ended = store::session::end(&mut tx, session, Ended::Elsewhere, ctx.clock.now()).await?;
    if ended.is_none() {
        return Err(SignInError::NoSession);
    }
    audit::record(&mut tx, Looked::SignedOut, Subject::new("session", session.uuid()));
    tx.commit().await?;
    announce(events, session, ended);
    Ok(())
}

/// Ends every session of the actor's account but this one.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn end_other_sessions(ctx: &Ctx, events: &SessionEvents) -> Result<(), SignInError> {
    let (account, this) = (ctx.actor.account, ctx.actor.session);
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let ended = store::session::end_others(&mut tx, account, this, ctx.clock.now()).await?;
    for session in &ended {
        audit::record(&mut tx, Looked::SignedOut, Subject::new("session", session.uuid()));
    }
    tx.commit().await?;
    for session in ended {
        announce(events, session, Some(account));
    }
    Ok(())
}

/// "Mon 1 Mar, 09:00": written here, because the browser has no tz database and first paint must agree on both sides.
fn reading(zone: Zone, at: DateTime<Utc>) -> String {
    zone.local(at).format("%a %-d %b, %H:%M").to_string()
}
