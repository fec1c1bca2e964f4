//! From an outline to the text of an SVG path: one crossing into the browser for a whole stroke.

use crate::model::ink::Vec2;
use std::fmt::Write;

/// Smooth through the middles of the outline's edges, with the corners as control points; closed.
pub fn svg_path(outline: &[Vec2]) -> String {
    let [first, .., last] = outline else {
        return String::new();
    };
    let mut path = String::with_capacity(outline.len() * 24);
    let [x, y] = middle(*last, *first);
    // Writing to a string cannot fail.
    let _ = write!(path, "M{x:.1} {y:.1}");
    for (n, corner) in outline.iter().enumerate() {
        let [x, y] = middle(*corner, outline[(n + 1) % outline.len()]);
        let _ = write!(path, "Q{:.1} {:.1} {x:.1} {y:.1}", corner[0], corner[1]);
    }
    path.push('Z');
    path
}

fn middle(a: Vec2, b: Vec2) -> Vec2 {
    [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])]
}

#[cfg(test)]
mod tests {
    use super::svg_path;

    #[test]
    fn an_outline_becomes_a_closed_smooth_path() {
        let square = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        assert_eq!(
            svg_path(&square),
            "M0.0 5.0Q0.0 0.0 5.0 0.0Q10.0 0.0 10.0 5.0Q10.0 10.0 5.0 10.0Q0.0 10.0 0.0 5.0Z"
        );
    }

    #[test]
    fn nothing_draws_nothing() {
        assert_eq!(svg_path(&[]), "");
        assert_eq!(svg_path(&[[1.0, 1.0]]), "");
    }
}
