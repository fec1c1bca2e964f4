//! How many frames a socket may send: a bucket that fills steadily.

use std::time::Duration;

/// A drawer sends 60 frames a second, their pointer and heartbeat some more.
const PER_SECOND: f64 = 150.0;
/// After a cut a client sends what was not answered, all at once.
const BURST: f64 = 600.0;

#[derive(Debug)]
pub(super) struct Limit {
    left: f64,
    at: Duration,
}

impl Limit {
    pub(super) const fn new() -> Self {
        Self {
            left: BURST,
            at: Duration::ZERO,
        }
    }

    /// Takes one frame at `now` (since the socket opened). `false` when there is none left.
    pub(super) fn take(&mut self, now: Duration) -> bool {
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.at = now;
        self.left = (self.left + passed * PER_SECOND).min(BURST);
        if self.left < 1.0 {
            return false;
        }
        self.left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawer_passes_and_a_flood_does_not() {
        let mut drawer = Limit::new();
        assert!((0_u64..6_000).all(|n| drawer.take(Duration::from_millis(n * 16))));
        let mut flood = Limit::new();
        let passed = (0_u64..2_000)
            .filter(|n| flood.take(Duration::from_micros(n * 500)))
            .count();
        assert!((700..=760).contains(&passed), "{passed} of 2000 in one second");
    }
}
