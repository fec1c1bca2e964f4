//! Keeps a playing film at its expected position: small errors by a slightly different speed, large ones by a jump.
//! Called once per painted frame (`requestVideoFrameCallback`) with the frame's `mediaTime`.

/// What to do with the element now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Steer {
    /// `playbackRate` for the next frames.
    Rate(f64),
    /// `currentTime`, in seconds.
    Seek(f64),
}

/// Errors in seconds; positive = the film is ahead.
#[derive(Debug, Clone, Copy)]
pub struct Controller {
    /// Below this the film counts as on time.
    good: f64,
    /// Between `good` and this the speed stays as it is (hysteresis).
    keep: f64,
    rate: f64,
}

/// Where speed changes cannot be heard.
const GOOD_S: f64 = 0.020;
const KEEP_S: f64 = 0.040;
/// On iOS they can: a wide dead band.
const WIDE_S: f64 = 0.100;
const JUMP_ABOVE_S: f64 = 1.0;
/// A jump aims a little ahead, because it takes time.
const JUMP_LEAD_S: f64 = 0.050;
const GAIN: f64 = 0.5;
const MOST: f64 = 0.08;

impl Controller {
    /// `audible` where the browser lets one hear a change of speed (iOS).
    pub const fn new(audible: bool) -> Self {
        let (good, keep) = if audible { (WIDE_S, WIDE_S) } else { (GOOD_S, KEEP_S) };
        Self { good, keep, rate: 1.0 }
    }

    /// `media_s`: time of the frame just painted; `expected_s`: where it should be at its display time; `speed`: the
    /// host's chosen speed (1 = normal).
    pub fn step(&mut self, media_s: f64, expected_s: f64, speed: f64) -> Steer {
        let error = media_s - expected_s;
        let size = error.abs();
        if size > JUMP_ABOVE_S {
            self.rate = 1.0;
            return Steer::Seek(expected_s + JUMP_LEAD_S * speed);
        }
        if size < self.good {
            self.rate = 1.0;
        } else if size >= self.keep {
            self.rate = 1.0 - (GAIN * error).clamp(-MOST, MOST);
        }
        Steer::Rate(self.rate * speed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays `seconds` of film at 30 frames per second on an element that follows every command; returns the errors.
    fn play(mut media: f64, skew: f64, seconds: u32, controller: &mut Controller) -> Vec<f64> {
        let (mut rate, mut errors, frame) = (1.0, Vec::new(), 1.0 / 30.0);
        let mut expected = 0.0;
        for _ in 0..seconds * 30 {
            media += frame * rate * skew;
            expected += frame;
            errors.push(media - expected);
            match controller.step(media, expected, 1.0) {
                Steer::Rate(next) => rate = next,
                Steer::Seek(to) => media = to - 0.050, // the jump itself takes 50 ms
            }
        }
        errors
    }

    #[test]
    fn a_forced_error_of_400_ms_is_gone_within_6_seconds_without_a_jump() {
        for start in [-0.4, 0.4] {
            let errors = play(start, 1.0, 8, &mut Controller::new(false));
            assert!(errors.iter().all(|e| e.abs() <= 0.41), "it never gets worse");
            assert!(
                errors[6 * 30..].iter().all(|e| e.abs() < 0.040),
                "{:?}",
                &errors[6 * 30..][..5]
            );
        }
    }

    #[test]
    fn a_large_error_jumps_once() {
        let errors = play(-3.0, 1.0, 2, &mut Controller::new(false));
        assert!(errors[1..].iter().all(|e| e.abs() < 0.040));
    }

    #[test]
    fn a_clock_that_runs_wrong_by_one_percent_stays_within_80_ms() {
        for skew in [0.99, 1.01] {
            let errors = play(0.0, skew, 60, &mut Controller::new(false));
            assert!(errors.iter().all(|e| e.abs() < 0.080));
        }
    }

    #[test]
    fn the_speed_does_not_flutter_between_the_bands() {
        let mut controller = Controller::new(false);
        assert_eq!(
            controller.step(0.030, 0.0, 1.0),
            Steer::Rate(1.0),
            "30 ms late from good: keep"
        );
        let Steer::Rate(slower) = controller.step(0.060, 0.0, 1.0) else {
            panic!()
        };
        assert!(slower < 1.0);
        assert_eq!(
            controller.step(0.030, 0.0, 1.0),
            Steer::Rate(slower),
            "30 ms on the way back: keep correcting"
        );
        assert_eq!(controller.step(0.010, 0.0, 1.0), Steer::Rate(1.0));
    }

    #[test]
    fn ios_changes_speed_only_above_100_ms() {
        let mut controller = Controller::new(true);
        assert_eq!(controller.step(0.090, 0.0, 1.0), Steer::Rate(1.0));
        assert_ne!(controller.step(0.150, 0.0, 1.0), Steer::Rate(1.0));
    }
}
