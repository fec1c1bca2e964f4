//! A page of a million visits, at several depths and with filters, beside the bare keyset query over the same rows: the same rows
//! come out, and the page's statement may cost half as much again (performance.md "Desk tables"). Measured A B A B.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

#[path = "../../scheduling/examples/measure/mod.rs"]
mod measure;

use chrono::{DateTime, Duration, Utc};
use desk::service::{self, VisitsWish};
use kernel::{Ctx, VisitId};
use measure::{Report, clinic::Clinic, spread};
use scheduling::service::{Leaf, VisitFilter, VisitPlace, all_visits_statement};
use sqlx::Executor;
use std::{process::ExitCode, time::Instant};
use uuid::Uuid;

const SEED: &str = include_str!("../../../tools/seeds/bench.sql");
const PAIRS: usize = 31;
const PAGE: i64 = 26;

/// How many visits; fewer for a quick look.
fn visits() -> u32 {
    std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000)
}

#[tokio::main]
async fn main() -> ExitCode {
    let clinic = Clinic::start().await;
    let count = visits();
    let began = Instant::now();
    seed(&clinic, count).await;
    println!("planted {count} visits in {:.1} s", began.elapsed().as_secs_f64());
    let lia = clinic.lia();
    let mut report = Report::default();
    let now: DateTime<Utc> = sqlx::query_scalar("SELECT now()")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    for (name, share) in [("first", 0.0), ("middle", 0.5), ("deep", 0.9)] {
        let start = row_at(&clinic, count, share).await;
        compare(&clinic, &lia, &mut report, name, filter(now, None), start).await;
    }
    let start = row_at(&clinic, count, 0.4).await;
    compare(
        &clinic,
        &lia,
        &mut report,
        "one_state",
        filter(now, Some("completed")),
        start,
    )
    .await;
    whole_page(&lia, now).await;
    report.exit()
}

async fn seed(clinic: &Clinic, count: u32) {
    let mut owner = clinic.test.owner.acquire().await.unwrap();
    let settings = format!("SET bench.visits = '{count}'; SET bench.therapists = '500'; SET bench.patients = '10000'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(settings))
        .execute(&mut *owner)
        .await
        .unwrap();
    sqlx::raw_sql(SEED).execute(&mut *owner).await.unwrap();
    owner.execute("VACUUM ANALYZE scheduling.visit").await.unwrap();
}

fn filter(now: DateTime<Utc>, state: Option<&str>) -> VisitFilter {
    VisitFilter {
        from: now - Duration::days(3_650),
        until: now + Duration::days(3_650),
        state: state.map(|text| text.parse().unwrap()),
        therapist: None,
        service: None,
        patients: None,
    }
}

/// The visit so far into the table.
async fn row_at(clinic: &Clinic, count: u32, share: f64) -> Option<(DateTime<Utc>, Uuid)> {
    #[expect(clippy::cast_possible_truncation, reason = "a row number far below 2^53")]
    let skipped = (f64::from(count) * share) as i64;
    if skipped == 0 {
        return None;
    }
    let row = sqlx::query_as("SELECT starts_at, id FROM scheduling.visit ORDER BY starts_at, id OFFSET $1 LIMIT 1")
        .bind(skipped)
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    Some(row)
}

/// The page's statement as the liaison runs it, under row security, against the bare keyset query of the owner.
async fn compare(
    clinic: &Clinic,
    lia: &Ctx,
    report: &mut Report,
    name: &str,
    filter: VisitFilter,
    start: Option<(DateTime<Utc>, Uuid)>,
) {
    let leaf = start.map_or(Leaf::First, |(starts, id)| {
        Leaf::After(VisitPlace {
            starts,
            id: VisitId::new(id),
        })
    });
    let mut ours = lia.db.begin(&lia.actor).await.unwrap();
    let mut bare = clinic.test.owner.begin().await.unwrap();
    let (mut us, mut them) = (Vec::new(), Vec::new());
    for pair in 0..=PAIRS {
        let began = Instant::now();
        let page = all_visits_statement(&mut ours, &filter, leaf, PAGE).await.unwrap();
        let ours_took = began.elapsed().as_secs_f64() * 1e6;
        let began = Instant::now();
        let rows = keyset(&mut bare, &filter, start).await;
        let bare_took = began.elapsed().as_secs_f64() * 1e6;
        assert_eq!(page, rows, "{name}: both read the same rows");
        // The first pair warms both plans and the cache.
        if pair > 0 {
            us.push(ours_took);
            them.push(bare_took);
        }
    }
    let ratios: Vec<f64> = us.iter().zip(&them).map(|(us, them)| us / them).collect();
    let ((us, us_least, us_most), (them, least, most)) = (spread(us), spread(them));
    println!("{name}: page {us:.0} us ({us_least:.0} to {us_most:.0}), bare {them:.0} us ({least:.0} to {most:.0})");
    report.at_most(
        &format!("desk/page_{name}"),
        spread(ratios).0,
        "x the bare keyset query",
        1.5,
    );
}

/// What one would write by hand, with the columns the page needs.
async fn keyset(
    tx: &mut sqlx::PgConnection,
    filter: &VisitFilter,
    start: Option<(DateTime<Utc>, Uuid)>,
) -> Vec<VisitId> {
    let (at, id) = start.unwrap_or((filter.from, Uuid::nil()));
    let statement = if filter.state.is_some() {
        "SELECT id, patient_id, therapist_id, service_id, starts_at, ends_at, state, agreed_at, confirmed_at, waiting_since,
                summary IS NOT NULL FROM scheduling.visit
         WHERE (starts_at, id) > ($1, $2) AND state = $4 ORDER BY starts_at, id LIMIT $3"
    } else {
        "SELECT id, patient_id, therapist_id, service_id, starts_at, ends_at, state, agreed_at, confirmed_at, waiting_since,
                summary IS NOT NULL FROM scheduling.visit
         WHERE (starts_at, id) > ($1, $2) AND $4::text IS NULL ORDER BY starts_at, id LIMIT $3"
    };
    let rows = sqlx::query(statement)
        .bind(at)
        .bind(id)
        .bind(PAGE)
        .bind(filter.state.map(scheduling::model::VisitState::as_str))
        .fetch_all(tx)
        .await
        .unwrap();
    rows.iter().map(|row| VisitId::new(sqlx::Row::get(row, 0))).collect()
}

/// The whole use case, names and audit included: told, not limited, because no bare query does the same.
async fn whole_page(lia: &Ctx, now: DateTime<Utc>) {
    let wish = VisitsWish {
        from: (now - Duration::days(3_650)).date_naive().to_string(),
        ..VisitsWish::default()
    };
    let (mut took, mut after) = (Vec::new(), String::new());
    for _ in 0..PAIRS {
        let began = Instant::now();
        let wish = VisitsWish {
            after: after.clone(),
            ..wish.clone()
        };
        let page = service::visits(lia, &wish).await.unwrap();
        took.push(began.elapsed().as_secs_f64() * 1e3);
        after = page.later.unwrap_or_default();
    }
    let (median, least, most) = spread(took);
    println!("the whole page with names, filters and audit: {median:.2} ms ({least:.2} to {most:.2})");
}
