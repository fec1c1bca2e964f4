//! The life signs of one connection: when to ping, and when to stop believing in it. Pure: the page's own clock is passed
//! in, in milliseconds.

use crate::{DEAD_AFTER_MS, PING_EVERY_MS};

/// After a doubt the line has this long to say something: a change of network, a page that slept.
const DOUBT_MS: f64 = 1_500.0;
/// A look that comes so late means that the page stood still, and with it its ears. A page in the back looks once a second.
const STOOD_STILL_MS: f64 = 1_600.0;
/// How often the line is looked at.
pub const LOOK_EVERY_MS: u32 = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Fine,
    /// Nothing to worry about, but it is time for a ping.
    Ping,
    /// Take another connection.
    Dead,
}

#[derive(Debug, Clone, Copy)]
pub struct Pulse {
    begun_at: f64,
    /// Without any answer it is given up after so long.
    patience_ms: f64,
    /// The last byte of the other side; `None` before the first.
    heard_at: Option<f64>,
    pinged_at: f64,
    looked_at: f64,
    doubted_at: Option<f64>,
}

impl Pulse {
    /// Of a connection that is begun now.
    pub const fn new(now: f64, patience_ms: f64) -> Self {
        Self {
            begun_at: now,
            patience_ms,
            heard_at: None,
            pinged_at: now,
            looked_at: now,
            doubted_at: None,
        }
    }

    pub const fn begun_at(&self) -> f64 {
        self.begun_at
    }

    /// The other side answered, or said anything.
    pub const fn heard(&mut self, now: f64) {
        self.heard_at = Some(now);
        self.doubted_at = None;
    }

    /// Something speaks against the line: it must prove itself soon.
    pub const fn doubt(&mut self, now: f64) {
        if self.doubted_at.is_none() {
            self.doubted_at = Some(now);
        }
    }

    pub fn look(&mut self, now: f64) -> Sign {
        let stood_still = now - self.looked_at > STOOD_STILL_MS;
        self.looked_at = now;
        let Some(heard_at) = self.heard_at else {
            let over = now - self.begun_at > self.patience_ms && !stood_still;
            return if over { Sign::Dead } else { Sign::Fine };
        };
        if stood_still {
            // What arrived meanwhile is still to be read: no reason to give up, a reason to ask.
            self.doubted_at = Some(now);
            self.pinged_at = now;
            return Sign::Ping;
        }
        if self.doubted_at.is_some_and(|at| now - at > DOUBT_MS) {
            return Sign::Dead;
        }
        if self.doubted_at.is_none() && now - heard_at > f64::from(DEAD_AFTER_MS) {
            return Sign::Dead;
        }
        let newly_doubted = self.doubted_at.is_some_and(|at| self.pinged_at < at);
        if newly_doubted || now - self.pinged_at >= f64::from(PING_EVERY_MS) {
            self.pinged_at = now;
            return Sign::Ping;
        }
        Sign::Fine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks from `from` to `to` at the usual pace; what was seen besides `Fine`, and when.
    fn watch(pulse: &mut Pulse, from: u32, to: u32, mut hears: impl FnMut(f64) -> bool) -> Vec<(f64, Sign)> {
        let mut signs = Vec::new();
        for now in (from..to).step_by(LOOK_EVERY_MS as usize).map(f64::from) {
            if hears(now) {
                pulse.heard(now);
            }
            match pulse.look(now) {
                Sign::Fine => {}
                sign => signs.push((now, sign)),
            }
        }
        signs
    }

    fn died_at(signs: &[(f64, Sign)]) -> Option<f64> {
        signs.iter().find(|(_, sign)| *sign == Sign::Dead).map(|(at, _)| *at)
    }

    #[test]
    fn a_line_that_answers_lives_and_is_pinged_every_two_seconds() {
        let mut pulse = Pulse::new(0.0, 1_200.0);
        let signs = watch(&mut pulse, 200, 60_000, |_| true);
        assert_eq!(died_at(&signs), None);
        assert!((29..=30).contains(&signs.len()), "{}", signs.len());
    }

    #[test]
    fn silence_is_noticed_after_five_seconds() {
        let mut pulse = Pulse::new(0.0, 1_200.0);
        let at = died_at(&watch(&mut pulse, 200, 30_000, |now| now < 10_000.0)).unwrap();
        assert!((14_800.0..=15_400.0).contains(&at), "{at}");
    }

    #[test]
    fn an_attempt_without_an_answer_is_given_up_after_its_patience() {
        let mut pulse = Pulse::new(0.0, 1_200.0);
        let at = died_at(&watch(&mut pulse, 200, 10_000, |_| false)).unwrap();
        assert!((1_200.0..=1_600.0).contains(&at), "{at}");
    }

    #[test]
    fn a_doubt_shortens_the_wait_and_an_answer_ends_it() {
        let mut pulse = Pulse::new(0.0, 1_200.0);
        watch(&mut pulse, 200, 10_000, |_| true);
        pulse.doubt(10_000.0);
        let signs = watch(&mut pulse, 10_000, 21_000, |now| (10_400.0..15_000.0).contains(&now));
        assert_eq!(signs.first(), Some(&(10_000.0, Sign::Ping)), "asked at once");
        assert!(
            died_at(&signs).unwrap() > 19_000.0,
            "it had answered; the later silence counts as usual"
        );

        pulse = Pulse::new(0.0, 1_200.0);
        watch(&mut pulse, 200, 10_000, |_| true);
        pulse.doubt(10_000.0);
        let at = died_at(&watch(&mut pulse, 10_000, 20_000, |_| false)).unwrap();
        assert!((11_500.0..=12_000.0).contains(&at), "{at}");
    }

    #[test]
    fn a_page_that_slept_asks_before_it_gives_up() {
        let mut pulse = Pulse::new(0.0, 1_200.0);
        watch(&mut pulse, 200, 1_000, |_| true);
        assert_eq!(pulse.look(60_000.0), Sign::Ping);
        pulse.heard(60_050.0);
        assert_eq!(died_at(&watch(&mut pulse, 60_200, 64_000, |_| false)), None);
    }
}
