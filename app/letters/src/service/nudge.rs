//! A therapist who has not said what became of a visit is asked to: by default a day after its end, and the day after that.

use super::{clerk::put_down, distances, readers::Readers, remind::STEP};
use crate::{
    model::Kind,
    store::{
        self,
        letter::{About, NewLetter},
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{AccountId, House, StoreError, Task, Tx};
use scheduling::{
    model::Rulebook,
    service::{rules, visits_unconfirmed},
};

const JOB: &str = "nudges";

/// Writes the nudges that are due. Answers how many.
///
/// # Errors
/// `StoreError` when the database does not answer; the next run then starts where this one did.
pub async fn nudge(house: &House) -> Result<usize, StoreError> {
    let mut written = 0;
    loop {
        let now = house.clock.now();
        let mut tx = house.db.begin_task(Task::Worker).await?;
        let Some(last) = store::clock::take(&mut tx, JOB, now).await? else {
            return Ok(written);
        };
        let until = now.min(last + STEP);
        let book = rules::of_everybody(&mut tx, now).await?;
        for minutes in distances::anywhere(&book, distances::nudges) {
            written += nudge_after(house, &mut tx, &book, minutes, (last, until)).await?;
        }
        store::clock::set(&mut tx, JOB, until).await?;
        tx.commit().await?;
        if until >= now {
            return Ok(written);
        }
    }
}

async fn nudge_after(
    house: &House,
    tx: &mut Tx,
    book: &Rulebook,
    minutes: i64,
    (last, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<usize, StoreError> {
    let ago = Duration::minutes(minutes);
    let now = house.clock.now();
    let visits = visits_unconfirmed(tx, last - ago, until - ago).await?;
    if visits.is_empty() {
        return Ok(0);
    }
    let readers = Readers::of(
        tx,
        visits.iter().map(|visit| (visit.patient, Some(visit.therapist))),
        now,
    )
    .await?;
    let letters: Vec<NewLetter> = visits
        .iter()
        .filter(|visit| distances::nudges(&book.of(visit.service, visit.therapist)).contains(&minutes))
        .filter(|visit| readers.wants(visit.therapist.into(), Kind::ConfirmNudge))
        .map(|visit| NewLetter {
            id: house.ids.next(),
            kind: Kind::ConfirmNudge,
            account: AccountId::from(visit.therapist),
            patient: visit.patient,
            about: About::Visit(visit.visit),
            times: Some((visit.starts, visit.ends)),
            sequence: None,
            cause: format!("{} {} {minutes}", visit.visit, visit.ends.timestamp()),
        })
        .collect();
    put_down(tx, &letters, now).await
}
