//! A session from one request to the next.

use chrono::{DateTime, Utc};
use kernel::{
    AccountId, Actor, House, SessionId, StoreError, Task, Tx,
    audit::{self, Looked, Subject},
};

use crate::{
    SessionEnded, SessionEvents,
    http::Token,
    model::{SessionState, session::Ended},
    store::{self, session::Open},
};

/// Whom a token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    Actor(Actor),
    /// This very request found that the session's time is up: its person may be told why.
    JustEnded(Ended),
    /// Unknown, over for a while, or owing a second factor.
    Nobody,
}

/// Finds the session of a token. Notes the visit at most once a minute and ends the session when its time is up.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn resolve(house: &House, events: &SessionEvents, token: &Token) -> Result<Resolved, StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let Some(open) = store::session::by_token(&mut tx, token.hash()).await? else {
        return Ok(Resolved::Nobody);
    };
    if let Some(why) = over(&open, now) {
        let ended = store::session::end(&mut tx, open.actor.session, why, now).await?;
        audit::record(
            &mut tx,
            Looked::SignedOut,
            Subject::new("session", open.actor.session.uuid()),
        );
        tx.commit().await?;
        announce(events, open.actor.session, ended);
        return Ok(Resolved::JustEnded(why));
    }
    if open.state == SessionState::MfaPending {
        return Ok(Resolved::Nobody);
    }
    if open.times.is_stale(now) {
        store::session::touch(&mut tx, open.actor.session, now).await?;
        tx.commit().await?;
    }
    Ok(Resolved::Actor(open.actor))
}

/// Does this session still carry somebody? For what lives longer than a request: a socket asks once a minute, which
/// catches an idle or absolute end that no request has noticed. Asking is no activity.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn lives(house: &House, session: SessionId) -> Result<bool, StoreError> {
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let open = store::session::by_id(&mut tx, session).await?;
    Ok(open.is_some_and(|open| open.state == SessionState::Active && over(&open, house.clock.now()).is_none()))
}

/// The actor is in a live call until then: being quiet at the keyboard does not sign them out. Called by the room, again and
/// again while the call lasts. The absolute limit stands.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn hold_for_call(tx: &mut Tx, session: SessionId, until: DateTime<Utc>) -> Result<(), StoreError> {
    store::session::hold_for_call(tx, session, until).await
}

fn over(open: &Open, now: DateTime<Utc>) -> Option<Ended> {
    if open.account_state.may_sign_in() {
        open.times.over(open.actor.role, now)
    } else {
        Some(Ended::Account)
    }
}

/// After the commit: who listens must find the session ended when they look.
pub(super) fn announce(events: &SessionEvents, session: SessionId, ended: Option<AccountId>) {
    if let Some(account) = ended {
        events.announce(SessionEnded { session, account });
    }
}
