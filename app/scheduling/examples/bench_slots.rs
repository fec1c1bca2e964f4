//! The slot engine by itself, and "anyone, earliest" over 500 therapists on a real database.
//!
//! Needs `TEST_DATABASE_URL`. Meaningful in an optimised build only; `./dev bench slots` runs it that way.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run must stop")]
#![expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]

mod measure;

use kernel::{Ctx, TherapistId};
use measure::{Report, clinic::Clinic, cpu_ms, plant, spread};
use scheduling::{
    api::view::FindView,
    model::slots::{Grid, Span, Window, subtract},
    service::{self, TimesWish},
};
use std::{collections::HashMap, hint::black_box, process::ExitCode, time::Instant};

const DAY: i64 = 86_400;

/// One therapist, 30 days, 10,000 appointments in the calendar: nanoseconds per interval and slot.
fn engine() -> f64 {
    let windows: Vec<Window> = (0..30)
        .map(|day| Window::new(day * DAY, day * DAY + 20 * 3_600))
        .collect();
    let busy: Vec<Span> = (0..10_000).map(|n| Span::new(n * 259, n * 259 + 100)).collect();
    let holes = [Span::new(3 * DAY, 4 * DAY)];
    let grid = Grid {
        length: 60,
        step: 60,
        before: 0,
        after: 0,
        earliest: 0,
        latest: 31 * DAY,
    };
    let mut open = Vec::with_capacity(64);
    let mut slots = 0;
    let rounds = 500_u32;
    let started = Instant::now();
    for _ in 0..rounds {
        open.clear();
        subtract(black_box(&windows), &holes, &mut open);
        slots = black_box(grid.starts(&open, black_box(&busy)).count());
    }
    let work = (windows.len() + busy.len() + slots) * rounds as usize;
    started.elapsed().as_secs_f64() * 1e9 / work as f64
}

/// Processor time of a search, the database's part included: 21 samples of ten searches each, in milliseconds a search.
async fn searches(clinic: &Clinic, ana: &Ctx) -> Vec<f64> {
    const TOGETHER: u32 = 10;
    let wish = service::Wish::default();
    let mut sample = Vec::new();
    // One unmeasured round: connections open and plans are made.
    for round in 0..22 {
        let backends = backends(clinic).await;
        let before = cpu_ms(&backends);
        for _ in 0..TOGETHER {
            let found = service::find_therapists(ana, &wish).await.unwrap();
            assert!(found.fitting >= plant::THERAPISTS && found.earliest.is_some());
        }
        let spent = (cpu_ms(&backends) - before) / f64::from(TOGETHER);
        if round > 0 {
            sample.push(spent);
        }
    }
    sample
}

/// Every process of the database that serves this one.
async fn backends(clinic: &Clinic) -> Vec<i32> {
    sqlx::query_scalar(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'",
    )
    .fetch_all(&clinic.test.owner)
    .await
    .unwrap()
}

/// Asks every therapist's own calendar for its first times and compares. Answers how many therapists were compared.
async fn compare(ana: &Ctx, found: &FindView, therapists: &[TherapistId]) -> usize {
    let hits: HashMap<_, _> = found.hits.iter().map(|hit| (hit.face.therapist, hit)).collect();
    for therapist in therapists {
        let wish = TimesWish {
            therapist: *therapist,
            for_patient: None,
            service: None,
            month: String::new(),
            around: String::new(),
        };
        let times = service::therapist_times(ana, &wish).await.unwrap();
        let alone = times.days.iter().flat_map(|day| &day.slots).take(3);
        assert!(alone.eq(&hits[therapist].next), "{therapist}");
    }
    therapists.len()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut report = Report::default();
    let (per_item, least, most) = spread((0..11).map(|_| engine()).collect());
    println!("engine: {least:.2} to {most:.2} ns");
    report.at_most("slots/engine", per_item, "ns per interval and slot", 10.0);

    let clinic = Clinic::start().await;
    let therapists = plant::therapists(&clinic).await;
    plant::settle(&clinic).await;
    let ana = clinic.ana();
    let everybody = service::Wish {
        shown: u16::MAX,
        ..service::Wish::default()
    };
    let found = service::find_therapists(&ana, &everybody).await.unwrap();
    println!(
        "any of 500: the answer is that of {} calendars asked one by one",
        compare(&ana, &found, &therapists).await
    );
    let (any, least, most) = spread(searches(&clinic, &ana).await);
    println!("any of 500: {least:.2} to {most:.2} ms of processor time, server and database");
    report.at_most("slots/any_of_500", any, "ms CPU", 5.0);
    report.exit()
}
