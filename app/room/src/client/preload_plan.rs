//! Which files of the kit this device still needs, in which order, and how far it is. Pure: the fetching is in `preload`.

use library::model::Asset;

/// Loaded at the same time; more would only slow the waiting video down (room.md section 10).
const AT_ONCE: usize = 2;
/// Pause before a failed file is asked for again, doubled with each try.
const FIRST_PAUSE_MS: f64 = 1_000.0;
const LONGEST_PAUSE_MS: f64 = 15_000.0;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Waiting { from_ms: f64 },
    Loading { bytes: u64 },
    Here,
}

#[derive(Debug, Clone)]
struct File {
    asset: Asset,
    step: Step,
    tries: i32,
}

/// How far a device is, as the therapist sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub ready: u32,
    pub total: u32,
    pub bytes: u64,
    pub bytes_total: u64,
}

impl Tally {
    pub const fn complete(self) -> bool {
        self.ready == self.total
    }

    /// 0 to 100; an empty kit is complete.
    pub fn percent(self) -> u8 {
        if self.bytes_total == 0 {
            return 100;
        }
        u8::try_from((self.bytes.min(self.bytes_total) * 100) / self.bytes_total).unwrap_or(100)
    }
}

#[derive(Debug, Clone, Default)]
pub struct Plan {
    files: Vec<File>,
}

impl Plan {
    /// In the order given; a file that two items share is loaded once.
    pub fn new(assets: impl IntoIterator<Item = Asset>) -> Self {
        let mut files: Vec<File> = Vec::new();
        for asset in assets {
            if !files.iter().any(|file| file.asset.path == asset.path) {
                files.push(File {
                    asset,
                    step: Step::Waiting { from_ms: 0.0 },
                    tries: 0,
                });
            }
        }
        Self { files }
    }

    /// The next file to fetch now, which then counts as loading; `None` while enough are on their way.
    pub fn next(&mut self, now_ms: f64) -> Option<Asset> {
        let loading = self
            .files
            .iter()
            .filter(|file| matches!(file.step, Step::Loading { .. }))
            .count();
        if loading >= AT_ONCE {
            return None;
        }
        let due = |file: &&mut File| matches!(file.step, Step::Waiting { from_ms } if from_ms <= now_ms);
        let file = self.files.iter_mut().find(due)?;
        file.step = Step::Loading { bytes: 0 };
        Some(file.asset.clone())
    }

    pub fn grew(&mut self, path: &str, bytes: u64) {
        self.set(path, |file| file.step = Step::Loading { bytes });
    }

    pub fn arrived(&mut self, path: &str) {
        self.set(path, |file| file.step = Step::Here);
    }

    pub fn failed(&mut self, path: &str, now_ms: f64) {
        self.set(path, |file| {
            let pause = (FIRST_PAUSE_MS * 2.0_f64.powi(file.tries)).min(LONGEST_PAUSE_MS);
            file.tries += 1;
            file.step = Step::Waiting {
                from_ms: now_ms + pause,
            };
        });
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for File { asset, step, .. } in &self.files {
            tally.total += 1;
            tally.bytes_total += asset.bytes;
            match step {
                Step::Here => {
                    tally.ready += 1;
                    tally.bytes += asset.bytes;
                }
                Step::Loading { bytes } => tally.bytes += (*bytes).min(asset.bytes),
                Step::Waiting { .. } => {}
            }
        }
        tally
    }

    fn set(&mut self, path: &str, change: impl FnOnce(&mut File)) {
        if let Some(file) = self.files.iter_mut().find(|file| file.asset.path == path) {
            change(file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(path: &str, bytes: u64) -> Asset {
        Asset {
            path: path.to_owned(),
            bytes,
            sha256: String::new(),
            page: 0,
        }
    }

    fn plan() -> Plan {
        Plan::new([asset("a", 100), asset("b", 300), asset("a", 100), asset("c", 600)])
    }

    fn next(plan: &mut Plan, now_ms: f64) -> Option<String> {
        plan.next(now_ms).map(|asset| asset.path)
    }

    #[test]
    fn two_files_at_a_time_in_the_order_of_the_session() {
        let mut plan = plan();
        assert_eq!(next(&mut plan, 0.0).as_deref(), Some("a"));
        assert_eq!(next(&mut plan, 0.0).as_deref(), Some("b"));
        assert_eq!(next(&mut plan, 0.0), None);
        plan.arrived("a");
        assert_eq!(next(&mut plan, 0.0).as_deref(), Some("c"));
        assert_eq!(plan.tally().total, 3, "a shared file counts once");
    }

    #[test]
    fn progress_counts_bytes_exactly() {
        let mut plan = plan();
        next(&mut plan, 0.0);
        next(&mut plan, 0.0);
        plan.arrived("a");
        plan.grew("b", 150);
        let tally = plan.tally();
        assert_eq!((tally.ready, tally.bytes, tally.bytes_total), (1, 250, 1_000));
        assert_eq!(tally.percent(), 25);
        assert!(!tally.complete() && Plan::default().tally().complete());
        assert_eq!(Plan::default().tally().percent(), 100);
    }

    #[test]
    fn a_failed_file_is_asked_for_again_later_and_does_not_block_the_next() {
        let mut plan = plan();
        next(&mut plan, 0.0);
        plan.failed("a", 0.0);
        assert_eq!(plan.tally().bytes, 0, "what was lost is not counted");
        assert_eq!(next(&mut plan, 500.0).as_deref(), Some("b"));
        assert_eq!(next(&mut plan, 1_000.0).as_deref(), Some("a"));
        plan.failed("a", 1_000.0);
        plan.arrived("b");
        assert_eq!(next(&mut plan, 1_500.0).as_deref(), Some("c"));
        assert_eq!(next(&mut plan, 2_500.0), None);
        assert_eq!(next(&mut plan, 3_000.0).as_deref(), Some("a"));
    }
}
