//! The slot engine by itself, and "anyone, earliest" over 500 therapists on a real database.
//!
//! Needs `TEST_DATABASE_URL`. Meaningful in an optimised build only; `./dev bench slots` runs it that way.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run must stop")]
#![expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]

#[path = "../tests/it/clinic.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod clinic;
mod measure;

use clinic::Clinic;
use measure::{Report, spread};
use scheduling::{
    model::slots::{Grid, Span, Window, subtract},
    service,
};
use std::{hint::black_box, process::ExitCode, time::Instant};

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

/// Five hundred therapists with a month of bookings each.
async fn plant_therapists(clinic: &Clinic) {
    let service = clinic.slot(&clinic.ana(), "tess", "Ana").await.0;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "CREATE TEMP TABLE many AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, 500) n;
         INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
             SELECT id, 't' || n || '@x.example', 't' || n || '@x.example', 'therapist', 'T', 'America/New_York', 'active', now() FROM many;
         INSERT INTO people.therapist (id, name, title, about, approach, zone, languages, specialties, accepts_new, created_at)
             SELECT id, 'Therapist ' || n, 'LCSW', '', '', 'America/New_York', '{{en}}', '{{anxiety}}', true, now() FROM many;
         INSERT INTO people.licence SELECT id, 'IL', 'x', '2040-01-01' FROM many;
         INSERT INTO scheduling.calendar SELECT id, 'America/New_York' FROM many;
         INSERT INTO scheduling.availability_rule SELECT id, d, 540, 1020 FROM many, generate_series(1, 5) d;
         INSERT INTO scheduling.offer SELECT id, '{service}' FROM many;
         INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
             SELECT gen_random_uuid(), id, id, id, tstzrange(at, at + interval '50 minutes'), 'visit', gen_random_uuid()
             FROM many, generate_series(timestamptz '{now}' , timestamptz '{now}' + interval '30 days', interval '12 hours') at;
         ANALYZE;",
        now = clinic.now().to_rfc3339(),
    )))
    .execute(&mut *clinic.test.owner.acquire().await.unwrap())
    .await
    .unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut report = Report::default();
    let (per_item, least, most) = spread((0..11).map(|_| engine()).collect());
    println!("engine: {least:.2} to {most:.2} ns");
    report.at_most("slots/engine", per_item, "ns per interval and slot", 10.0);

    let clinic = Clinic::start().await;
    plant_therapists(&clinic).await;
    let ana = clinic.ana();
    let wish = service::Wish::default();
    let mut sample = Vec::new();
    for _ in 0..21 {
        let started = Instant::now();
        let found = service::find_therapists(&ana, &wish).await.unwrap();
        sample.push(started.elapsed().as_secs_f64() * 1e3);
        assert!(
            found.hits.len() >= 500 && found.earliest.is_some(),
            "the search did the work"
        );
    }
    // Wall time of one caller on an idle machine: an upper bound of the processor time of both sides together.
    let (any, least, most) = spread(sample);
    println!("any of 500: {least:.2} to {most:.2} ms");
    report.at_most("slots/any_of_500", any, "ms", 5.0);
    report.exit()
}
