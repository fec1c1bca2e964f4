//! An event becomes letters: who reads them is decided now, their words when they are sent.

use super::{
    asked_clerk,
    news::{News, Tells},
    readers::Readers,
    series_clerk,
};
use crate::{
    model::{Kind, LetterId},
    store::{
        self,
        letter::{About, NewLetter, Times},
    },
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use kernel::{
    AccountId, House, PatientId, StoreError, Task, TherapistId, Tx,
    audit::{self, Looked, Subject},
    outbox::{Handler, Worker},
};
use scheduling::{
    model::VisitState,
    service::{
        events::{
            QuestionAsked, RequestConflicted, RequestDeclined, RequestExpired, RequestSent, TimeOffered, TimesProposed,
            VisitCancelled, VisitMoved, VisitScheduled,
        },
        offer_in_short, request_in_short, visit_in_short,
    },
};
use std::{marker::PhantomData, sync::Arc};
use uuid::Uuid;

/// Hears every event that people are written to about.
#[must_use]
pub fn listen(worker: Worker, house: &House) -> Worker {
    fn on<E: News>(worker: Worker, house: &House) -> Worker {
        worker.on::<E>(Arc::new(Clerk::<E> {
            house: house.clone(),
            news: PhantomData,
        }))
    }
    let worker = on::<RequestSent>(worker, house);
    let worker = on::<RequestDeclined>(worker, house);
    let worker = on::<RequestExpired>(worker, house);
    let worker = on::<RequestConflicted>(worker, house);
    let worker = on::<QuestionAsked>(worker, house);
    let worker = on::<TimesProposed>(worker, house);
    let worker = on::<TimeOffered>(worker, house);
    let worker = on::<VisitScheduled>(worker, house);
    let worker = on::<VisitMoved>(worker, house);
    let worker = on::<VisitCancelled>(worker, house);
    let worker = asked_clerk::listen(worker, house);
    series_clerk::listen(worker, house)
}

struct Clerk<E> {
    house: House,
    news: PhantomData<fn() -> E>,
}

#[async_trait]
impl<E: News> Handler for Clerk<E> {
    async fn handle(&self, event: Uuid, payload: serde_json::Value) -> anyhow::Result<()> {
        let patient: Option<PatientId> = payload
            .get("patient")
            .and_then(|id| serde_json::from_value(id.clone()).ok());
        let news: E = serde_json::from_value(payload)?;
        write(&self.house, event, news.tells(), patient).await?;
        Ok(())
    }
}

/// A booking that letters are written about.
struct Booking {
    patient: PatientId,
    therapist: Option<TherapistId>,
    times: Option<Times>,
    /// A visit that does not take place.
    cancelled: bool,
}

async fn write(house: &House, event: Uuid, tells: Tells, patient: Option<PatientId>) -> Result<(), StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    if !store::heard::note(&mut tx, event, now).await? {
        return Ok(());
    }
    let Some(booking) = booking(&mut tx, tells.about, patient).await? else {
        return Ok(());
    };
    if booking.cancelled && tells.family != Kind::VisitCancelled {
        // News that comes late, after the news of the cancellation, must not seem newer than that.
        return Ok(());
    }
    let readers = Readers::of(&mut tx, [(booking.patient, booking.therapist)].into_iter(), now).await?;
    let family = readers
        .family(booking.patient)
        .iter()
        .map(|account| (*account, tells.family, booking.times));
    let therapist = tells
        .therapist
        .zip(booking.therapist)
        .map(|(kind, therapist)| (AccountId::from(therapist), kind, booking.times));
    let mut told: Vec<(AccountId, Kind, Option<Times>)> = family.chain(therapist).collect();
    if let About::Visit(visit) = tells.about {
        // Who had it in their calendar and is no longer part of it: another therapist took over.
        for (account, times) in store::letter::invited(&mut tx, visit).await? {
            if told.iter().all(|(one, ..)| *one != account) {
                told.push((account, Kind::VisitCancelled, times));
            }
        }
    }
    told.retain(|(account, kind, _)| readers.wants(*account, *kind));
    let sequence = match tells.about {
        About::Visit(visit) => Some(store::calendar_entry::next(&mut tx, visit, now).await?),
        About::Request(_) | About::Proposal(_) | About::Offer(_) => None,
    };
    let letters: Vec<NewLetter> = told
        .into_iter()
        .map(|(account, kind, times)| NewLetter {
            id: house.ids.next(),
            kind,
            account,
            patient: booking.patient,
            about: tells.about,
            times,
            sequence: sequence.filter(|_| kind.method().is_some()),
            cause: event.to_string(),
        })
        .collect();
    put_down(&mut tx, &letters, now).await?;
    tx.commit().await
}

/// What the event is about, as it stands now. `None` when it is gone.
async fn booking(tx: &mut Tx, about: About, patient: Option<PatientId>) -> Result<Option<Booking>, StoreError> {
    Ok(match about {
        About::Visit(visit) => visit_in_short(tx, visit).await?.map(|visit| Booking {
            patient: visit.patient,
            therapist: Some(visit.therapist),
            times: Some((visit.starts, visit.ends)),
            cancelled: visit.state == VisitState::Cancelled,
        }),
        About::Request(request) => request_in_short(tx, request).await?.map(|request| Booking {
            patient: request.patient,
            therapist: None,
            times: Some((request.starts, request.ends)),
            cancelled: false,
        }),
        About::Offer(offer) => offer_in_short(tx, offer).await?.map(|offer| Booking {
            patient: offer.patient,
            therapist: None,
            times: Some((offer.starts, offer.ends)),
            cancelled: false,
        }),
        // The times of a proposal are several and stand on its page.
        About::Proposal(_) => patient.map(|patient| Booking {
            patient,
            therapist: None,
            times: None,
            cancelled: false,
        }),
    })
}

/// Writes the letters that no earlier cause of the same name has written, each with its entry in the audit chain.
pub(super) async fn put_down(tx: &mut Tx, letters: &[NewLetter], now: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(put_down_as(tx, letters, now).await?.len())
}

/// The same; answers which ones.
pub(super) async fn put_down_as(
    tx: &mut Tx,
    letters: &[NewLetter],
    now: DateTime<Utc>,
) -> Result<Vec<LetterId>, StoreError> {
    if letters.is_empty() {
        return Ok(Vec::new());
    }
    let written = store::letter::insert(tx, letters, now).await?;
    for (letter, patient) in &written {
        audit::record(tx, Looked::Created, Subject::new("letter", letter.uuid()).of(*patient));
    }
    Ok(written.into_iter().map(|(letter, _)| letter).collect())
}
