//! What the benches share: figures with limits, processor time, and a clinic of five hundred therapists.

use std::{fmt::Display, fs, process::ExitCode};

#[path = "../../tests/it/clinic.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
pub mod clinic;
pub mod plant;

/// As the server has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Prints figures and remembers whether one passed its limit.
#[derive(Default)]
pub struct Report {
    past: bool,
}

impl Report {
    /// `figure NAME = VALUE UNIT (limit LIMIT)`; the value must not be above the limit.
    pub fn at_most(&mut self, name: &str, value: f64, unit: impl Display, limit: f64) {
        println!("figure {name} = {value:.3} {unit} (limit {limit})");
        self.past |= value > limit;
    }

    /// The same; the value must not be below the limit.
    #[allow(dead_code, reason = "not every bench has such a figure")]
    pub fn at_least(&mut self, name: &str, value: f64, unit: impl Display, limit: f64) {
        println!("figure {name} = {value:.3} {unit} (limit at least {limit})");
        self.past |= value < limit;
    }

    pub fn exit(self) -> ExitCode {
        if self.past {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Median, least and most of a sample.
pub fn spread(mut sample: Vec<f64>) -> (f64, f64, f64) {
    sample.sort_by(f64::total_cmp);
    let last = sample.len().saturating_sub(1);
    (sample[sample.len() / 2], sample[0], sample[last])
}

/// User and system time of this process (all its threads) and of some others, in milliseconds, as the scheduler counts it.
#[allow(dead_code, reason = "not every bench measures it")]
pub fn cpu_ms(others: &[i32]) -> f64 {
    let mut files: Vec<String> = others.iter().map(|pid| format!("/proc/{pid}/schedstat")).collect();
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    files.extend(threads.map(|thread| format!("{}/schedstat", thread.path().display())));
    let spent = files.iter().filter_map(|file| {
        let text = fs::read_to_string(file).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    spent.sum::<f64>() / 1e6
}
