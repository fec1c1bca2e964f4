//! Fewer points for a finished stroke: Ramer-Douglas-Peucker, without recursion.

use super::{Point, Points};

/// Drops every point that lies within `eps` units of the line between its kept neighbours.
pub fn simplify(points: &Points, eps: f64) -> Points {
    if points.len() < 3 {
        return points.clone();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut spans = vec![(0, points.len() - 1)];
    while let Some((from, to)) = spans.pop() {
        let farthest = (from + 1..to)
            .map(|n| (n, distance(points[n], points[from], points[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((n, far)) = farthest
            && far > eps
        {
            keep[n] = true;
            spans.extend([(from, n), (n, to)]);
        }
    }
    let mut passed = 0_u32;
    let mut out = Vec::new();
    for (point, keep) in points.iter().zip(keep) {
        passed += u32::from(point.dt);
        if keep {
            // The time of dropped points is kept, as far as a byte reaches.
            let dt = u8::try_from(passed).unwrap_or(u8::MAX);
            out.push(Point { dt, ..*point });
            passed = 0;
        }
    }
    out.into()
}

/// Distance of `p` from the segment `a`-`b`, in units.
fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (ax, ay) = (a.x_units(), a.y_units());
    let (dx, dy) = (b.x_units() - ax, b.y_units() - ay);
    let (px, py) = (p.x_units() - ax, p.y_units() - ay);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 {
        0.0
    } else {
        ((px * dx + py * dy) / length).clamp(0.0, 1.0)
    };
    (px - along * dx).hypot(py - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_keeps_its_ends_and_a_corner_stays() {
        let line: Vec<Point> = (0..50).map(|n| Point::at(f64::from(n), 10.0, 0.5, 4.0)).collect();
        let short = simplify(&line.clone().into(), 0.5);
        assert_eq!((short.len(), short[1].x, short[1].dt), (2, 49 * 8, 196));
        let corner: Vec<Point> = line
            .into_iter()
            .chain((1..50).map(|n| Point::at(49.0, 10.0 + f64::from(n), 0.5, 4.0)))
            .collect();
        assert_eq!(simplify(&corner.into(), 0.5).len(), 3);
    }
}
