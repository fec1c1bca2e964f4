//! When to try the next connection, and how long to believe in one that does not answer.

/// The first steps after a cut, in milliseconds.
const STEPS_MS: [f64; 3] = [0.0, 250.0, 500.0];
/// While the others hold the place open, somebody who is cut must be back within two seconds of the link's return.
const STEP_MS: f64 = 1_000.0;
/// From this attempt on, about a minute after the cut, nobody holds the place any more: slower, to spare the server.
const LONG_GONE: u32 = 60;
const LONG_STEP_MS: f64 = 4_000.0;

/// An answer takes six round trips at worst (name, TCP, TLS, upgrade, and one that is lost), and the server a moment.
const ROUND_TRIPS: f64 = 6.0;
const SHORTEST_MS: f64 = 1_200.0;
const LONGEST_MS: f64 = 5_000.0;
/// A network that became slower than it was (another cell, a train) answers a patient attempt only: every third one is.
const QUICK_ATTEMPTS: u32 = 12;

/// Milliseconds from the begin of one attempt to the begin of attempt `attempt` (the first is 0). `chance` in 0..1 spreads
/// the clients of a restarted server by 30 % either way, so that they do not all come back at once.
pub fn delay_ms(attempt: u32, chance: f64) -> f64 {
    let step = match usize::try_from(attempt).ok().and_then(|at| STEPS_MS.get(at)) {
        Some(step) => *step,
        None if attempt < LONG_GONE => STEP_MS,
        None => LONG_STEP_MS,
    };
    step * (0.7 + 0.6 * chance.clamp(0.0, 1.0))
}

/// How long attempt `attempt` may stay without any answer. A request that was lost is sent again by the system only after
/// one, three and seven seconds; beginning anew is quicker. `rtt_ms`: the round trip of the line before, if there was one.
pub fn patience_ms(attempt: u32, rtt_ms: Option<f64>) -> f64 {
    let slow_now = attempt > QUICK_ATTEMPTS && attempt.is_multiple_of(3);
    match rtt_ms {
        Some(rtt) if !slow_now => (1_000.0 + ROUND_TRIPS * rtt).clamp(SHORTEST_MS, LONGEST_MS),
        _ => LONGEST_MS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Server time for the upgrade and the greeting, generously.
    const GREETING_MS: f64 = 300.0;

    #[test]
    fn steps_grow_to_a_second_and_later_to_four_within_their_spread() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        assert!(near(delay_ms(0, 0.9), 0.0));
        assert!(near(delay_ms(1, 0.0), 175.0) && near(delay_ms(1, 1.0), 325.0));
        assert!(near(delay_ms(3, 0.5), 1_000.0) && near(delay_ms(59, 0.5), 1_000.0));
        assert!(near(delay_ms(60, 0.5), 4_000.0) && near(delay_ms(u32::MAX, 0.5), 4_000.0));
    }

    #[test]
    fn whenever_the_link_returns_the_line_is_back_within_two_seconds() {
        // A refused attempt waits for its step, a swallowed one for its patience: the link may return right after either.
        for attempt in 0..=QUICK_ATTEMPTS {
            let refused = delay_ms(attempt + 1, 1.0);
            let swallowed = patience_ms(attempt, Some(40.0)).max(delay_ms(attempt + 1, 1.0));
            assert!(refused.max(swallowed) + GREETING_MS < 2_000.0, "attempt {attempt}");
        }
    }

    #[test]
    fn a_slow_or_unknown_network_gets_its_time() {
        assert!(patience_ms(0, None) >= 5_000.0, "nothing is known of it yet");
        assert!(patience_ms(0, Some(500.0)) >= 4_000.0, "over a satellite");
        assert!(
            (13..16).any(|attempt| patience_ms(attempt, Some(10.0)) >= 5_000.0),
            "it became slower"
        );
    }
}
