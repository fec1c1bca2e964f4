//! When to try the next connection.

const STEPS_MS: [f64; 6] = [0.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0];

/// Milliseconds to wait before attempt `attempt` (the first is 0). `chance` in 0..1 spreads the clients of a restarted
/// server by 30 % either way, so that they do not all come back at once.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most 5.2 seconds, never negative"
)]
pub fn delay_ms(attempt: u32, chance: f64) -> u32 {
    let last = STEPS_MS.len() - 1;
    let step = STEPS_MS[usize::try_from(attempt).unwrap_or(last).min(last)];
    (step * (0.7 + 0.6 * chance.clamp(0.0, 1.0))).round() as u32
}

#[cfg(test)]
mod tests {
    use super::delay_ms;

    #[test]
    fn waits_grow_to_four_seconds_and_stay_within_their_spread() {
        assert_eq!(delay_ms(0, 0.9), 0);
        assert_eq!((delay_ms(1, 0.0), delay_ms(1, 1.0)), (175, 325));
        assert_eq!((delay_ms(5, 0.5), delay_ms(99, 0.5)), (4_000, 4_000));
    }
}
