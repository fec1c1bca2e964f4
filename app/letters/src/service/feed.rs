//! A calendar elsewhere follows one's own by a secret link: when visits are, and nothing about whom or why.

use crate::{
    Error,
    api::FeedView,
    model::calendar::{self, Entry},
    store,
};
use chrono::Duration;
use identity::http::Token;
use kernel::{
    Actor, Ctx, House, PatientId, Role, SessionId, StoreError, Task,
    audit::{self, Looked, Subject},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A link shows what was and what comes within these.
const BACK: Duration = Duration::days(28);
const AHEAD: Duration = Duration::days(180);

fn has_calendar(role: Role) -> bool {
    matches!(role, Role::Patient | Role::Guardian | Role::Therapist)
}

/// The link of the actor's account. `shown` is the secret that this browser was just given, if it was: the address is only
/// told while it is the one that is kept.
///
/// # Errors
/// `NotFound` for roles without a calendar of their own.
pub async fn my_feed(ctx: &Ctx, shown: Option<Token>) -> Result<FeedView, Error> {
    if !has_calendar(ctx.actor.role) {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let kept = store::feed::of(&mut tx, ctx.actor.account).await?;
    tx.commit().await?;
    let day = |at: chrono::DateTime<chrono::Utc>| at.format("%-d %b %Y").to_string();
    Ok(match kept {
        None => FeedView::default(),
        Some((feed, hash)) => FeedView {
            path: shown
                .filter(|token| token.hash().as_slice() == hash)
                .map(|token| format!("/calendar/feed/{}.ics", token.reveal())),
            made: Some(day(feed.made_at)),
            read: feed.read_at.map(day),
        },
    })
}

/// Makes a link; one from before ends. Answers its secret, which is kept nowhere.
///
/// # Errors
/// `NotFound` for roles without a calendar of their own.
pub async fn make_feed(ctx: &Ctx) -> Result<Token, Error> {
    if !has_calendar(ctx.actor.role) {
        return Err(Error::NotFound);
    }
    let token = Token::random().map_err(|_| StoreError::Corrupt("randomness"))?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::feed::put(&mut tx, ctx.actor.account, token.hash(), ctx.clock.now()).await?;
    let subject = Subject::new("calendar_feed", ctx.actor.account.uuid());
    audit::record(&mut tx, Looked::Created, subject);
    tx.commit().await?;
    Ok(token)
}

/// The link leads nowhere from now on.
///
/// # Errors
/// `NotFound` for roles without a calendar of their own.
pub async fn end_feed(ctx: &Ctx) -> Result<(), Error> {
    if !has_calendar(ctx.actor.role) {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if store::feed::end(&mut tx, ctx.actor.account).await? {
        let subject = Subject::new("calendar_feed", ctx.actor.account.uuid());
        audit::record(&mut tx, Looked::Changed, subject);
    }
    tx.commit().await?;
    Ok(())
}

/// What a program reads under a link; `None` for a secret that is none, ended, or of an account that may not sign in.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn read_feed(house: &House, token: &Token, origin: &str) -> Result<Option<String>, Error> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let owner = match store::feed::owner(&mut tx, token.hash()).await? {
        Some(account) => identity::service::role_of(&mut tx, account)
            .await?
            .map(|role| (account, role)),
        None => None,
    };
    tx.commit().await?;
    let Some((account, role)) = owner.filter(|(_, role)| has_calendar(*role)) else {
        return Ok(None);
    };
    // The link stands for its account in this one read, so that row security shows what the account would see and no more.
    // There is no session behind it.
    let actor = Actor {
        account,
        role,
        session: SessionId::new(Uuid::nil()),
    };
    let mut tx = house.db.begin(&actor).await?;
    let visits = scheduling::service::followed_visits(&mut tx, &actor, (now - BACK, now + AHEAD), now)
        .await
        .map_err(|error| match error {
            scheduling::Error::Store(error) => error,
            _ => StoreError::Corrupt("visits of a feed"),
        })?;
    let ids: Vec<Uuid> = visits.iter().map(|visit| visit.visit.uuid()).collect();
    let changes: HashMap<_, _> = store::feed::changes(&mut tx, &ids)
        .await?
        .into_iter()
        .map(|(visit, sequence, at)| (visit, (sequence, at)))
        .collect();
    store::feed::note_read(&mut tx, account, now).await?;
    let patients: BTreeSet<PatientId> = visits.iter().map(|visit| visit.patient).collect();
    for patient in patients {
        let subject = Subject::new("calendar_feed", account.uuid());
        audit::record(&mut tx, Looked::Read, subject.of(patient));
    }
    tx.commit().await?;
    let entries: Vec<Entry> = visits
        .iter()
        .map(|visit| {
            let (sequence, stamp) = changes.get(&visit.visit).copied().unwrap_or((0, visit.agreed_at));
            Entry {
                uid: visit.visit.to_string(),
                sequence,
                stamp,
                starts: visit.starts,
                ends: visit.ends,
                cancelled: visit.cancelled,
                url: format!("{origin}/v/{}", visit.visit),
            }
        })
        .collect();
    Ok(Some(calendar::follow(&entries)))
}
