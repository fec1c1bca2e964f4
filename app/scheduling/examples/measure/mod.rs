//! What the benches share: figures with limits, and processor time.

use std::{fmt::Display, process::ExitCode};

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
