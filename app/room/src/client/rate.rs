//! Kilobits a second out of a count of bytes that grows. Pure.

/// Short enough to follow a line that breaks down, long enough not to flicker.
const OVER_MS: f64 = 5_000.0;
/// Shown in steps: more digits would only move.
const STEP_KBPS: f64 = 10.0;

#[derive(Debug, Clone, Copy, Default)]
pub struct Rate {
    since: Option<(f64, f64)>,
}

impl Rate {
    /// `bytes` have arrived in all at `now_ms`. A figure comes every `OVER_MS`.
    pub fn look(&mut self, now_ms: f64, bytes: f64) -> Option<u32> {
        let Some((at, before)) = self.since else {
            self.since = Some((now_ms, bytes));
            return None;
        };
        if bytes < before {
            // Another connection counts from nothing.
            self.since = Some((now_ms, bytes));
            return None;
        }
        let passed = now_ms - at;
        if passed < OVER_MS {
            return None;
        }
        self.since = Some((now_ms, bytes));
        let kbps = (bytes - before) * 8.0 / passed;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "never negative, and a float cast saturates"
        )]
        let shown = ((kbps / STEP_KBPS).round() * STEP_KBPS) as u32;
        Some(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn a_steady_stream_is_told_every_five_seconds() {
        let mut rate = Rate::default();
        // 80 kB a second are 640 kbit.
        let told: Vec<_> = (0..=12)
            .filter_map(|second| rate.look(f64::from(second) * 1_000.0, f64::from(second) * 80_000.0))
            .collect();
        assert_eq!(told, [640, 640]);
    }

    #[test]
    fn silence_is_nothing_and_a_new_connection_starts_anew() {
        let mut rate = Rate::default();
        assert_eq!(rate.look(0.0, 1_000_000.0), None);
        assert_eq!(rate.look(5_000.0, 1_000_000.0), Some(0));
        assert_eq!(rate.look(6_000.0, 10.0), None, "a count that shrinks is another count");
        assert_eq!(rate.look(11_000.0, 625_010.0), Some(1_000));
    }
}
