//! Reminders: each minute the visits are found whose moment has come since the last look.

use super::{clerk::put_down, distances, readers::Readers};
use crate::{
    model::{Kind, Known, Reminders, Side, is_due},
    store::{
        self,
        letter::{About, NewLetter},
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{AccountId, House, StoreError, Task, Tx};
use scheduling::{
    model::Rulebook,
    service::{VisitInShort, rules, visits_starting},
};
use std::collections::HashMap;

const JOB: &str = "reminders";

/// After an outage the past is walked in steps, so that no transaction grows without end.
pub(super) const STEP: Duration = Duration::hours(1);

/// Writes the reminders that are due. Answers how many.
///
/// # Errors
/// `StoreError` when the database does not answer; the next run then starts where this one did.
pub async fn remind(house: &House) -> Result<usize, StoreError> {
    let mut written = 0;
    loop {
        let now = house.clock.now();
        let mut tx = house.db.begin_task(Task::Worker).await?;
        let Some(last) = store::clock::take(&mut tx, JOB, now).await? else {
            return Ok(written);
        };
        let until = now.min(last + STEP);
        let book = rules::of_everybody(&mut tx, now).await?;
        for minutes in Reminders::every(distances::anywhere(&book, distances::reminders)) {
            written += remind_before(house, &mut tx, &book, minutes, (last, until)).await?;
        }
        store::clock::set(&mut tx, JOB, until).await?;
        tx.commit().await?;
        if until >= now {
            return Ok(written);
        }
    }
}

/// The reminders `minutes` before the start whose moment lies after the first instant and at or before the second.
async fn remind_before(
    house: &House,
    tx: &mut Tx,
    book: &Rulebook,
    minutes: i64,
    (last, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<usize, StoreError> {
    let ahead = Duration::minutes(minutes);
    let now = house.clock.now();
    let visits = visits_starting(tx, last + ahead, until + ahead).await?;
    if visits.is_empty() {
        return Ok(0);
    }
    let readers = Readers::of(
        tx,
        visits.iter().map(|visit| (visit.patient, Some(visit.therapist))),
        now,
    )
    .await?;
    let ids: Vec<_> = visits.iter().map(|visit| visit.visit.uuid()).collect();
    let moved: HashMap<_, _> = store::calendar_entry::changed(tx, &ids).await?.into_iter().collect();
    let mut letters = Vec::new();
    for visit in &visits {
        let known = Known {
            starts: visit.starts,
            since: moved.get(&visit.visit).copied().unwrap_or(visit.agreed_at),
        };
        let usual = distances::reminders(&book.of(visit.service, visit.therapist));
        let family = readers.family(visit.patient).iter().map(|one| (*one, Side::Family));
        for (account, side) in family.chain([(AccountId::from(visit.therapist), Side::Therapist)]) {
            if is_due(minutes, &readers.reminders(account, side, &usual), &known, now) {
                letters.push(reminder(house, visit, account, minutes));
            }
        }
    }
    put_down(tx, &letters, now).await
}

/// One per visit, start and distance: a visit that is moved is reminded of anew.
fn reminder(house: &House, visit: &VisitInShort, account: AccountId, minutes: i64) -> NewLetter {
    NewLetter {
        id: house.ids.next(),
        kind: Kind::Reminder,
        account,
        patient: visit.patient,
        about: About::Visit(visit.visit),
        times: Some((visit.starts, visit.ends)),
        sequence: None,
        cause: format!("{} {} {minutes}", visit.visit, visit.starts.timestamp()),
    }
}
