//! Pixels become WebP in the two kept sizes. No metadata of the source survives: only pixels are carried over.

use crate::model::{Refusal, TALLEST};
use image::{DynamicImage, imageops::FilterType};

const QUALITY: f32 = 84.0;

/// An encoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub webp: Vec<u8>,
}

/// Shrinks to a width, never grows.
pub fn fit(image: &DynamicImage, width: u32) -> DynamicImage {
    let tallest = width * TALLEST;
    if image.width() <= width && image.height() <= tallest {
        return image.clone();
    }
    image.resize(width, tallest, FilterType::Lanczos3)
}

/// A drawing with flat colours is smaller and sharper without loss, a photo with it: with `try_lossless`, both are tried.
///
/// # Errors
/// `Damaged` for pixels that cannot be encoded, such as none.
pub fn encode(image: &DynamicImage, try_lossless: bool) -> Result<Picture, Refusal> {
    let (width, height) = (image.width(), image.height());
    let pixels = image.to_rgba8();
    let encoder = webp::Encoder::from_rgba(&pixels, width, height);
    let attempt = |lossless| {
        encoder
            .encode_simple(lossless, QUALITY)
            .map(|memory| memory.to_vec())
            .map_err(|_| Refusal::Damaged)
    };
    let mut kept = attempt(false)?;
    if try_lossless {
        let exact = attempt(true)?;
        if exact.len() <= kept.len() {
            kept = exact;
        }
    }
    Ok(Picture {
        width,
        height,
        webp: kept,
    })
}
