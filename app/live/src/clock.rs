//! The server's clock as seen from here: eight pings at the start, the sample with the smallest round trip wins; later
//! samples are slewed in, never jumped to, so that a playing video does not twitch. The error is at most half the round trip.

/// At most this many milliseconds of correction per second of local time.
const SLEW_MS_PER_S: f64 = 5.0;
/// Above this the machine slept or its clock was set: then a jump is right.
const JUMP_ABOVE_MS: f64 = 1_000.0;
/// Samples kept to choose the best from.
const WINDOW: usize = 8;

/// All times in milliseconds. `local` is any clock that only grows.
#[derive(Debug, Clone, Default)]
pub struct ServerClock {
    samples: Vec<Sample>,
    offset: Option<f64>,
    slewed_at: f64,
}

#[derive(Debug, Clone, Copy)]
struct Sample {
    rtt: f64,
    offset: f64,
}

impl ServerClock {
    /// One pong: sent at local `t0`, answered with the server's `server`, back at local `t1`.
    pub fn pong(&mut self, t0: f64, server: f64, t1: f64) {
        if t1 < t0 {
            return;
        }
        if self.samples.len() == WINDOW {
            self.samples.remove(0);
        }
        let rtt = t1 - t0;
        self.samples.push(Sample {
            rtt,
            offset: server - (t0 + rtt / 2.0),
        });
        let best = self.best();
        match (self.offset, best) {
            // Until the window is full the best sample so far is taken as it is.
            (None, Some(best)) => self.set(best, t1),
            (Some(_), Some(best)) if self.samples.len() < WINDOW => self.set(best, t1),
            (Some(now), Some(best)) if (best - now).abs() > JUMP_ABOVE_MS => self.set(best, t1),
            (Some(now), Some(best)) => {
                let most = (t1 - self.slewed_at).max(0.0) / 1_000.0 * SLEW_MS_PER_S;
                self.set(now + (best - now).clamp(-most, most), t1);
            }
            (_, None) => {}
        }
    }

    fn set(&mut self, offset: f64, at: f64) {
        self.offset = Some(offset);
        self.slewed_at = at;
    }

    fn best(&self) -> Option<f64> {
        self.samples
            .iter()
            .min_by(|a, b| a.rtt.total_cmp(&b.rtt))
            .map(|sample| sample.offset)
    }

    /// The server's time at local time `local`; `None` before the first pong.
    pub fn server_ms(&self, local: f64) -> Option<f64> {
        self.offset.map(|offset| local + offset)
    }

    /// The smallest round trip among the last pings.
    pub fn rtt_ms(&self) -> Option<f64> {
        self.samples.iter().map(|sample| sample.rtt).min_by(f64::total_cmp)
    }

    /// Whether enough pings have come back to trust the clock.
    pub fn settled(&self) -> bool {
        self.samples.len() >= WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::ServerClock;
    use proptest::prelude::*;

    #[test]
    fn the_quickest_ping_decides() {
        let mut clock = ServerClock::default();
        clock.pong(0.0, 10_300.0, 600.0); // all delay on the way out: 300 ms wrong
        clock.pong(1_000.0, 11_005.0, 1_010.0);
        assert_eq!(clock.server_ms(1_010.0), Some(11_010.0));
        assert_eq!(clock.rtt_ms(), Some(10.0));
    }

    #[test]
    fn later_samples_are_slewed_in() {
        let mut clock = ServerClock::default();
        for n in 0..8_u32 {
            let t0 = f64::from(n) * 100.0;
            clock.pong(t0, t0 + 1_005.0, t0 + 10.0);
        }
        let before = clock.server_ms(2_000.0).unwrap();
        clock.pong(1_700.0, 2_741.0, 1_702.0); // a better sample, 40 ms away, one second later
        let after = clock.server_ms(2_000.0).unwrap();
        assert!((after - before).abs() <= 6.0, "jumped by {}", after - before);
    }

    proptest! {
        #[test]
        fn the_error_stays_below_half_a_round_trip(
            offset in -1.0e6_f64..1.0e6,
            delays in proptest::collection::vec((0.0_f64..200.0, 0.0_f64..200.0), 1..8),
        ) {
            let mut clock = ServerClock::default();
            let mut at = 0.0;
            for (out, back) in delays {
                clock.pong(at, at + out + offset, at + out + back);
                at += 1_000.0;
            }
            let error = (clock.server_ms(at).unwrap() - (at + offset)).abs();
            prop_assert!(error <= clock.rtt_ms().unwrap() / 2.0 + 1e-3);
        }
    }
}
