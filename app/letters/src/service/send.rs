//! Sending: letters that are due are taken, made into words, given to the post, and what became of it is written down. Each of
//! the three is a transaction of its own or none: nothing in the database waits for another server.

use super::{
    compose::{compose, side},
    office::Office,
    truth::still_true,
};
use crate::{
    model::{Outcome, settle},
    ports::{Letter, Undelivered},
    store::{self, due::Due},
};
use chrono::Duration;
use futures::{StreamExt, stream};
use kernel::{StoreError, Task};

/// Letters taken at once.
const AT_ONCE: i64 = 20;

/// Letters that are with the post at the same time: a slow server holds up few, and no server is stormed.
const SIDE_BY_SIDE: usize = 4;

/// After this a worker that took a letter is dead; no try takes so long.
const ORPHANED: Duration = Duration::minutes(10);

/// Sends what is due. Answers how many letters were tried.
///
/// # Errors
/// `StoreError` when the database does not answer. A letter that did not leave is no error: its row says so.
pub async fn send_due(office: &Office) -> Result<usize, StoreError> {
    let mut tx = office.house.db.begin_task(Task::Worker).await?;
    let due = store::due::take(&mut tx, office.house.clock.now(), AT_ONCE).await?;
    tx.commit().await?;
    let tried = due.len();
    let mut deliveries = stream::iter(due)
        .map(|letter| deliver(office, letter))
        .buffer_unordered(SIDE_BY_SIDE);
    let mut broken = None;
    // All of them are carried through even if the database fails one: they have been taken.
    while let Some(delivered) = deliveries.next().await {
        if let Err(error) = delivered {
            broken = Some(error);
        }
    }
    match broken {
        None => {
            take_up_orphans(office).await?;
            Ok(tried)
        }
        Some(error) => Err(error),
    }
}

async fn deliver(office: &Office, due: Due) -> Result<(), StoreError> {
    let outcome = match prepare(office, &due).await? {
        Err(reason) => reason,
        Ok(letter) => match office.post.send(&letter).await {
            Ok(()) => Outcome::Sent,
            Err(Undelivered::Later { code }) => Outcome::Later(code),
            Err(Undelivered::Never { code }) => Outcome::Never(code),
            Err(Undelivered::Unknown { code }) => Outcome::Unknown(code),
        },
    };
    write_down(office, &due, outcome).await
}

/// The letter, or why it is not sent.
async fn prepare(office: &Office, due: &Due) -> Result<Result<Letter, Outcome>, StoreError> {
    let now = office.house.clock.now();
    let mut tx = office.house.db.begin_task(Task::Worker).await?;
    let Some(reader) = identity::service::mailboxes(&mut tx, &[due.account]).await?.pop() else {
        return Ok(Err(Outcome::Never("no_mailbox".to_owned())));
    };
    Ok(match still_true(&mut tx, due, side(&reader), now).await? {
        Some(still) => Ok(compose(office, due, &reader, still, now)),
        None => Err(Outcome::Dropped),
    })
}

async fn write_down(office: &Office, due: &Due, outcome: Outcome) -> Result<(), StoreError> {
    let now = office.house.clock.now();
    let settled = settle(due.kind, due.attempts, outcome, now, jitter(due));
    if let Some(code) = &settled.outcome {
        tracing::warn!(letter = %due.id, kind = %due.kind, attempts = due.attempts, code, "a letter did not leave");
    }
    let mut tx = office.house.db.begin_task(Task::Worker).await?;
    store::due::settle(&mut tx, due, &settled, now).await?;
    tx.commit().await
}

/// Letters whose worker died over them: nobody knows whether they left.
async fn take_up_orphans(office: &Office) -> Result<(), StoreError> {
    let now = office.house.clock.now();
    let mut tx = office.house.db.begin_task(Task::Worker).await?;
    for due in store::due::orphaned(&mut tx, now - ORPHANED, AT_ONCE).await? {
        let outcome = Outcome::Unknown("worker_died".to_owned());
        let settled = settle(due.kind, due.attempts, outcome, now, jitter(&due));
        store::due::settle(&mut tx, &due, &settled, now).await?;
    }
    tx.commit().await
}

/// Between 0 and 1, from the random end of the letter's id: letters that failed together come back apart.
fn jitter(due: &Due) -> f64 {
    let [.., a, b] = due.id.uuid().into_bytes();
    let turned = u16::from_be_bytes([a, b]).rotate_left(due.attempts.unsigned_abs() % 16);
    f64::from(turned) / f64::from(u16::MAX)
}
