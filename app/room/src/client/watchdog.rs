//! Notices a call that went silent long before ICE does (room.md section 4: 7.5 s to "disconnected", 17.5 s to "failed")
//! and says what to try. Pure: fed by a tick of 250 ms.

pub const TICK_MS: i32 = 250;
/// Nothing arrived for this long: the path is broken.
const STALL_MS: f64 = 1_000.0;
/// Pauses before the second, third, ... restart of one outage.
const PAUSES_MS: [f64; 3] = [3_000.0, 5_000.0, 10_000.0];
/// Restarts in vain before the connection is built anew.
const RESTARTS: usize = 3;
/// A connection that has not carried anything yet gets this long to come up.
const SETTLE_MS: f64 = 5_000.0;

/// One look at the inbound streams.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    pub now_ms: f64,
    /// Packets and frames received so far; only its movement counts.
    pub received: f64,
    /// The other side is here and sends something.
    pub expected: bool,
    /// The way into the network may have changed: `online`, another network, the page came back.
    pub nudged: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Media flows, or none is due.
    Flowing,
    /// Silent, but the last remedy still has time.
    Wait,
    RestartIce,
    /// A new connection.
    Rebuild,
}

#[derive(Debug, Clone)]
pub struct Watchdog {
    received: f64,
    moved_at: f64,
    /// Nothing before this moment counts as silence.
    grace_until: f64,
    tried: usize,
    tried_at: f64,
}

impl Watchdog {
    /// For a connection made at `now_ms`.
    pub const fn new(now_ms: f64) -> Self {
        Self {
            received: 0.0,
            moved_at: now_ms,
            grace_until: now_ms + SETTLE_MS,
            tried: 0,
            tried_at: f64::NEG_INFINITY,
        }
    }

    /// The other side builds a connection: it gets its time to come up.
    pub fn settle(&mut self, now_ms: f64) {
        *self = Self::new(now_ms);
    }

    pub fn look(&mut self, sample: Sample) -> Advice {
        let Sample {
            now_ms,
            received,
            expected,
            nudged,
        } = sample;
        if received > self.received || !expected {
            let flows = received > self.received;
            self.received = received;
            self.moved_at = now_ms;
            if flows {
                self.tried = 0;
                self.grace_until = now_ms;
            }
            // A change of network while packets still trickle in is worth one restart: the old path dies next.
            if !(nudged && expected && self.rested(now_ms)) {
                return Advice::Flowing;
            }
            return self.restart(now_ms);
        }
        if now_ms < self.grace_until || (now_ms - self.moved_at <= STALL_MS && !nudged) {
            return Advice::Flowing;
        }
        if !self.rested(now_ms) {
            return Advice::Wait;
        }
        if self.tried >= RESTARTS {
            Advice::Rebuild
        } else {
            self.restart(now_ms)
        }
    }

    fn restart(&mut self, now_ms: f64) -> Advice {
        self.tried += 1;
        self.tried_at = now_ms;
        Advice::RestartIce
    }

    fn rested(&self, now_ms: f64) -> bool {
        let pause = PAUSES_MS[self.tried.saturating_sub(1).min(PAUSES_MS.len() - 1)];
        now_ms - self.tried_at >= pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs ticks from `from` to `to` with a stream that moves while `flows(now)`; returns what was advised and when.
    fn watch(
        dog: &mut Watchdog,
        from: u32,
        to: u32,
        received: &mut f64,
        flows: impl Fn(f64) -> bool,
    ) -> Vec<(f64, Advice)> {
        let mut advised = Vec::new();
        for now in (from..to).step_by(250).map(f64::from) {
            if flows(now) {
                *received += 10.0;
            }
            let sample = Sample {
                now_ms: now,
                received: *received,
                expected: true,
                nudged: false,
            };
            match dog.look(sample) {
                Advice::Flowing | Advice::Wait => {}
                advice => advised.push((now, advice)),
            }
        }
        advised
    }

    #[test]
    fn a_cut_is_met_within_a_second_and_a_half_then_less_and_less_often() {
        let (mut dog, mut received) = (Watchdog::new(0.0), 0.0);
        let advised = watch(&mut dog, 0, 40_000, &mut received, |now| now < 10_000.0);
        let (first, advice) = advised[0];
        assert_eq!(advice, Advice::RestartIce);
        assert!((10_750.0..=11_250.0).contains(&first), "{first}");
        let pauses: Vec<f64> = advised.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        assert!(
            pauses[0] >= 3_000.0 && pauses[1] >= 5_000.0 && pauses[2] >= 10_000.0,
            "{pauses:?}"
        );
        assert_eq!(advised[3].1, Advice::Rebuild, "three restarts in vain");
    }

    #[test]
    fn a_call_that_flows_or_is_not_due_is_left_alone() {
        let (mut dog, mut received) = (Watchdog::new(0.0), 0.0);
        assert_eq!(watch(&mut dog, 0, 60_000, &mut received, |_| true), []);
        for now in (60_000..90_000).step_by(250).map(f64::from) {
            let sample = Sample {
                now_ms: now,
                received,
                expected: false,
                nudged: true,
            };
            assert_eq!(dog.look(sample), Advice::Flowing, "the other side is away");
        }
    }

    #[test]
    fn a_new_connection_gets_time_to_come_up() {
        let (mut dog, mut received) = (Watchdog::new(0.0), 0.0);
        assert_eq!(watch(&mut dog, 0, 5_000, &mut received, |_| false), []);
        assert_eq!(watch(&mut dog, 5_000, 5_500, &mut received, |_| false).len(), 1);
    }

    #[test]
    fn an_outage_that_ends_starts_the_next_one_afresh() {
        let (mut dog, mut received) = (Watchdog::new(0.0), 0.0);
        watch(&mut dog, 0, 20_000, &mut received, |now| now < 5_000.0);
        watch(&mut dog, 20_000, 40_000, &mut received, |_| true);
        let again = watch(&mut dog, 40_000, 45_000, &mut received, |_| false);
        assert_eq!(again[0].1, Advice::RestartIce);
        assert!(again[0].0 <= 41_250.0);
    }

    #[test]
    fn another_network_is_worth_one_restart_at_once() {
        let mut dog = Watchdog::new(0.0);
        let at = |now_ms: f64, received, nudged| Sample {
            now_ms,
            received,
            expected: true,
            nudged,
        };
        assert_eq!(dog.look(at(6_000.0, 10.0, false)), Advice::Flowing);
        assert_eq!(dog.look(at(6_250.0, 20.0, true)), Advice::RestartIce);
        assert_eq!(
            dog.look(at(6_500.0, 30.0, true)),
            Advice::Flowing,
            "the last one has its time first"
        );
    }
}
