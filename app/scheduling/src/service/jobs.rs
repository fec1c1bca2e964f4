//! What time does by itself. Called every minute by the worker; each may run twice or late without harm.

use crate::{
    Error,
    model::VisitState,
    store::{self, visit::VisitRow},
};
use chrono::Duration;
use kernel::{
    House, Task,
    audit::{self, Looked, Subject},
};

use super::{events, steps, summary_draft, take_hold::DRAFT_KEPT};

/// Visits ended in one run; the next run takes the rest.
const AT_ONCE: i64 = 200;

/// How long after its planned end a running visit is ended for its people: they may overrun.
const OVERRUN: Duration = Duration::minutes(60);

/// Lets holds and requests end whose time is over, and forgets what was typed and never sent. Answers how many requests ended.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn expire_holds_and_requests(house: &House) -> Result<usize, Error> {
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let now = house.clock.now();
    let expired = store::claim::expire_all(&mut tx, now).await?;
    store::hold::forget_drafts(&mut tx, now - DRAFT_KEPT).await?;
    store::prescreen_answers::forget_drafts(&mut tx, now - DRAFT_KEPT).await?;
    store::summary_draft::forget(&mut tx, now - summary_draft::DRAFT_KEPT).await?;
    store::waitlist::draft::forget_old(&mut tx, now - DRAFT_KEPT).await?;
    let count = expired.len();
    events::push_expired(house, &mut tx, expired).await?;
    tx.commit().await?;
    Ok(count)
}

/// Ends visits whose time is over: at once when nobody is in a call, after an hour when they run on.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn end_visits(house: &House) -> Result<usize, Error> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let mut ended = 0;
    for mut row in store::visit::over(&mut tx, now, AT_ONCE).await? {
        if !is_over(&row, now) {
            continue;
        }
        steps::step_visit(house, &mut tx, &mut row, VisitState::Ended, now).await?;
        audit::record(
            &mut tx,
            Looked::Changed,
            Subject::new("visit", row.id.uuid()).of(row.patient),
        );
        ended += 1;
    }
    tx.commit().await?;
    Ok(ended)
}

fn is_over(row: &VisitRow, now: chrono::DateTime<chrono::Utc>) -> bool {
    match row.visit.state {
        VisitState::InProgress => now >= row.visit.ends + OVERRUN,
        state => state.is_open() && now >= row.visit.ends,
    }
}
