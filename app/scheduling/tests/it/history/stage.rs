//! What all writers share: the clinic, the few times everybody wants, what exists so far, and the record.

use super::checker::{Done, Effect};
use crate::clinic::Clinic;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use kernel::{Ctx, IdempotencyKey, PatientId, TherapistId};
use rand::RngExt;
use scheduling::{Error, model::ServiceId};
use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use uuid::Uuid;

/// A time that somebody may take, and all that it takes of the therapist.
#[derive(Debug, Clone)]
pub struct Where {
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub taken_from: DateTime<Utc>,
    pub taken_until: DateTime<Utc>,
    /// In which the therapist's clock is read.
    pub zone: Tz,
}

impl Where {
    /// The same meeting at another time, perhaps with somebody else.
    pub fn moved_to(&self, therapist: TherapistId, starts: DateTime<Utc>) -> Self {
        let by = starts - self.starts;
        Self {
            therapist,
            starts,
            ends: self.ends + by,
            taken_from: self.taken_from + by,
            taken_until: self.taken_until + by,
            ..self.clone()
        }
    }
}

/// A hold, request or visit that exists or existed, and who may act on it.
#[derive(Debug, Clone)]
pub struct Thing {
    pub id: Uuid,
    pub ctx: Ctx,
    pub place: Where,
    pub patient: PatientId,
}

/// Things in the order in which they came. Old ones stay: acting on what is over is part of the game.
#[derive(Debug, Default)]
pub struct Shelf {
    things: Mutex<Vec<Thing>>,
}

impl Shelf {
    pub fn add(&self, thing: Thing) {
        lock(&self.things).push(thing);
    }

    /// One of the last ones, seldom an old one.
    pub fn any(&self, dice: &mut impl rand::Rng) -> Option<Thing> {
        let things = lock(&self.things);
        let reach = if dice.random_bool(0.9) { 24 } else { things.len() };
        let first = things.len().saturating_sub(reach);
        (!things.is_empty()).then(|| things[dice.random_range(first..things.len())].clone())
    }
}

pub struct Stage {
    pub clinic: Clinic,
    pub liaison: Ctx,
    pub people: Vec<(Ctx, PatientId)>,
    pub places: Vec<Where>,
    pub holds: Shelf,
    pub requests: Shelf,
    pub visits: Shelf,
    /// Those of the visits that are part of a series.
    pub series: Shelf,
    /// Visits and requests for which other times were proposed.
    pub asked_visits: Shelf,
    pub asked_requests: Shelf,
    /// Who waits for a time.
    pub wishes: Shelf,
    record: Mutex<Vec<Done>>,
    calls: AtomicU64,
    tick: AtomicU64,
    /// The earliest reading: the clock never goes back, so that an expiry reckoned from it is never too late.
    clock: Mutex<()>,
}

/// A call that has begun.
pub struct Call<'a> {
    stage: &'a Stage,
    what: &'static str,
    began: u64,
}

impl Call<'_> {
    pub fn done(self, effects: Vec<Effect>) {
        let answered = self.stage.next_tick();
        lock(&self.stage.record).push(Done {
            began: self.began,
            answered,
            what: self.what,
            effects,
        });
    }

    /// A refusal changes nothing, and says so.
    #[expect(clippy::unused_self, reason = "it ends the call")]
    pub const fn refused(self) {}
}

impl Stage {
    pub async fn new(people: usize, connections: u32) -> Self {
        let clinic = Clinic::start_with(connections).await;
        let mut crowd = Vec::new();
        for number in 0..people {
            crowd.push(clinic.newcomer(number).await);
        }
        let mut places = Vec::new();
        for therapist in ["tess", "mara", "june"] {
            places.extend(wanted(&clinic, therapist).await);
        }
        Self {
            liaison: clinic.lia(),
            people: crowd,
            places,
            holds: Shelf::default(),
            requests: Shelf::default(),
            visits: Shelf::default(),
            series: Shelf::default(),
            asked_visits: Shelf::default(),
            asked_requests: Shelf::default(),
            wishes: Shelf::default(),
            record: Mutex::default(),
            calls: AtomicU64::new(0),
            tick: AtomicU64::new(1),
            clock: Mutex::default(),
            clinic,
        }
    }

    pub fn begin(&self, what: &'static str) -> Call<'_> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        Call {
            stage: self,
            what,
            began: self.next_tick(),
        }
    }

    /// How many calls were made.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Everything that was answered with success.
    pub fn record(&self) -> Vec<Done> {
        lock(&self.record).clone()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clinic.now()
    }

    pub fn key(&self) -> IdempotencyKey {
        self.clinic.key()
    }

    pub fn pass(&self, by: Duration) -> DateTime<Utc> {
        let _one_at_a_time = lock(&self.clock);
        self.clinic.advance(by);
        self.now()
    }

    /// A writer may be refused, never failed: a database that gives up is not an answer.
    #[expect(
        clippy::unused_self,
        clippy::panic,
        reason = "reads like the other ends of a call; a dead database ends the test"
    )]
    pub fn expect<T>(&self, answer: Result<T, Error>) -> Result<T, Error> {
        if let Err(Error::Store(error)) = &answer {
            panic!("the database gave up: {error}");
        }
        answer
    }

    /// The end of a call that gives a tenure back when it succeeds.
    pub fn gave(&self, call: Call<'_>, thing: &Thing, answer: Result<(), Error>) {
        match self.expect(answer) {
            Ok(()) => call.done(vec![Effect::Gave { tenure: thing.id }]),
            Err(_) => call.refused(),
        }
    }

    fn next_tick(&self) -> u64 {
        self.tick.fetch_add(1, Ordering::SeqCst)
    }
}

/// A dozen times of one therapist, some days ahead, in both of the services where there are two: their times overlap.
async fn wanted(clinic: &Clinic, therapist: &str) -> Vec<Where> {
    let ana = clinic.ana();
    let times = clinic.times(&ana, therapist, "Ana").await;
    let later = clinic.now() + Duration::days(4);
    let mut places = Vec::new();
    let Some(zone) = zone(clinic, therapist).await else {
        return places;
    };
    for service in &times.services {
        let (before, after) = buffers(clinic, service.service).await;
        let of_service = clinic.times_of(&ana, therapist, "Ana", service.service).await;
        let slots = of_service.days.iter().flat_map(|day| &day.slots);
        for slot in slots.filter(|slot| slot.starts > later).take(12) {
            let ends = slot.starts + Duration::minutes(i64::from(service.minutes));
            places.push(Where {
                therapist: clinic.therapist(therapist),
                service: service.service,
                starts: slot.starts,
                ends,
                taken_from: slot.starts - before,
                taken_until: ends + after,
                zone,
            });
        }
    }
    places
}

#[expect(clippy::expect_used, reason = "a set-up that fails must stop the test")]
async fn buffers(clinic: &Clinic, service: ServiceId) -> (Duration, Duration) {
    let (before, after): (i16, i16) =
        sqlx::query_as("SELECT buffer_before, buffer_after FROM scheduling.service WHERE id = $1")
            .bind(service.uuid())
            .fetch_one(&clinic.test.owner)
            .await
            .expect("the service");
    (Duration::minutes(before.into()), Duration::minutes(after.into()))
}

/// A writer that panicked has failed the test already; the others may finish.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::expect_used, reason = "a set-up that fails must stop the test")]
async fn zone(clinic: &Clinic, therapist: &str) -> Option<Tz> {
    let plan = scheduling::service::plan_choices(&clinic.lia(), Some(clinic.patient("Ana")))
        .await
        .expect("who may meet Ana");
    // Not everybody may meet her: then there is nothing to want of them.
    let one = plan
        .therapists
        .iter()
        .find(|one| one.face.therapist == clinic.therapist(therapist))?;
    Some(one.zone.name.parse().expect("a zone"))
}
