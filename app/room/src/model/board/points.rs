//! Points on the wire: zig-zag varints of deltas in 1/8 unit, one byte of pressure, one of time: 3 to 4 bytes each.
//! Every chunk stands alone (its first delta counts from the origin), so a lost chunk spoils nothing after it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, ops::Deref};

/// Steps per unit of the page.
const STEPS: f64 = 8.0;

/// A point of a stroke. `x`, `y` in 1/8 unit of the 1600 x 900 page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    pub x: i16,
    pub y: i16,
    /// 0 to 255; 128 where the device reports none.
    pub pressure: u8,
    /// Milliseconds since the point before, at most 255.
    pub dt: u8,
}

impl Point {
    /// From page units, pressure 0..1 and milliseconds since the point before. What lies far outside is pulled in.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, which is the pulling in"
    )]
    pub fn at(x: f64, y: f64, pressure: f64, dt_ms: f64) -> Self {
        Self {
            x: (x * STEPS).round() as i16,
            y: (y * STEPS).round() as i16,
            pressure: (pressure * 255.0).round() as u8,
            dt: dt_ms.round() as u8,
        }
    }

    pub fn x_units(self) -> f64 {
        f64::from(self.x) / STEPS
    }

    pub fn y_units(self) -> f64 {
        f64::from(self.y) / STEPS
    }

    pub fn pressure_share(self) -> f64 {
        f64::from(self.pressure) / 255.0
    }
}

/// A run of points; serialised as one byte string.
#[derive(Clone, PartialEq, Eq, Default, Hash)]
pub struct Points(Vec<Point>);

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} points]", self.0.len())
    }
}

impl From<Vec<Point>> for Points {
    fn from(points: Vec<Point>) -> Self {
        Self(points)
    }
}

impl Deref for Points {
    type Target = [Point];
    fn deref(&self) -> &[Point] {
        &self.0
    }
}

impl Points {
    pub fn extend(&mut self, more: &Self) {
        self.0.extend_from_slice(&more.0);
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() * 4 + 4);
        let (mut x, mut y) = (0, 0);
        for point in &self.0 {
            varint(&mut out, i32::from(point.x) - x);
            varint(&mut out, i32::from(point.y) - y);
            out.extend([point.pressure, point.dt]);
            (x, y) = (i32::from(point.x), i32::from(point.y));
        }
        out
    }

    /// `None` for anything `encode` did not make: a cut chunk, a number that is too long, a place outside `i16`.
    pub fn decode(mut bytes: &[u8]) -> Option<Self> {
        let mut points = Vec::with_capacity(bytes.len() / 4);
        let (mut x, mut y) = (0_i32, 0_i32);
        while !bytes.is_empty() {
            x += take(&mut bytes)?;
            y += take(&mut bytes)?;
            let (&[pressure, dt], rest) = bytes.split_first_chunk()?;
            bytes = rest;
            points.push(Point {
                x: i16::try_from(x).ok()?,
                y: i16::try_from(y).ok()?,
                pressure,
                dt,
            });
        }
        Some(Self(points))
    }
}

#[expect(
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    reason = "zig-zag and base 128 work on bits"
)]
fn varint(out: &mut Vec<u8>, delta: i32) {
    let mut bits = ((delta << 1) ^ (delta >> 31)) as u32;
    while bits >= 0x80 {
        out.push(bits as u8 | 0x80);
        bits >>= 7;
    }
    out.push(bits as u8);
}

/// A delta of two `i16` has 17 bits: three bytes at most.
#[expect(clippy::cast_possible_wrap, reason = "zig-zag works on bits")]
fn take(bytes: &mut &[u8]) -> Option<i32> {
    let mut bits = 0_u32;
    for shift in [0, 7, 14] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        bits |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((bits >> 1) as i32 ^ -((bits & 1) as i32));
        }
    }
    None
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.encode())
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Chunk;
        impl de::Visitor<'_> for Chunk {
            type Value = Points;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a chunk of points")
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Points, E> {
                Points::decode(bytes).ok_or_else(|| E::custom("not a chunk of points"))
            }
        }
        deserializer.deserialize_bytes(Chunk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub fn point() -> impl Strategy<Value = Point> {
        (any::<i16>(), any::<i16>(), any::<u8>(), any::<u8>()).prop_map(|(x, y, pressure, dt)| Point {
            x,
            y,
            pressure,
            dt,
        })
    }

    #[test]
    fn handwriting_costs_three_to_four_bytes_a_point() {
        let line: Vec<Point> = (0..100)
            .map(|n| Point::at(200.0 + f64::from(n) * 2.5, 400.0 + f64::from(n % 7), 0.5, 8.0))
            .collect();
        let bytes = Points::from(line).encode().len();
        assert!((300..=404).contains(&bytes), "{bytes} bytes for 100 points");
    }

    #[test]
    fn a_place_far_outside_is_pulled_in() {
        let point = Point::at(1e9, -1e9, 7.0, 9_999.0);
        assert_eq!(
            (point.x, point.y, point.pressure, point.dt),
            (i16::MAX, i16::MIN, 255, 255)
        );
    }

    proptest! {
        #[test]
        fn points_come_back_as_they_went(points in proptest::collection::vec(point(), 0..300)) {
            let points = Points::from(points);
            prop_assert_eq!(Points::decode(&points.encode()), Some(points.clone()));
            let wire = postcard::to_allocvec(&points).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Points>(&wire).unwrap(), points);
        }

        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Some(points) = Points::decode(&bytes) {
                prop_assert!(points.len() * 4 <= bytes.len());
            }
        }
    }
}
