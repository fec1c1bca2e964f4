//! Synced playback: the server keeps `{item, state, pos, rate, at, epoch}` and the expected position is a pure projection.

use super::ItemId;
use serde::{Deserialize, Serialize};

/// After so long the film starts without whoever is not ready.
pub const PREPARE_AT_MOST_MS: u64 = 1_500;
/// Added to half the slowest round trip: the start must reach everybody before it is due.
pub const START_MARGIN_MS: u64 = 150;
/// Film is cut in frames of about a thirtieth of a second; a pause lands on one for all.
const FRAME_MS: f64 = 1_000.0 / 30.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlayState {
    Paused,
    /// Everybody seeks to `pos_ms` and reports `Prepared`.
    Preparing,
    /// `pos_ms` is due at server time `at_ms`.
    Playing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playback {
    pub item: ItemId,
    pub state: PlayState,
    pub pos_ms: u32,
    /// Thousandths of the normal speed.
    pub rate: u16,
    pub at_ms: u64,
    /// Grows with every command; a report about an older one is ignored.
    pub epoch: u32,
    /// From the library; the projection stops there. 0 when unknown.
    pub duration_ms: u32,
}

impl Playback {
    /// The slowest and the fastest speed a host may choose.
    pub const RATES: std::ops::RangeInclusive<u16> = 500..=1_500;

    pub const fn new(item: ItemId, duration_ms: u32, now_ms: u64) -> Self {
        Self {
            item,
            state: PlayState::Paused,
            pos_ms: 0,
            rate: 1_000,
            at_ms: now_ms,
            epoch: 0,
            duration_ms,
        }
    }

    /// Where the film should stand at server time `now_ms`, in milliseconds. Before a planned start it stands at the start.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a visit lasts hours, not the 285,000 years where f64 loses a millisecond"
    )]
    pub fn expected_ms(&self, now_ms: f64) -> f64 {
        let start = f64::from(self.pos_ms);
        let at = match self.state {
            PlayState::Paused | PlayState::Preparing => start,
            PlayState::Playing => start + (now_ms - self.at_ms as f64).max(0.0) * f64::from(self.rate) / 1_000.0,
        };
        if self.duration_ms == 0 {
            at
        } else {
            at.min(f64::from(self.duration_ms))
        }
    }

    /// First step of a start: everybody goes to `pos_ms` and waits.
    #[must_use]
    pub fn prepare(self, pos_ms: u32, now_ms: u64) -> Self {
        Self {
            state: PlayState::Preparing,
            pos_ms: self.within(pos_ms),
            at_ms: now_ms,
            epoch: self.epoch + 1,
            ..self
        }
    }

    /// Second step: all are ready, or waited for long enough. `slowest_rtt_ms` is the largest round trip reported.
    #[must_use]
    pub fn start(self, slowest_rtt_ms: u32, now_ms: u64) -> Self {
        Self {
            state: PlayState::Playing,
            at_ms: now_ms + u64::from(slowest_rtt_ms / 2) + START_MARGIN_MS,
            ..self
        }
    }

    /// Stops on the frame that is due now.
    #[must_use]
    pub fn pause(self, now_ms: u64) -> Self {
        let due = self.position(now_ms);
        Self {
            state: PlayState::Paused,
            pos_ms: self.within(snap(due)),
            at_ms: now_ms,
            epoch: self.epoch + 1,
            ..self
        }
    }

    /// A jump keeps on playing when it played: through the two steps, so that nobody starts early.
    #[must_use]
    pub fn seek(self, pos_ms: u32, now_ms: u64) -> Self {
        match self.state {
            PlayState::Playing | PlayState::Preparing => self.prepare(pos_ms, now_ms),
            PlayState::Paused => Self {
                pos_ms: self.within(pos_ms),
                at_ms: now_ms,
                epoch: self.epoch + 1,
                ..self
            },
        }
    }

    /// Another speed from the place where the film stands now.
    #[must_use]
    pub fn at_rate(self, rate: u16, now_ms: u64) -> Self {
        let started = now_ms >= self.at_ms;
        Self {
            rate,
            pos_ms: if started { self.position(now_ms) } else { self.pos_ms },
            at_ms: if started { now_ms } else { self.at_ms },
            epoch: self.epoch + 1,
            ..self
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "film positions are small and positive"
    )]
    fn position(&self, now_ms: u64) -> u32 {
        self.expected_ms(now_ms as f64).min(f64::from(u32::MAX)) as u32
    }

    fn within(&self, pos_ms: u32) -> u32 {
        if self.duration_ms == 0 {
            pos_ms
        } else {
            pos_ms.min(self.duration_ms)
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "film positions are small and positive"
)]
fn snap(pos_ms: u32) -> u32 {
    ((f64::from(pos_ms) / FRAME_MS).floor() * FRAME_MS).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn film() -> Playback {
        Playback::new(ItemId::new(Uuid::nil()), 60_000, 1_000)
    }

    #[test]
    fn a_film_starts_in_two_steps() {
        let ready = film().prepare(5_000, 2_000);
        assert_eq!((ready.state, ready.epoch), (PlayState::Preparing, 1));
        assert!(
            (ready.expected_ms(9_999.0) - 5_000.0).abs() < f64::EPSILON,
            "nobody moves before the start"
        );
        let playing = ready.start(80, 2_300);
        assert_eq!(playing.at_ms, 2_300 + 40 + 150);
        assert_eq!(playing.epoch, ready.epoch, "the start belongs to the same command");
        assert!((playing.expected_ms(2_400.0) - 5_000.0).abs() < f64::EPSILON);
        assert!((playing.expected_ms(3_490.0) - 6_000.0).abs() < f64::EPSILON);
        assert!(
            (playing.expected_ms(1.0e9) - 60_000.0).abs() < f64::EPSILON,
            "it ends where the film ends"
        );
    }

    #[test]
    fn a_pause_lands_on_a_frame() {
        let paused = film().prepare(0, 0).start(0, 0).pause(1_160);
        assert_eq!((paused.state, paused.pos_ms), (PlayState::Paused, 1_000));
        assert_eq!(film().prepare(0, 0).start(0, 0).pause(1_200).pos_ms, 1_033);
    }

    #[test]
    fn a_jump_while_playing_prepares_again() {
        let playing = film().prepare(0, 0).start(0, 0);
        assert_eq!(playing.seek(30_000, 900).state, PlayState::Preparing);
        assert_eq!(film().seek(70_000, 900).pos_ms, 60_000);
    }

    #[test]
    fn another_speed_does_not_move_the_film() {
        let playing = film().prepare(0, 0).start(0, 0);
        let slow = playing.at_rate(500, 2_150);
        assert!((slow.expected_ms(2_150.0) - playing.expected_ms(2_150.0)).abs() < f64::EPSILON);
        assert!((slow.expected_ms(4_150.0) - 3_000.0).abs() < f64::EPSILON);
    }
}
