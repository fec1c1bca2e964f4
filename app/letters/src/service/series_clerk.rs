//! A change of many visits becomes one letter to each reader, with all of them in it.

use super::{clerk::put_down_as, readers::Readers};
use crate::{
    model::Kind,
    store::{
        self,
        letter::{About, NewLetter},
        letter_visit::LetterVisit,
    },
};
use async_trait::async_trait;
use kernel::{
    AccountId, House, StoreError, Task, VisitId,
    outbox::{Event, Handler, Worker},
};
use scheduling::{
    model::VisitState,
    service::{
        events::{SeriesCancelled, SeriesMoved, SeriesPlanned},
        visits_in_short,
    },
};
use serde::de::DeserializeOwned;
use std::{marker::PhantomData, sync::Arc};
use uuid::Uuid;

/// Hears what happens to several visits at once.
#[must_use]
pub fn listen(worker: Worker, house: &House) -> Worker {
    fn on<E: SeriesNews>(worker: Worker, house: &House) -> Worker {
        worker.on::<E>(Arc::new(SeriesClerk::<E> {
            house: house.clone(),
            news: PhantomData,
        }))
    }
    let worker = on::<SeriesPlanned>(worker, house);
    let worker = on::<SeriesMoved>(worker, house);
    on::<SeriesCancelled>(worker, house)
}

/// An event about several visits of one pair: what the family is told, and what the therapist.
trait SeriesNews: Event + DeserializeOwned + Send + Sync + 'static {
    const FAMILY: Kind;
    const THERAPIST: Kind;
    fn visits(self) -> Vec<VisitId>;
}

macro_rules! news {
    ($($event:ident => $family:ident, $therapist:ident;)+) => {$(
        impl SeriesNews for $event {
            const FAMILY: Kind = Kind::$family;
            const THERAPIST: Kind = Kind::$therapist;
            fn visits(self) -> Vec<VisitId> {
                self.visits
            }
        }
    )+};
}

news! {
    SeriesPlanned => SeriesConfirmed, NewSeries;
    SeriesMoved => SeriesMoved, SeriesMoved;
    SeriesCancelled => SeriesCancelled, SeriesCancelled;
}

struct SeriesClerk<E> {
    house: House,
    news: PhantomData<fn() -> E>,
}

#[async_trait]
impl<E: SeriesNews> Handler for SeriesClerk<E> {
    async fn handle(&self, event: Uuid, payload: serde_json::Value) -> anyhow::Result<()> {
        let news: E = serde_json::from_value(payload)?;
        write(&self.house, event, (E::FAMILY, E::THERAPIST), &news.visits()).await?;
        Ok(())
    }
}

async fn write(
    house: &House,
    event: Uuid,
    (family, therapist): (Kind, Kind),
    visits: &[VisitId],
) -> Result<(), StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    if !store::heard::note(&mut tx, event, now).await? {
        return Ok(());
    }
    let mut visits = visits_in_short(&mut tx, visits).await?;
    // News that comes late, after the news of a cancellation, must not seem newer than that.
    visits.retain(|visit| family == Kind::SeriesCancelled || visit.state != VisitState::Cancelled);
    visits.sort_unstable_by_key(|visit| visit.starts);
    let Some(patient) = visits.first().map(|visit| visit.patient) else {
        return Ok(());
    };
    // Visits that somebody took over meanwhile are told to both by letters of their own; who reads this one are the family and
    // every therapist of one of them.
    let pairs = visits.iter().map(|visit| (visit.patient, Some(visit.therapist)));
    let readers = Readers::of(&mut tx, pairs, now).await?;
    let ids: Vec<VisitId> = visits.iter().map(|visit| visit.visit).collect();
    let sequences = store::calendar_entry::next_of(&mut tx, &ids, now).await?;
    let told: Vec<LetterVisit> = visits
        .iter()
        .filter_map(|visit| {
            let (_, sequence) = sequences.iter().find(|(id, _)| *id == visit.visit)?;
            Some(LetterVisit {
                visit: visit.visit,
                times: (visit.starts, visit.ends),
                sequence: *sequence,
            })
        })
        .collect();
    // About the first of the reader's visits, over the time of all of them.
    let letter = |account: AccountId, kind: Kind, of: &[LetterVisit]| {
        let (first, last) = (of.first()?, of.last()?);
        Some(NewLetter {
            id: house.ids.next(),
            kind,
            account,
            patient,
            about: About::Visit(first.visit),
            times: Some((first.times.0, last.times.1)),
            // Each of the visits has its own.
            sequence: None,
            cause: event.to_string(),
        })
    };
    let families: Vec<NewLetter> = readers
        .family(patient)
        .iter()
        .filter(|account| readers.wants(**account, family))
        .filter_map(|account| letter(*account, family, &told))
        .collect();
    let written = put_down_as(&mut tx, &families, now).await?;
    store::letter_visit::insert(&mut tx, &written, &told).await?;
    let mut therapists: Vec<_> = visits.iter().map(|visit| visit.therapist).collect();
    therapists.sort_unstable();
    therapists.dedup();
    for one in therapists {
        let account = AccountId::from(one);
        if !readers.wants(account, therapist.chosen_as()) {
            continue;
        }
        let own: Vec<LetterVisit> = told
            .iter()
            .copied()
            .filter(|told| {
                visits
                    .iter()
                    .any(|visit| visit.visit == told.visit && visit.therapist == one)
            })
            .collect();
        let letter: Vec<NewLetter> = letter(account, therapist, &own).into_iter().collect();
        let written = put_down_as(&mut tx, &letter, now).await?;
        store::letter_visit::insert(&mut tx, &written, &own).await?;
    }
    tx.commit().await
}
