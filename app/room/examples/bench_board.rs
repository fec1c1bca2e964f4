//! How fast and at what cost a stroke travels: socket bots against the real router, the log on a real PostgreSQL.
//!
//! Prints `figure NAME = VALUE UNIT (limit LIMIT)`, exits 1 past a limit, and proves that every replica ended equal to the
//! server. Server and bots are two processes, so that the cost of one is not counted for the other.
//! Needs `TEST_DATABASE_URL`; run by `./dev bench board`, optimised.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot run must say so loudly"
)]

#[path = "bench_board/bots.rs"]
mod bots;
#[path = "bench_board/cpu.rs"]
mod cpu;
#[path = "bench_board/stage.rs"]
mod stage;

use std::{process::Command, time::Duration};

/// A crowd and what it may cost.
struct Case {
    people: usize,
    p99_ms: f64,
    cpu_ms: f64,
}

const CASES: [Case; 2] = [
    Case {
        people: 2,
        p99_ms: 20.0,
        cpu_ms: 60.0,
    },
    Case {
        people: 43,
        p99_ms: 25.0,
        cpu_ms: 1.0,
    },
];
/// Strokes, appends and ends per person.
const OPS_PER_SECOND: u64 = 30;
const SECONDS: u64 = 15;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("bots") => bots::main(&args[2..]),
        _ => run(),
    }
}

#[tokio::main]
async fn run() {
    let mut past_a_limit = false;
    for case in CASES {
        let stage = stage::Stage::set(case.people).await;
        let before = (cpu::of_this_process(), stage.database_cpu().await);
        let bots = tokio::task::spawn_blocking({
            let (port, people) = (stage.port.to_string(), case.people.to_string());
            move || {
                Command::new(std::env::current_exe().expect("no name of its own"))
                    .args([
                        "bots",
                        &port,
                        &people,
                        &SECONDS.to_string(),
                        &OPS_PER_SECOND.to_string(),
                    ])
                    .output()
            }
        })
        .await
        .expect("the bots panicked")
        .expect("the bots do not start");
        let server = cpu::of_this_process().saturating_sub(before.0);
        let database = stage.database_cpu().await.saturating_sub(before.1);
        let output = String::from_utf8_lossy(&bots.stdout);
        assert!(
            bots.status.success(),
            "{output}{}",
            String::from_utf8_lossy(&bots.stderr)
        );
        let told = bots::Told::read(&output);
        // The bots compared themselves with the server's own snapshot; a mismatch ended them above.
        println!(
            "figure board_{}_replicas_equal = {} replicas (limit {})",
            case.people, told.replicas, case.people
        );
        println!(
            "figure board_{}_delivered = {} ops (limit none)",
            case.people, told.delivered
        );
        println!("figure board_{}_p50 = {:.2} ms (limit none)", case.people, told.p50_ms);
        past_a_limit |= figure(&format!("board_{}_p99", case.people), told.p99_ms, "ms", case.p99_ms);
        let per_thousand = |spent: Duration| spent.as_secs_f64() * 1_000.0 / told.delivered * 1_000.0;
        let name = format!("board_{}_server_cpu", case.people);
        past_a_limit |= figure(&name, per_thousand(server), "ms_per_1000", case.cpu_ms);
        println!(
            "figure board_{}_database_cpu = {:.3} ms_per_1000 (limit none)",
            case.people,
            per_thousand(database)
        );
        println!(
            "figure board_{}_bots_cpu = {:.0} percent (limit 80, above it the run is void)",
            case.people, told.cpu_percent
        );
    }
    if past_a_limit {
        std::process::exit(1);
    }
}

fn figure(name: &str, value: f64, unit: &str, limit: f64) -> bool {
    println!("figure {name} = {value:.3} {unit} (limit {limit})");
    value > limit
}
