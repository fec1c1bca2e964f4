//! Arithmetic of places and directions on the page.

/// A place on the page, in units.
pub type Vec2 = [f64; 2];

pub(super) fn add(a: Vec2, b: Vec2) -> Vec2 {
    [a[0] + b[0], a[1] + b[1]]
}
pub(super) fn sub(a: Vec2, b: Vec2) -> Vec2 {
    [a[0] - b[0], a[1] - b[1]]
}
pub(super) fn scale(a: Vec2, by: f64) -> Vec2 {
    [a[0] * by, a[1] * by]
}
pub(super) fn turned(a: Vec2) -> Vec2 {
    [a[1], -a[0]]
}
pub(super) fn dot(a: Vec2, b: Vec2) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}
pub(super) fn square(a: Vec2) -> f64 {
    dot(a, a)
}
pub(super) fn length(a: Vec2) -> f64 {
    a[0].hypot(a[1])
}
pub(super) fn unit(a: Vec2) -> Vec2 {
    let length = length(a);
    [a[0] / length, a[1] / length]
}
pub(super) fn lerp(a: Vec2, b: Vec2, share: f64) -> Vec2 {
    add(a, scale(sub(b, a), share))
}
#[expect(clippy::float_cmp, reason = "only the very same place is skipped")]
pub(super) fn same(a: Vec2, b: Vec2) -> bool {
    a == b
}
pub(super) fn rotate(a: Vec2, around: Vec2, by: f64) -> Vec2 {
    let (sin, cos) = by.sin_cos();
    let [x, y] = sub(a, around);
    [x * cos - y * sin + around[0], x * sin + y * cos + around[1]]
}
