//! Commit first, send after: what must happen because of a change is written beside it and carried out by the worker.

use crate::{Clock, Db, Ids, StoreError, Task, Tx};
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use futures::FutureExt;
use serde::Serialize;
use std::{collections::HashMap, fmt, panic::AssertUnwindSafe, sync::Arc, time};
use tokio::{task::JoinSet, time::MissedTickBehavior};
use uuid::Uuid;

/// Given up after so many tries, about a day with the back-off below; the row stays and is shown on the desk.
const MAX_ATTEMPTS: i32 = 12;

/// An event worth sending. `TOPIC` names its handler; the payload holds ids only.
pub trait Event: Serialize {
    const TOPIC: &'static str;
}

/// Writes `event` beside the change that causes it.
///
/// # Errors
/// `StoreError` when it cannot be kept; the caller's transaction then fails as a whole.
pub async fn push<E: Event>(tx: &mut Tx, ids: &dyn Ids, now: DateTime<Utc>, event: &E) -> Result<(), StoreError> {
    push_later(tx, ids, now, Duration::zero(), event).await
}

/// Writes `event` to be carried out after `wait` at the earliest: until then it can be recalled.
///
/// # Errors
/// `StoreError` when it cannot be kept; the caller's transaction then fails as a whole.
pub async fn push_later<E: Event>(
    tx: &mut Tx,
    ids: &dyn Ids,
    now: DateTime<Utc>,
    wait: Duration,
    event: &E,
) -> Result<(), StoreError> {
    let payload = serde_json::to_value(event).map_err(|_| StoreError::Corrupt("event"))?;
    sqlx::query!(
        "INSERT INTO kernel.outbox (id, topic, payload, created_at, run_at) VALUES ($1, $2, $3, $4, $5)",
        ids.uuid(),
        E::TOPIC,
        payload,
        now,
        now + wait
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes an event back that nobody has carried out or begun to. `false` when it is too late for that.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn recall<E: Event>(tx: &mut Tx, now: DateTime<Utc>, event: &E) -> Result<bool, StoreError> {
    let payload = serde_json::to_value(event).map_err(|_| StoreError::Corrupt("event"))?;
    let done = sqlx::query!(
        "UPDATE kernel.outbox SET done_at = $3, last_error = 'recalled'
         WHERE topic = $1 AND payload = $2 AND done_at IS NULL AND dead_at IS NULL AND attempts = 0 AND run_at > $3",
        E::TOPIC,
        payload,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Carries out the events of one topic. It may be called twice for one event, `event` being the same: it must act once all
/// the same.
#[async_trait]
pub trait Handler: Send + Sync {
    async fn handle(&self, event: Uuid, payload: serde_json::Value) -> anyhow::Result<()>;
}

/// Takes due events one by one and retries failures with back-off.
pub struct Worker {
    db: Db,
    clock: Arc<dyn Clock>,
    handlers: HashMap<&'static str, Arc<dyn Handler>>,
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("topics", &self.handlers.keys())
            .finish_non_exhaustive()
    }
}

impl Worker {
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            handlers: HashMap::new(),
        }
    }

    #[must_use]
    pub fn on<E: Event>(mut self, handler: Arc<dyn Handler>) -> Self {
        self.handlers.insert(E::TOPIC, handler);
        self
    }

    /// Carries out events until it is dropped, looking for due ones every `pause`. Each topic has a lane of its own: the
    /// check of a long film holds nothing else back.
    pub async fn run(self, pause: time::Duration) {
        let worker = Arc::new(self);
        let mut lanes = JoinSet::new();
        for topic in worker.handlers.keys().copied() {
            lanes.spawn(Arc::clone(&worker).lane(topic, pause));
        }
        while let Some(ended) = lanes.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a lane of the outbox is gone");
            }
        }
    }

    async fn lane(self: Arc<Self>, topic: &'static str, pause: time::Duration) {
        let mut tick = tokio::time::interval(pause);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            loop {
                match self.step_of(&[topic]).await {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        tracing::warn!(topic, %error, "outbox waits for the database");
                        break;
                    }
                }
            }
        }
    }

    /// Carries out one due event of any topic. `false` when nothing was due.
    ///
    /// # Errors
    /// `StoreError` when the database does not answer. A handler's failure is kept in the row instead.
    pub async fn step(&self) -> Result<bool, StoreError> {
        let topics: Vec<&str> = self.handlers.keys().copied().collect();
        self.step_of(&topics).await
    }

    async fn step_of(&self, topics: &[&str]) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let topics: Vec<String> = topics.iter().map(ToString::to_string).collect();
        let mut tx = self.db.begin_task(Task::Worker).await?;
        let Some(row) = sqlx::query!(
            "SELECT id, topic, payload, attempts FROM kernel.outbox
             WHERE done_at IS NULL AND dead_at IS NULL AND run_at <= $1 AND topic = ANY($2)
             ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED",
            now,
            &topics
        )
        .fetch_optional(&mut *tx)
        .await?
        else {
            return Ok(false);
        };
        let outcome = match self.handlers.get(row.topic.as_str()) {
            // A handler that panics has failed like any other: its event waits longer each time, its lane goes on.
            Some(handler) => AssertUnwindSafe(handler.handle(row.id, row.payload))
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(anyhow::anyhow!("the handler panicked"))),
            None => Ok(()),
        };
        match outcome {
            Ok(()) => done(&mut tx, row.id, now).await?,
            Err(error) => {
                tracing::warn!(topic = row.topic, attempts = row.attempts, %error, "outbox event failed");
                failed(&mut tx, row.id, row.attempts + 1, now, &error.to_string()).await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }
}

async fn done(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    sqlx::query!("UPDATE kernel.outbox SET done_at = $2 WHERE id = $1", id, now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn failed(tx: &mut Tx, id: Uuid, attempts: i32, now: DateTime<Utc>, error: &str) -> Result<(), StoreError> {
    let again = now + back_off(attempts);
    let dead = (attempts >= MAX_ATTEMPTS).then_some(now);
    sqlx::query!(
        "UPDATE kernel.outbox SET attempts = $2, run_at = $3, dead_at = $4, last_error = $5 WHERE id = $1",
        id,
        attempts,
        again,
        dead,
        error
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// 10 s, 20 s, 40 s … at most four hours.
fn back_off(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 12) - 1).unwrap_or(0);
    Duration::seconds((10_i64 << doublings).min(4 * 3600))
}
