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
#[path = "bench_board/relay.rs"]
mod relay;
#[path = "bench_board/stage.rs"]
mod stage;

use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

/// As the server has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
const SECONDS: u32 = 15;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("bots") => bots::main(&args[2..]),
        Some("relayed") => relay::main(&args[2..]),
        _ => run(),
    }
}

#[tokio::main]
async fn run() {
    let mut past_a_limit = false;
    for case in CASES {
        let stage = stage::Stage::set(case.people).await;
        let (mut bots, mut lines) = start("bots", stage.port, case.people);
        // Arriving and being let in is not drawing: the cost of a delivery is counted from the first stroke to the last.
        until(&mut lines, bots::DRAWING).await;
        let before = Spent::until_now(&stage).await;
        until(&mut lines, bots::DRAWN).await;
        let spent = Spent::until_now(&stage).await;
        let mut output = String::new();
        while let Some(line) = lines.next_line().await.expect("the bots' pipe broke") {
            output += &line;
            output.push('\n');
        }
        let ended = bots.wait().await.expect("the bots are lost");
        assert!(ended.success(), "{output}");
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
        let per_thousand = |before: Duration, after: Duration| {
            after.saturating_sub(before).as_secs_f64() * 1_000.0 / told.delivered * 1_000.0
        };
        let server = per_thousand(before.server, spent.server);
        let database = per_thousand(before.database, spent.database);
        let relay = bare_relay(case.people).await;
        println!(
            "figure board_{}_bare_relay_cpu = {relay:.3} ms_per_1000 (limit none)",
            case.people
        );
        println!(
            "figure board_{}_beside_bare_relay = {:.2} x (limit none)",
            case.people,
            server / relay
        );
        past_a_limit |= figure(
            &format!("board_{}_cpu", case.people),
            server + database,
            "ms_per_1000",
            case.cpu_ms,
        );
        for (what, value, unit) in [
            ("server_cpu", server, "ms_per_1000"),
            ("database_cpu", database, "ms_per_1000"),
            ("commits", per_second(before.batches, spent.batches), "per_s"),
            ("wakes", per_second(before.wakes, spent.wakes), "per_s"),
        ] {
            println!("figure board_{}_{what} = {value:.3} {unit} (limit none)", case.people);
        }
        println!(
            "figure board_{}_bots_cpu = {:.0} percent (limit 80, above it the run is void)",
            case.people, told.cpu_percent
        );
    }
    if past_a_limit {
        std::process::exit(1);
    }
}

/// This program again, as a crowd of its own process, and what it says.
fn start(what: &str, port: u16, people: usize) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut crowd = Command::new(std::env::current_exe().expect("no name of its own"))
        .args([what, &port.to_string(), &people.to_string()])
        .args([SECONDS.to_string(), OPS_PER_SECOND.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the crowd does not start");
    let lines = BufReader::new(crowd.stdout.take().expect("no pipe")).lines();
    (crowd, lines)
}

/// Server CPU, in milliseconds per 1,000 delivered frames, of a relay that does nothing else.
async fn bare_relay(people: usize) -> f64 {
    let (mut crowd, mut lines) = start("relayed", relay::serve().await, people);
    until(&mut lines, bots::DRAWING).await;
    let before = cpu::of_this_process();
    until(&mut lines, bots::DRAWN).await;
    let spent = cpu::of_this_process().saturating_sub(before);
    let told = lines
        .next_line()
        .await
        .expect("the crowd's pipe broke")
        .expect("nothing told");
    let delivered: f64 = told
        .strip_prefix("delivered ")
        .and_then(|count| count.parse().ok())
        .expect("no count");
    assert!(crowd.wait().await.expect("the crowd is lost").success());
    spent.as_secs_f64() * 1_000.0 / delivered * 1_000.0
}

/// What a crowd has cost until a moment.
struct Spent {
    server: Duration,
    database: Duration,
    /// Each is a commit.
    batches: i64,
    wakes: i64,
}

impl Spent {
    async fn until_now(stage: &stage::Stage) -> Self {
        Self {
            database: stage.database_cpu().await,
            batches: stage.batches().await,
            wakes: cpu::wakes_of_this_process(),
            server: cpu::of_this_process(),
        }
    }
}

fn per_second(before: i64, after: i64) -> f64 {
    let count = u32::try_from(after - before).unwrap_or(u32::MAX);
    f64::from(count) / f64::from(SECONDS)
}

async fn until(lines: &mut Lines<BufReader<ChildStdout>>, word: &str) {
    while let Some(line) = lines.next_line().await.expect("the bots' pipe broke") {
        if line == word {
            return;
        }
    }
    panic!("the bots ended before '{word}'");
}

fn figure(name: &str, value: f64, unit: &str, limit: f64) -> bool {
    println!("figure {name} = {value:.3} {unit} (limit {limit})");
    value > limit
}
