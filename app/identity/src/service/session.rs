//! A session from one request to the next.

use chrono::{DateTime, Utc};
use kernel::{
    AccountId, Actor, House, SessionId, StoreError, Task,
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

/// Who asks: a person at the keyboard, or a page that asks by itself now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    Person,
    /// Keeps nobody signed in: a desk that somebody has left asks for ever.
    PageItself,
}

/// Finds the session of a token. Notes the visit of a person at most once a minute and ends the session when its time is up.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn resolve(
    house: &House,
    events: &SessionEvents,
    token: &Token,
    asking: Asking,
) -> Result<Resolved, StoreError> {
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
    if asking == Asking::Person && open.times.is_stale(now) {
        store::session::touch(&mut tx, open.actor.session, now).await?;
        tx.commit().await?;
    }
    Ok(Resolved::Actor(open.actor))
}

/// Does this session still carry somebody? For what lives longer than a request. Asking is no activity.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn lives(house: &House, session: SessionId) -> Result<bool, StoreError> {
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let open = store::session::by_id(&mut tx, session).await?;
    Ok(open.is_some_and(|open| carries(&open, house.clock.now())))
}

/// The same, of somebody who is in a room now: who talks is quiet at the keyboard and must not be signed out for it, so
/// their idle time begins anew with each question. The room asks once a minute. The absolute limit stands.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn lives_in_call(house: &House, session: SessionId) -> Result<bool, StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let open = store::session::by_id(&mut tx, session).await?;
    let lives = open.is_some_and(|open| carries(&open, now));
    if lives {
        store::session::note_call(&mut tx, session, now).await?;
        tx.commit().await?;
    }
    Ok(lives)
}

fn carries(open: &Open, now: DateTime<Utc>) -> bool {
    open.state == SessionState::Active && over(open, now).is_none()
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
