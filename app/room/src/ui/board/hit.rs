//! Which strokes the eraser touches.

use crate::model::{Point, StrokeId};

/// Half the width of the eraser, in units of the page: a fingertip on a tablet.
pub const ERASER: f64 = 14.0;

/// A stroke as the eraser sees it; the box spares most of them the closer look.
#[derive(Debug, Clone)]
pub struct Target {
    pub id: StrokeId,
    points: Vec<(f64, f64)>,
    reach: f64,
    low: (f64, f64),
    high: (f64, f64),
}

impl Target {
    pub fn new(id: StrokeId, points: &[Point], width: f64) -> Self {
        let points: Vec<_> = points.iter().map(|point| (point.x_units(), point.y_units())).collect();
        let reach = width / 2.0 + ERASER;
        let mut low = (f64::INFINITY, f64::INFINITY);
        let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (x, y) in &points {
            low = (low.0.min(x - reach), low.1.min(y - reach));
            high = (high.0.max(x + reach), high.1.max(y + reach));
        }
        Self {
            id,
            points,
            reach,
            low,
            high,
        }
    }

    /// Whether the eraser's centre at `(x, y)` touches the stroke.
    pub fn is_hit(&self, x: f64, y: f64) -> bool {
        if x < self.low.0 || y < self.low.1 || x > self.high.0 || y > self.high.1 {
            return false;
        }
        match self.points.as_slice() {
            [only] => distance((x, y), *only, *only) <= self.reach,
            points => points
                .windows(2)
                .any(|pair| distance((x, y), pair[0], pair[1]) <= self.reach),
        }
    }
}

/// Of `p` from the segment `a`-`b`.
fn distance(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    let along = if square == 0.0 {
        0.0
    } else {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / square).clamp(0.0, 1.0)
    };
    (p.0 - a.0 - along * dx).hypot(p.1 - a.1 - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ClientId;

    fn line(points: &[(f64, f64)]) -> Target {
        let points: Vec<Point> = points.iter().map(|(x, y)| Point::at(*x, *y, 0.5, 0.0)).collect();
        Target::new(
            StrokeId {
                client: ClientId(1),
                no: 1,
            },
            &points,
            8.0,
        )
    }

    #[test]
    fn a_long_edge_is_hit_in_its_middle() {
        let target = line(&[(100.0, 100.0), (500.0, 100.0)]);
        assert!(target.is_hit(300.0, 110.0));
        assert!(target.is_hit(300.0, 118.0), "just at the reach: 4 + 14");
        assert!(!target.is_hit(300.0, 119.0));
        assert!(!target.is_hit(80.0, 100.0));
    }

    #[test]
    fn a_dot_is_hit_and_a_corner_of_the_box_is_not() {
        assert!(line(&[(50.0, 50.0)]).is_hit(60.0, 60.0));
        let bow = line(&[(0.0, 0.0), (200.0, 0.0), (200.0, 200.0)]);
        assert!(!bow.is_hit(40.0, 160.0), "inside the box, away from the stroke");
    }
}
