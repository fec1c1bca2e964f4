//! Pictures are decoded whole, turned upright and encoded anew: what hid in the file stays behind.

use super::{CheckError, Kept, Measures, Use, Work};
use crate::{
    model::{FileKind, PICTURE_PIXELS, Refusal, WIDTH, WIDTH_SMALL, sniff},
    raster::{Picture, encode, fit},
};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Memory of one decoder: 40 megapixels of four 16-bit channels, and room to work.
const MEMORY: u64 = 512 * 1024 * 1024;

pub(super) async fn check(work: &Work<'_>) -> Result<Kept, CheckError> {
    let bytes = work.source.read(0..work.source.length()).await?;
    // A decoder that panics fails the file, not the server.
    let (full, small) = tokio::task::spawn_blocking(move || remake(&bytes))
        .await
        .map_err(|_| Refusal::Damaged)??;
    let assets = vec![
        work.keep("full".to_owned(), Use::Full, 0, &full.webp).await?,
        work.keep("small".to_owned(), Use::Small, 0, &small.webp).await?,
    ];
    let measures = Measures {
        width: full.width,
        height: full.height,
        ..Measures::default()
    };
    Ok(Kept { measures, assets })
}

/// The picture in both kept sizes.
///
/// # Errors
/// `WrongKind`, `TooManyPixels`, `Damaged`.
pub fn remake(bytes: &[u8]) -> Result<(Picture, Picture), Refusal> {
    let format = match sniff(bytes) {
        Some(FileKind::Jpeg) => ImageFormat::Jpeg,
        Some(FileKind::Png) => ImageFormat::Png,
        Some(FileKind::Webp) => ImageFormat::WebP,
        _ => return Err(Refusal::WrongKind),
    };
    let image = decode(bytes, format)?;
    let try_lossless = format == ImageFormat::Png;
    let full = fit(&image, WIDTH);
    drop(image);
    let small = fit(&full, WIDTH_SMALL);
    Ok((encode(&full, try_lossless)?, encode(&small, try_lossless)?))
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refusal> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    // Asked before a single pixel is decoded.
    if u64::from(width) * u64::from(height) > PICTURE_PIXELS {
        return Err(Refusal::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(|_| Refusal::Damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
    image.apply_orientation(orientation);
    Ok(image)
}

#[cfg(test)]
mod tests {
    use super::{Refusal, remake};
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
    use std::io::Cursor;

    /// Left half red, right half blue.
    fn halves(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgb([255, 0, 0])
            } else {
                Rgb([0, 0, 255])
            }
        })
        .into()
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with an EXIF block that says "turned by 90 degrees" and names a place.
    fn turned_jpeg(image: &DynamicImage) -> Vec<u8> {
        let jpeg = encoded(image, ImageFormat::Jpeg);
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"canary: 52.5200 N");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn a_picture_comes_out_in_two_widths() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let (full, small) = remake(&encoded(&halves(2000, 1000), format)).unwrap();
            assert_eq!((full.width, full.height), (1600, 800));
            assert_eq!((small.width, small.height), (480, 240));
            assert!(full.webp.starts_with(b"RIFF"));
        }
        let (full, small) = remake(&encoded(&halves(100, 50), ImageFormat::Png)).unwrap();
        assert_eq!((full.width, small.width), (100, 100), "a small picture does not grow");
    }

    #[test]
    fn a_picture_taken_sideways_stands_upright_and_forgets_where() {
        let jpeg = turned_jpeg(&halves(80, 40));
        assert!(jpeg.windows(6).any(|w| w == b"canary"));
        let (full, _) = remake(&jpeg).unwrap();
        assert_eq!((full.width, full.height), (40, 80));
        assert!(!full.webp.windows(6).any(|w| w == b"canary" || w == b"Exif\0\0"));
        // Turned clockwise, the red left half is on top.
        let upright = image::load_from_memory(&full.webp).unwrap().to_rgb8();
        assert!(upright.get_pixel(20, 5)[0] > 200 && upright.get_pixel(20, 75)[2] > 200);
    }

    #[test]
    fn a_cut_or_garbled_picture_is_damaged() {
        let png = encoded(&halves(200, 100), ImageFormat::Png);
        assert_eq!(remake(&png[..png.len() / 2]).unwrap_err(), Refusal::Damaged);
        assert_eq!(remake(&png[..20]).unwrap_err(), Refusal::Damaged);
        let jpeg = encoded(&halves(200, 100), ImageFormat::Jpeg);
        assert_eq!(remake(&jpeg[..60]).unwrap_err(), Refusal::Damaged);
        assert_eq!(remake(b"%PDF-1.7").unwrap_err(), Refusal::WrongKind);
    }

    #[test]
    fn a_pixel_flood_is_refused_before_it_is_decoded() {
        let mut png = encoded(&halves(8, 8), ImageFormat::Png);
        // Width and height of the header, and its checksum.
        png[16..20].copy_from_slice(&40_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&40_000_u32.to_be_bytes());
        let sum = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(remake(&png).unwrap_err(), Refusal::TooManyPixels);
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |mut crc, byte| {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                };
            }
            crc
        })
    }
}
