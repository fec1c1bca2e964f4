//! 10,000 racing attempts without a double booking, and a booking beside the bare insert of the same rows.
//!
//! Needs `TEST_DATABASE_URL`. Meaningful in an optimised build only; `./dev bench booking` runs it that way.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run must stop")]
#![expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]

#[path = "../tests/it/clinic.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod clinic;
mod measure;

use chrono::{DateTime, Utc};
use clinic::Clinic;
use kernel::{Ctx, PatientId};
use measure::{Report, spread};
use scheduling::{model::ServiceId, service};
use std::{process::ExitCode, sync::Arc, time::Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

const CLIENTS: usize = 32;
const ATTEMPTS: usize = 10_000;

/// Every time that Tess offers.
async fn slots(clinic: &Clinic) -> (ServiceId, Vec<DateTime<Utc>>) {
    let mut slots = Vec::new();
    let mut months = vec![String::new()];
    let mut service_id = None;
    while let Some(month) = months.pop() {
        let wish = service::TimesWish {
            therapist: clinic.therapist("tess"),
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

/// 32 people take and ask for the same times over and over. Answers how many pairs of live claims overlap.
async fn race(clinic: &Arc<Clinic>) -> (usize, i64) {
    let (service_id, slots) = slots(clinic).await;
    let slots = Arc::new(slots);
    let mut crowd = JoinSet::new();
    for client in 0..CLIENTS {
        let (ctx, patient) = clinic.newcomer(client).await;
        let (clinic, slots) = (clinic.clone(), slots.clone());
        crowd.spawn(async move {
            let mut won = 0;
            for attempt in 0..ATTEMPTS / CLIENTS {
                // All clients walk the same times, so that every time is wanted by all of them at once.
                let starts = slots[attempt % slots.len()];
                won += usize::from(
                    service::take_hold(&ctx, clinic.therapist("tess"), service_id, starts, patient)
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

/// The rows of a hold in one bare transaction: what the database alone costs.
async fn bare_insert(clinic: &Clinic, ctx: &Ctx, patient: PatientId, service_id: ServiceId, starts: DateTime<Utc>) {
    let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
    let (hold, tess) = (Uuid::now_v7(), clinic.therapist("tess").uuid());
    sqlx::query(
        "WITH hold AS (
             INSERT INTO scheduling.slot_hold (id, account_id, patient_id, therapist_id, service_id, during, state, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, tstzrange($6, $6 + interval '45 minutes'), 'released', $6, $6)
         )
         INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, released_at)
         SELECT gen_random_uuid(), holder, $4, $3, tstzrange($6, $6 + interval '45 minutes'), 'hold', $1, $6
         FROM unnest(ARRAY[$4, $3]) holder",
    )
    .bind(hold)
    .bind(ctx.actor.account.uuid())
    .bind(patient.uuid())
    .bind(tess)
    .bind(service_id.uuid())
    .bind(starts)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Booking and bare insert in turns, A B A B: the ratio of their medians.
async fn ratio(clinic: &Clinic) -> f64 {
    let (service_id, slots) = slots(clinic).await;
    let (ctx, patient) = clinic.newcomer(CLIENTS + 1).await;
    let (mut booked, mut bare) = (Vec::new(), Vec::new());
    for starts in slots.iter().cycle().take(200) {
        let started = Instant::now();
        service::take_hold(&ctx, clinic.therapist("tess"), service_id, *starts, patient)
            .await
            .unwrap();
        booked.push(started.elapsed().as_secs_f64() * 1e3);
        let started = Instant::now();
        bare_insert(clinic, &ctx, patient, service_id, *starts).await;
        bare.push(started.elapsed().as_secs_f64() * 1e3);
    }
    let (booked, bare) = (spread(booked), spread(bare));
    println!(
        "booking {:.2} ms ({:.2} to {:.2}), bare {:.2} ms ({:.2} to {:.2})",
        booked.0, booked.1, booked.2, bare.0, bare.1, bare.2
    );
    booked.0 / bare.0
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut report = Report::default();
    let clinic = Arc::new(Clinic::start().await);
    report.at_most("booking/commit", ratio(&clinic).await, "x the bare insert", 1.5);
    let started = Instant::now();
    let (won, double) = race(&clinic).await;
    println!(
        "{ATTEMPTS} attempts by {CLIENTS} clients in {:.1} s, {won} won",
        started.elapsed().as_secs_f64()
    );
    report.at_most("booking/double", double as f64, "double bookings", 0.0);
    report.exit()
}
