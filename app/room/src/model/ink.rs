//! Stroke outlines: a port of `getStroke` of perfect-freehand 1.2.3 (MIT, Stephen Ruiz) with round caps and no taper,
//! held to the original by golden outputs (`tests/fixtures/freehand.json`). The names of its steps are kept.

mod plane;

use super::{Stroke, Tool};
pub use plane::Vec2;
use plane::{add, dot, length, lerp, rotate, same, scale, square, sub, turned, unit};
use std::f64::consts::PI;

/// Slightly more than a half turn, so that caps overlap the sides.
const HALF_TURN: f64 = PI + 1e-4;
/// Points of a round cap or a sharp corner.
const CAP_STEPS: f64 = 13.0;
const END_CAP_STEPS: f64 = 29.0;
/// How quickly simulated pressure follows speed.
const RATE_OF_PRESSURE: f64 = 0.275;
/// Points this close to the end are left out, or they would make a knot.
const END_NOISE: f64 = 3.0;

#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Width of the line at pressure 0.5.
    pub size: f64,
    /// How much pressure changes the width, 0 to 1.
    pub thinning: f64,
    pub smoothing: f64,
    pub streamline: f64,
    /// From speed, for devices that report none.
    pub simulate_pressure: bool,
    /// The stroke is finished: its last point is kept exactly.
    pub last: bool,
}

/// A point as it comes in; `pressure` is `None` where interpolated.
#[derive(Debug, Clone, Copy)]
pub struct InkPoint {
    pub at: Vec2,
    pub pressure: Option<f64>,
}

struct StrokePoint {
    at: Vec2,
    pressure: f64,
    vector: Vec2,
    distance: f64,
    running: f64,
}

/// The polygon to fill for a stroke of the board.
pub fn outline_of(stroke: &Stroke) -> Vec<Vec2> {
    let points: Vec<InkPoint> = stroke
        .points
        .iter()
        .map(|point| InkPoint {
            at: [point.x_units(), point.y_units()],
            pressure: Some(point.pressure_share()),
        })
        .collect();
    // A device without pressure reports one value all along.
    let flat = stroke
        .points
        .windows(2)
        .all(|pair| pair[0].pressure == pair[1].pressure);
    let marker = stroke.ink.tool == Tool::Marker;
    outline(
        &points,
        &Options {
            size: stroke.ink.width.units(stroke.ink.tool),
            thinning: if marker { 0.0 } else { 0.5 },
            smoothing: 0.5,
            streamline: 0.5,
            simulate_pressure: flat,
            last: stroke.ended,
        },
    )
}

/// The polygon to fill, in the order of its edge.
pub fn outline(points: &[InkPoint], options: &Options) -> Vec<Vec2> {
    outline_points(&stroke_points(points, options), options)
}

fn stroke_points(input: &[InkPoint], options: &Options) -> Vec<StrokePoint> {
    let follow = 0.15 + (1.0 - options.streamline) * 0.85;
    let points = spread(input);
    let Some(first) = points.first() else { return Vec::new() };
    let mut out = vec![StrokePoint {
        at: first.at,
        pressure: first.pressure.unwrap_or(0.25),
        vector: [1.0, 1.0],
        distance: 0.0,
        running: 0.0,
    }];
    let (mut moving, mut running, last) = (false, 0.0, points.len() - 1);
    let mut before = first.at;
    for (n, point) in points.iter().enumerate().skip(1) {
        let at = if options.last && n == last {
            point.at
        } else {
            lerp(before, point.at, follow)
        };
        if same(before, at) {
            continue;
        }
        let distance = length(sub(at, before));
        running += distance;
        // Nothing until the pen has gone its own width: no dot at the start.
        if n < last && !moving {
            if running < options.size {
                continue;
            }
            moving = true;
        }
        out.push(StrokePoint {
            at,
            pressure: point.pressure.unwrap_or(0.5),
            vector: unit(sub(before, at)),
            distance,
            running,
        });
        before = at;
    }
    out[0].vector = out.get(1).map_or([0.0, 0.0], |second| second.vector);
    out
}

/// Two points become five and one becomes two, so that there is a direction.
fn spread(input: &[InkPoint]) -> Vec<InkPoint> {
    match *input {
        [only] => vec![
            only,
            InkPoint {
                at: add(only.at, [1.0, 1.0]),
                ..only
            },
        ],
        [from, to] => std::iter::once(from)
            .chain((1..5).map(|n| InkPoint {
                at: lerp(from.at, to.at, f64::from(n) / 4.0),
                pressure: None,
            }))
            .collect(),
        _ => input.to_vec(),
    }
}

fn outline_points(points: &[StrokePoint], options: &Options) -> Vec<Vec2> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let Options { size, thinning, .. } = *options;
    if size <= 0.0 {
        return Vec::new();
    }
    let total = last.running;
    let min_gap = (size * options.smoothing).powi(2);
    let (mut left, mut right): (Vec<Vec2>, Vec<Vec2>) = (Vec::new(), Vec::new());
    let mut pressure_before = first_pressure(points, options);
    let mut radius = radius_at(size, thinning, last.pressure);
    let mut first_radius = None;
    let mut vector_before = first.vector;
    let (mut left_end, mut right_end) = (first.at, first.at);
    let mut after_corner = false;

    for (n, point) in points.iter().enumerate() {
        let is_last = n == points.len() - 1;
        if !is_last && total - point.running < END_NOISE {
            continue;
        }
        let mut pressure = point.pressure;
        if thinning == 0.0 {
            radius = size / 2.0;
        } else {
            if options.simulate_pressure {
                pressure = simulate(pressure_before, point.distance, size);
            }
            radius = radius_at(size, thinning, pressure);
        }
        first_radius.get_or_insert(radius);
        radius = radius.max(0.01);

        let next = if is_last { point.vector } else { points[n + 1].vector };
        let turn = if is_last { 1.0 } else { dot(point.vector, next) };
        let sharp_next = turn < 0.0;
        if sharp_next || (dot(point.vector, vector_before) < 0.0 && !after_corner) {
            let side = scale(turned(vector_before), radius);
            for step in steps(0.0, 1.0 / CAP_STEPS, |at| at <= 1.0) {
                left_end = rotate(sub(point.at, side), point.at, HALF_TURN * step);
                right_end = rotate(add(point.at, side), point.at, HALF_TURN * -step);
                left.push(left_end);
                right.push(right_end);
            }
            if sharp_next {
                after_corner = true;
            }
            continue;
        }
        after_corner = false;
        if is_last {
            let side = scale(turned(point.vector), radius);
            left.push(sub(point.at, side));
            right.push(add(point.at, side));
            continue;
        }
        let side = scale(turned(lerp(next, point.vector, turn)), radius);
        let (on_left, on_right) = (sub(point.at, side), add(point.at, side));
        if n <= 1 || square(sub(left_end, on_left)) > min_gap {
            left.push(on_left);
            left_end = on_left;
        }
        if n <= 1 || square(sub(right_end, on_right)) > min_gap {
            right.push(on_right);
            right_end = on_right;
        }
        pressure_before = pressure;
        vector_before = point.vector;
    }

    if points.len() == 1 {
        return dot_shape(first.at, first_radius.unwrap_or(radius));
    }
    let start_cap: Vec<Vec2> = right.first().map_or_else(Vec::new, |from| {
        let step = 1.0 / CAP_STEPS;
        steps(step, step, |at| at <= 1.0)
            .map(|at| rotate(*from, first.at, HALF_TURN * at))
            .collect()
    });
    let end = add(last.at, scale(turned(scale(last.vector, -1.0)), radius));
    let step = 1.0 / END_CAP_STEPS;
    left.extend(steps(step, step, |at| at < 1.0).map(|at| rotate(end, last.at, HALF_TURN * 3.0 * at)));
    left.extend(right.into_iter().rev());
    left.extend(start_cap);
    left
}

fn dot_shape(center: Vec2, radius: f64) -> Vec<Vec2> {
    let away = unit(turned(sub(center, add(center, [1.0, 1.0]))));
    let start = add(center, scale(away, -radius));
    let step = 1.0 / CAP_STEPS;
    steps(step, step, |at| at <= 1.0)
        .map(|at| rotate(start, center, HALF_TURN * 2.0 * at))
        .collect()
}

fn first_pressure(points: &[StrokePoint], options: &Options) -> f64 {
    let start = points.first().map_or(0.25, |point| point.pressure);
    points.iter().take(10).fold(start, |before, point| {
        let pressure = if options.simulate_pressure {
            simulate(before, point.distance, options.size)
        } else {
            point.pressure
        };
        f64::midpoint(before, pressure)
    })
}

fn simulate(before: f64, distance: f64, size: f64) -> f64 {
    let speed = (distance / size).min(1.0);
    let wanted = (1.0 - speed).min(1.0);
    (before + (wanted - before) * (speed * RATE_OF_PRESSURE)).min(1.0)
}

fn radius_at(size: f64, thinning: f64, pressure: f64) -> f64 {
    size * (0.5 - thinning * (0.5 - pressure))
}

/// Adds up in floating point exactly as the original's loops do, so that the number of points is the same.
fn steps(from: f64, step: f64, goes_on: impl Fn(f64) -> bool) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(from), move |at| Some(at + step)).take_while(move |at| goes_on(*at))
}

#[cfg(test)]
mod tests;
