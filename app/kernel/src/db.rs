//! The database handle is bound to an actor: a transaction carries `app.uid`, `app.role` and `app.now`, and forced row
//! security decides what it sees. There is no way to run a query without saying who asks.

use crate::{Actor, Clock, StoreError, alone::Lines, audit};
use sqlx::{
    AssertSqlSafe, Executor, PgConnection, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};
use uuid::Uuid;

/// A pool of connections in the app role, which owns nothing and bypasses nothing.
#[derive(Debug, Clone)]
pub struct Db {
    pool: PgPool,
    lines: Lines,
    clock: Arc<dyn Clock>,
}

/// Work that no signed-in person asked for. Each has its own name in policies and in the audit chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Finding an account or a session before there is an actor.
    SignIn,
    /// The outbox worker and timed jobs (expiry of holds and requests, end of visits).
    Worker,
    /// The demo clinic, on an empty database.
    Seed,
    /// A program of the organisation that asks with a token: it reads what is everybody's, and no patient.
    Website,
}

impl Task {
    /// The value of `app.role`, which policies compare with.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "system:sign_in",
            Self::Worker => "system:worker",
            Self::Seed => "system:seed",
            Self::Website => "system:website",
        }
    }
}

/// Who a transaction belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who {
    Actor(Actor),
    Task(Task),
}

impl Who {
    pub(crate) fn uid(&self) -> Option<Uuid> {
        match self {
            Self::Actor(actor) => Some(actor.account.uuid()),
            Self::Task(_) => None,
        }
    }

    pub(crate) const fn role(&self) -> &'static str {
        match self {
            Self::Actor(actor) => actor.role.as_str(),
            Self::Task(task) => task.as_str(),
        }
    }
}

impl Db {
    /// Makes the pool. Whoever signs in, every connection works as `tele_app` from its first statement on.
    /// Connections are made when they are needed, so a database that is still starting does not stop the server. `clock` says
    /// what time it is for row security: a link between people begins and ends by the house's clock.
    pub fn connect(options: PgConnectOptions, connections: u32, clock: Arc<dyn Clock>) -> Self {
        let lines = Lines::new(options.clone());
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            // A ping before each use would double the round trips of the short requests this house is made of.
            .test_before_acquire(false)
            .after_connect(|conn, _| Box::pin(async move { conn.execute("SET ROLE tele_app").await.map(drop) }))
            .connect_lazy_with(options);
        Self { pool, lines, clock }
    }

    /// Begins a transaction as `actor`.
    ///
    /// # Errors
    /// `StoreError::Unavailable` when no connection can be had.
    pub async fn begin(&self, actor: &Actor) -> Result<Tx, StoreError> {
        self.begin_as(Who::Actor(*actor)).await
    }

    /// Begins a transaction for work that no person asked for.
    ///
    /// # Errors
    /// `StoreError::Unavailable` when no connection can be had.
    pub async fn begin_task(&self, task: Task) -> Result<Tx, StoreError> {
        self.begin_as(Who::Task(task)).await
    }

    async fn begin_as(&self, who: Who) -> Result<Tx, StoreError> {
        // One round trip for all. No value can hold a quote: a UUID, a word of this crate and an instant.
        let uid = who.uid().map(|uid| uid.to_string()).unwrap_or_default();
        let begin = format!(
            "BEGIN; SET LOCAL app.uid = '{uid}'; SET LOCAL app.role = '{}'; SET LOCAL app.now = '{}'",
            who.role(),
            self.clock.now().format("%Y-%m-%dT%H:%M:%S%.6fZ")
        );
        let inner = self.begin_on_a_living_one(&begin).await?;
        Ok(Tx {
            inner,
            who,
            looked: Vec::new(),
        })
    }

    /// A connection that broke while it lay idle says so at its first word. Nothing was asked yet, so another one is taken:
    /// after the database was away, nobody pays for the connections it took along.
    async fn begin_on_a_living_one(&self, begin: &str) -> Result<Transaction<'static, Postgres>, StoreError> {
        for _ in 0..self.pool.num_idle() {
            match self.begin_with(begin).await {
                Err(StoreError::Unavailable(error)) if !matches!(error, sqlx::Error::PoolTimedOut) => {
                    tracing::debug!(%error, "an idle connection was broken");
                }
                answer => return answer,
            }
        }
        self.begin_with(begin).await
    }

    async fn begin_with(&self, begin: &str) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.pool.begin_with(AssertSqlSafe(begin.to_owned())).await?)
    }

    /// Answers when the database does: for the readiness probe.
    ///
    /// # Errors
    /// `StoreError::Unavailable` when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut tx = self.begin_on_a_living_one("BEGIN").await?;
        sqlx::query!("SELECT 1 AS one").fetch_one(&mut *tx).await?;
        Ok(())
    }

    pub(crate) const fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The bare pool, for `LISTEN`, the audit verifier and tests. Sees no row that a policy guards.
    pub const fn pool(&self) -> &PgPool {
        &self.pool
    }
}

/// A transaction of one actor. Dropped without `commit`, it rolls back, audit entries included.
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    who: Who,
    looked: Vec<audit::Entry>,
}

impl Tx {
    pub(crate) fn note(&mut self, entry: audit::Entry) {
        self.looked.push(entry);
    }

    /// Commits, with the audit entries of this transaction appended as its last act: the chain's head is locked only
    /// for the length of a commit.
    ///
    /// # Errors
    /// `StoreError` when an entry or the commit is refused; nothing of the transaction is kept then.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let looked = std::mem::take(&mut self.looked);
        audit::append(&mut self.inner, self.who, &looked).await?;
        self.inner.commit().await?;
        Ok(())
    }
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.inner
    }
}
