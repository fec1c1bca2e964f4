//! A booking beside the bare insert of the same rows, alone and with 32 clients; 10,000 racing attempts without a double booking.
//!
//! Both sides wait for the disk, as a clinic's bookings do. What is left when neither waits, the processor's part alone, is
//! printed for information.
//!
//! Needs `TEST_DATABASE_URL`, of a cluster that is durable. Meaningful in an optimised build only; `./dev bench booking` runs it that way.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run must stop")]
#![expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]

mod measure;

use chrono::{DateTime, Utc};
use kernel::{Clock, Ctx, Db, PatientId, TherapistId};
use measure::{Report, clinic::Clinic, plant, spread};
use scheduling::{model::ServiceId, service};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    process::ExitCode,
    sync::{Arc, Mutex},
    time::Instant,
};
use tokio::task::JoinSet;
use uuid::Uuid;

const CLIENTS: usize = 32;
const ATTEMPTS: usize = 10_000;
/// Rounds in turns, booking and bare.
const PAIRS: usize = 15;
/// Bookings of one round by one client, and by all of them together.
const ALONE: usize = 60;
const TOGETHER: usize = 640;

/// Every time that a therapist offers.
async fn slots(clinic: &Clinic, therapist: TherapistId) -> (ServiceId, Vec<DateTime<Utc>>) {
    let mut slots = Vec::new();
    let mut months = vec![String::new()];
    let mut service_id = None;
    while let Some(month) = months.pop() {
        let wish = service::TimesWish {
            therapist,
            for_patient: Some(clinic.patient("Ana")),
            service: None,
            month,
            around: String::new(),
        };
        let times = service::therapist_times(&clinic.ana(), &wish).await.unwrap();
        months.extend(times.next_month.map(|next| next.to_string()));
        service_id = times.service.map(|service| service.service);
        slots.extend(times.days.iter().flat_map(|day| &day.slots).map(|slot| slot.starts));
    }
    (service_id.unwrap(), slots)
}

/// 32 people take the same times over and over. Answers how many won, and how many pairs of live claims overlap.
async fn race(clinic: &Arc<Clinic>) -> (usize, i64) {
    let tess = clinic.therapist("tess");
    let (service_id, slots) = slots(clinic, tess).await;
    let slots = Arc::new(slots);
    let mut crowd = JoinSet::new();
    for client in 0..CLIENTS {
        let (ctx, patient) = clinic.newcomer(client).await;
        let slots = slots.clone();
        crowd.spawn(async move {
            let mut won = 0;
            for attempt in 0..ATTEMPTS.div_ceil(CLIENTS) {
                // All clients walk the same times, so that every time is wanted by all of them at once.
                let starts = slots[attempt % slots.len()];
                won += usize::from(
                    service::take_hold(&ctx, tess, service_id, starts, patient)
                        .await
                        .is_ok(),
                );
            }
            won
        });
    }
    let won = crowd.join_all().await.into_iter().sum();
    let double = sqlx::query_scalar(
        "SELECT count(*) FROM scheduling.calendar_claim a JOIN scheduling.calendar_claim b
         ON a.holder_id = b.holder_id AND a.during && b.during AND a.id < b.id
         WHERE a.released_at IS NULL AND b.released_at IS NULL",
    )
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    (won, double)
}

/// One booking to make, on either side: each is of another patient and another time, so that nothing has to give way.
struct Task {
    ctx: Ctx,
    patient: PatientId,
    therapist: TherapistId,
    starts: DateTime<Utc>,
}

/// What both sides work on. The booking side has the first half of the therapists, the bare side the second.
struct Yard {
    service: ServiceId,
    durable: Gates,
    forgetful: Gates,
    tasks: Mutex<Vec<(Task, Task)>>,
}

/// The ways into the database, with as many connections as there are clients. The bare one is the owner, whom no policy stops.
#[derive(Clone)]
struct Gates {
    app: Db,
    bare: PgPool,
}

impl Gates {
    async fn open(options: PgConnectOptions, clock: Arc<dyn Clock>) -> Self {
        let bare = PgPoolOptions::new()
            .max_connections(u32::try_from(CLIENTS).unwrap())
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await
            .unwrap();
        Self {
            app: Db::connect(options, u32::try_from(CLIENTS).unwrap(), clock),
            bare,
        }
    }
}

impl Yard {
    async fn open(clinic: &Clinic, count: usize) -> Self {
        let therapists = plant::therapists(clinic).await;
        let people = plant::people(clinic, 2 * count).await;
        let (service, slots) = slots(clinic, therapists[0]).await;
        let options = clinic.test.owner.connect_options().as_ref().clone();
        let clock = &clinic.test.house.clock;
        let durable = Gates::open(options.clone(), clock.clone()).await;
        let forgetful = Gates::open(options.options([("synchronous_commit", "off")]), clock.clone()).await;
        let half = therapists.len() / 2;
        let task = |(ctx, patient): (Ctx, PatientId), first: usize, number: usize| Task {
            ctx,
            patient,
            therapist: therapists[first + number % half],
            starts: slots[(number / half) % slots.len()],
        };
        assert!(count <= half * slots.len(), "more bookings than free times");
        let mut people = people.into_iter();
        let mut tasks = Vec::new();
        for number in 0..count {
            let (one, other) = (people.next().unwrap(), people.next().unwrap());
            tasks.push((task(one, 0, number), task(other, half, number)));
        }
        Self {
            service,
            durable,
            forgetful,
            tasks: Mutex::new(tasks),
        }
    }

    fn take(&self, count: usize) -> (Vec<Task>, Vec<Task>) {
        let mut tasks = self.tasks.lock().unwrap();
        let rest = tasks.len() - count;
        tasks.split_off(rest).into_iter().unzip()
    }

    async fn book(&self, gates: &Gates, mut task: Task) {
        task.ctx.house.db = gates.app.clone();
        service::take_hold(&task.ctx, task.therapist, self.service, task.starts, task.patient)
            .await
            .unwrap();
    }

    /// The rows that a booking writes, by one prepared statement in one transaction: what the database alone costs. With
    /// `chained` the audit entry too, by the one function that can write it.
    async fn insert(&self, gates: &Gates, task: Task, chained: bool) {
        let mut tx = gates.bare.begin().await.unwrap();
        let audit = if chained { AUDITED } else { UNAUDITED };
        let account = task.ctx.actor.account.uuid();
        sqlx::query(audit)
            .bind(Uuid::now_v7())
            .bind(account)
            .bind(task.patient.uuid())
            .bind(task.therapist.uuid())
            .bind(self.service.uuid())
            .bind(task.starts)
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

macro_rules! inserts {
    ($last:literal) => {
        concat!(
            "WITH hold AS (
                 INSERT INTO scheduling.slot_hold (id, account_id, patient_id, therapist_id, service_id, during, state, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5, tstzrange($6, $6 + interval '45 minutes'), 'active', $6, $6)
             ), claims AS (
                 INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
                 SELECT gen_random_uuid(), holder, $4, $3, tstzrange($6, $6 + interval '45 minutes'), 'hold', $1, $6
                 FROM unnest(ARRAY[$4, $3]) holder
             )
             SELECT ",
            $last
        )
    };
}
const UNAUDITED: &str = inserts!("1");
const AUDITED: &str = inserts!(
    "kernel.append_audit($2, 'patient', jsonb_build_array(jsonb_build_object(
         'acting_for', NULL, 'patient', $3, 'action', 'created', 'kind', 'hold', 'object', $1)))
     FROM kernel.act_as($2, 'patient')"
);

/// Booking and bare insert in turns, A B A B, by one client: for each round the ratio of the medians.
async fn alone(yard: &Yard, gates: &Gates, chained: bool) -> Vec<f64> {
    let mut ratios = Vec::new();
    let (mut booked, mut bare) = (Vec::new(), Vec::new());
    // One unmeasured round: connections open and plans are made.
    for round in 0..=PAIRS {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        let (bookings, inserts) = yard.take(ALONE);
        for (booking, insert) in bookings.into_iter().zip(inserts) {
            let started = Instant::now();
            yard.book(gates, booking).await;
            a.push(started.elapsed().as_secs_f64() * 1e3);
            let started = Instant::now();
            yard.insert(gates, insert, chained).await;
            b.push(started.elapsed().as_secs_f64() * 1e3);
        }
        if round > 0 {
            let (a, b) = (spread(a).0, spread(b).0);
            ratios.push(a / b);
            booked.push(a);
            bare.push(b);
        }
    }
    println!(
        "booking {:.3} ms, bare {:.3} ms (medians of {PAIRS} rounds)",
        spread(booked).0,
        spread(bare).0
    );
    ratios
}

/// The same with 32 clients: for each round how much of the bare throughput a booking reaches.
async fn together(yard: &Arc<Yard>) -> Vec<f64> {
    let mut ratios = Vec::new();
    for round in 0..=PAIRS {
        let (bookings, inserts) = yard.take(TOGETHER);
        let booked = crowd(yard, bookings, |yard, task| async move {
            yard.book(&yard.durable, task).await;
        });
        let booked = booked.await;
        let bare = crowd(yard, inserts, |yard, task| async move {
            yard.insert(&yard.durable, task, true).await;
        });
        let bare = bare.await;
        if round > 0 {
            ratios.push(bare / booked);
        }
    }
    ratios
}

/// Seconds that 32 clients need for all tasks.
async fn crowd<F>(yard: &Arc<Yard>, tasks: Vec<Task>, act: impl Fn(Arc<Yard>, Task) -> F + Send + Copy + 'static) -> f64
where
    F: Future<Output = ()> + Send,
{
    let mut shares: Vec<Vec<Task>> = (0..CLIENTS).map(|_| Vec::new()).collect();
    for (number, task) in tasks.into_iter().enumerate() {
        shares[number % CLIENTS].push(task);
    }
    let started = Instant::now();
    let mut clients = JoinSet::new();
    for share in shares {
        let yard = yard.clone();
        clients.spawn(async move {
            for task in share {
                act(yard.clone(), task).await;
            }
        });
    }
    clients.join_all().await;
    started.elapsed().as_secs_f64()
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut report = Report::default();
    let clinic = Arc::new(Clinic::start().await);
    let rounds = PAIRS + 1;
    let yard = Arc::new(Yard::open(&clinic, rounds * (3 * ALONE + TOGETHER)).await);
    plant::settle(&clinic).await;

    let (ratio, least, most) = spread(alone(&yard, &yard.durable, true).await);
    println!("booking/commit: {least:.2} to {most:.2} in {PAIRS} rounds");
    report.at_most(
        "booking/commit",
        ratio,
        "x the bare insert of hold, claims and audit entry",
        1.5,
    );
    let (ratio, least, most) = spread(alone(&yard, &yard.forgetful, true).await);
    println!("when neither waits for the disk: {ratio:.2} ({least:.2} to {most:.2}); for information");
    let (ratio, least, most) = spread(alone(&yard, &yard.durable, false).await);
    println!("beside an insert without the audit entry: {ratio:.2} ({least:.2} to {most:.2}); for information");
    let (ratio, least, most) = spread(together(&yard).await);
    println!("booking/throughput: {least:.2} to {most:.2} in {PAIRS} rounds");
    report.at_least("booking/throughput", ratio, "of the bare insert's, 32 clients", 0.7);

    let started = Instant::now();
    let (won, double) = race(&clinic).await;
    println!(
        "{ATTEMPTS} attempts by {CLIENTS} clients in {:.1} s, {won} won",
        started.elapsed().as_secs_f64()
    );
    report.at_most("booking/double", double as f64, "double bookings", 0.0);
    report.exit()
}
