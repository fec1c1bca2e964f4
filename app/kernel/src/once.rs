//! A transaction that is one statement: one round trip in place of begin, statement, audit entries and commit. For the few
//! writes that are worth it; everything else begins a `Tx`.
//!
//! Such a statement has one form. Its functions stand in FROM and take the actor that `kernel.act_as` answers, so that they
//! run after it; the audit entries are appended in its SELECT list, when all else is done:
//!
//! ```sql
//! SELECT w.done, kernel.append_audit($1, $2, $3)
//! FROM kernel.act_as($1, $2, $4) AS who (account) CROSS JOIN LATERAL slice.does_something(who.account, $5) AS w (done)
//! ```
//!
//! A statement that forgets the actor sees no row and writes none: row security is forced, and nobody is asked for.

use crate::{
    Db, StoreError,
    audit::{Entries, Entry, Looked, Subject},
};
use futures::future::BoxFuture;
use sqlx::{PgConnection, Postgres, pool::PoolConnection};
use std::ops::{Deref, DerefMut};

/// A connection without a transaction: every statement on it is one by itself.
#[derive(Debug)]
pub struct Once {
    conn: PoolConnection<Postgres>,
    looked: Vec<Entry>,
}

impl Db {
    /// What `read` finds, and the connection it was found on, for the write that follows from it. A connection that broke
    /// while it lay idle says so at its first word; reading may be repeated, so another one is taken then.
    ///
    /// # Errors
    /// `StoreError::Unavailable` when no connection can be had, and what `read` answers.
    pub async fn once<T>(
        &self,
        read: impl for<'c> Fn(&'c mut PgConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send,
    ) -> Result<(Once, T), StoreError> {
        for _ in 0..self.pool().num_idle() {
            match self.once_on_one(&read).await {
                Err(StoreError::Unavailable(error)) if !matches!(error, sqlx::Error::PoolTimedOut) => {
                    tracing::debug!(%error, "an idle connection was broken");
                }
                answer => return answer,
            }
        }
        self.once_on_one(&read).await
    }

    async fn once_on_one<T>(
        &self,
        read: &(impl for<'c> Fn(&'c mut PgConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send),
    ) -> Result<(Once, T), StoreError> {
        let mut conn = self.pool().acquire().await?;
        let found = read(&mut conn).await?;
        Ok((
            Once {
                conn,
                looked: Vec::new(),
            },
            found,
        ))
    }
}

impl Once {
    /// Notes an access for the statement that follows; see `audit::record`.
    pub fn record(&mut self, looked: Looked, subject: Subject) {
        self.looked.push(Entry::new(looked, subject));
    }

    /// What was noted, for `kernel.append_audit`. They are handed out once.
    ///
    /// # Errors
    /// `StoreError::Corrupt` when they cannot be written down.
    pub fn entries(&mut self) -> Result<Entries, StoreError> {
        Entries::of(&std::mem::take(&mut self.looked))
    }
}

impl Deref for Once {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.conn
    }
}

impl DerefMut for Once {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}
