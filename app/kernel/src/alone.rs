//! Statements that stand alone: one round trip each, on connections that say once and for their whole life who asks. For
//! the few writes of our own tasks that come many times a second, where begin, commit and the pool's question on each
//! return ("are you alive?") cost more than the statement.

use crate::{Db, StoreError, Task};
use sqlx::{Connection, Executor, PgConnection, postgres::PgConnectOptions};
use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Besides the pool's own: a rush of pages does not make these wait, nor the other way round.
const CONNECTIONS: usize = 4;
const WITHIN: Duration = Duration::from_secs(5);

/// The kept connections of the worker task. Clones share them.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    options: Arc<PgConnectOptions>,
    idle: Arc<Mutex<Vec<PgConnection>>>,
    permits: Arc<Semaphore>,
}

/// A connection of the worker task on which each statement is a transaction of its own. Dropped without `settle` it is
/// closed.
#[derive(Debug)]
pub struct Alone {
    conn: PgConnection,
    lines: Lines,
    _permit: OwnedSemaphorePermit,
}

impl Lines {
    pub(crate) fn new(options: PgConnectOptions) -> Self {
        Self {
            options: Arc::new(options),
            idle: Arc::default(),
            permits: Arc::new(Semaphore::new(CONNECTIONS)),
        }
    }

    async fn take(&self) -> Result<Alone, StoreError> {
        let permit = timeout(WITHIN, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        // The one used last: a quiet house needs one connection, not all of them in turn.
        let idle = self.idle().pop();
        let conn = match idle {
            Some(conn) => conn,
            None => timeout(WITHIN, self.connect())
                .await
                .map_err(|_| sqlx::Error::PoolTimedOut)??,
        };
        Ok(Alone {
            conn,
            lines: self.clone(),
            _permit: permit,
        })
    }

    async fn connect(&self) -> sqlx::Result<PgConnection> {
        let mut conn = PgConnection::connect_with(&self.options).await?;
        conn.execute("SET ROLE tele_app").await?;
        sqlx::query("SELECT set_config('app.role', $1, false)")
            .bind(Task::Worker.as_str())
            .execute(&mut conn)
            .await?;
        Ok(conn)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<PgConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Db {
    /// For a statement that needs no other one beside it, on behalf of `Task::Worker`. There is no audit entry: for writes
    /// that are their own record only.
    ///
    /// # Errors
    /// `StoreError::Unavailable` when no connection can be had.
    pub async fn alone(&self) -> Result<Alone, StoreError> {
        self.lines().take().await
    }
}

impl Alone {
    /// Gives the connection back with what its statement answered. One that broke is closed, and the idle ones with it:
    /// what took it along, a restart of the database, took them too.
    ///
    /// # Errors
    /// `answer`'s own.
    pub fn settle<T>(self, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        match answer {
            Err(StoreError::Unavailable(_)) => self.lines.idle().clear(),
            _ => self.lines.idle().push(self.conn),
        }
        answer
    }
}

impl Deref for Alone {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.conn
    }
}

impl DerefMut for Alone {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}
