//! The others' laser: a dot with a tail that fades within a second. Nothing of it is kept.

use crate::model::ParticipantId;
use std::collections::BTreeMap;

pub const FADE_MS: f64 = 1_000.0;
/// A tail is a second of 30 positions.
const LONGEST: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// In units of the page.
    pub x: f64,
    pub y: f64,
    at_ms: f64,
}

/// By person; the newest spot last.
#[derive(Debug, Default)]
pub struct Trails(BTreeMap<ParticipantId, Vec<Spot>>);

impl Trails {
    pub fn add(&mut self, who: ParticipantId, x: f64, y: f64, at_ms: f64) {
        let trail = self.0.entry(who).or_default();
        if trail.len() == LONGEST {
            trail.remove(0);
        }
        trail.push(Spot { x, y, at_ms });
    }

    /// Drops what has faded. Whether anything is left to paint.
    pub fn fade(&mut self, now_ms: f64) -> bool {
        for trail in self.0.values_mut() {
            trail.retain(|spot| now_ms - spot.at_ms < FADE_MS);
        }
        self.0.retain(|_, trail| !trail.is_empty());
        !self.0.is_empty()
    }

    /// Each spot with its strength, 1 for now and 0 for gone.
    pub fn spots(&self, now_ms: f64) -> impl Iterator<Item = (Spot, f64)> {
        self.0
            .values()
            .flatten()
            .map(move |spot| (*spot, (1.0 - (now_ms - spot.at_ms) / FADE_MS).clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_fades_within_a_second() {
        let mut trails = Trails::default();
        trails.add(ParticipantId(1), 10.0, 10.0, 0.0);
        trails.add(ParticipantId(1), 20.0, 10.0, 600.0);
        assert!(trails.fade(900.0));
        let strengths: Vec<f64> = trails.spots(1_100.0).map(|(_, strength)| strength).collect();
        assert!(strengths[0].abs() < f64::EPSILON && (strengths[1] - 0.5).abs() < 1e-9);
        assert!(trails.fade(1_100.0) && trails.spots(1_100.0).count() == 1);
        assert!(!trails.fade(1_700.0));
    }
}
