//! Pictures drawn from circles, boxes and strokes, each pixel from the distances around it. No file in the repository, no
//! licence to ask for.

use crate::model::Refusal;
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

const WIDTH: u32 = 1600;
const HEIGHT: u32 = 900;
const PAPER: Rgb<u8> = Rgb([250, 246, 239]);
const INK: Rgb<u8> = Rgb([30, 54, 50]);

const RED: Rgb<u8> = Rgb([214, 84, 72]);
const YELLOW: Rgb<u8> = Rgb([240, 196, 84]);
const BLUE: Rgb<u8> = Rgb([74, 126, 178]);
const GREEN: Rgb<u8> = Rgb([98, 156, 104]);
const ORANGE: Rgb<u8> = Rgb([232, 146, 82]);
const VIOLET: Rgb<u8> = Rgb([142, 112, 170]);

/// Six round colours.
pub fn colours() -> Result<Vec<u8>, Refusal> {
    let mut sheet = Sheet::new();
    for (at, colour) in [RED, YELLOW, BLUE, GREEN, ORANGE, VIOLET].into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "at most 5")]
        let (column, row) = ((at % 3) as f32, (at / 3) as f32);
        sheet.paint(colour, move |x, y| {
            disc(x - (350.0 + 450.0 * column), y - (260.0 + 390.0 * row), 150.0)
        });
    }
    sheet.png()
}

/// Three faces: glad, so-so, sad.
pub fn feelings() -> Result<Vec<u8>, Refusal> {
    let mut sheet = Sheet::new();
    for (centre, ground, bend) in [(350.0, YELLOW, 1.0), (800.0, ORANGE, 0.0), (1250.0, BLUE, -1.0)] {
        sheet.paint(ground, move |x, y| disc(x - centre, y - 450.0, 200.0));
        for side in [-75.0, 75.0] {
            sheet.paint(INK, move |x, y| disc(x - centre - side, y - 395.0, 22.0));
        }
        // A mouth is a thick line along a parabola.
        sheet.paint(INK, move |x, y| {
            let across = (x - centre) / 95.0;
            let line = 530.0 + bend * 45.0 * (0.5 - across * across);
            ((y - line).abs() - 11.0).max((x - centre).abs() - 95.0)
        });
    }
    sheet.png()
}

/// A circle, a square and a triangle.
pub fn shapes() -> Result<Vec<u8>, Refusal> {
    let mut sheet = Sheet::new();
    sheet.paint(RED, |x, y| disc(x - 350.0, y - 450.0, 180.0));
    sheet.paint(GREEN, |x, y| ((x - 800.0).abs() - 165.0).max((y - 450.0).abs() - 165.0));
    sheet.paint(BLUE, |x, y| {
        let side = ((x - 1250.0).abs() * 0.894 + (y - 450.0) * 0.447) - 80.0;
        side.max(y - 620.0)
    });
    sheet.png()
}

/// The distance to the edge of a circle: negative inside.
fn disc(x: f32, y: f32, radius: f32) -> f32 {
    x.hypot(y) - radius
}

struct Sheet(RgbImage);

impl Sheet {
    fn new() -> Self {
        Self(RgbImage::from_pixel(WIDTH, HEIGHT, PAPER))
    }

    /// Paints where `distance` is negative, with an edge one pixel soft.
    fn paint(&mut self, colour: Rgb<u8>, distance: impl Fn(f32, f32) -> f32) {
        for (x, y, pixel) in self.0.enumerate_pixels_mut() {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^24")]
            let cover = (0.5 - distance(x as f32, y as f32)).min(1.0);
            if cover <= 0.0 {
                continue;
            }
            for (under, over) in pixel.0.iter_mut().zip(colour.0) {
                let mixed = f32::from(*under).mul_add(1.0 - cover, f32::from(over) * cover);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "between 0 and 255"
                )]
                let mixed = mixed.round() as u8;
                *under = mixed;
            }
        }
    }

    fn png(self) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Cursor::new(Vec::new());
        self.0
            .write_to(&mut bytes, ImageFormat::Png)
            .map_err(|_| Refusal::Damaged)?;
        Ok(bytes.into_inner())
    }
}
