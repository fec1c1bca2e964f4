//! `WebM` (RFC 8794, RFC 9559): elements within elements. Length and size stand before the first cluster.

use super::{Film, milliseconds};

/// So many first bytes hold what we ask for; writers put it right after the header.
pub const HEAD: u64 = 1 << 20;

const EBML: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const TIMESTAMP_SCALE: u32 = 0x002a_d7b1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK_ENTRY: u32 = 0xae;
const VIDEO: u32 = 0xe0;
const PIXEL_WIDTH: u32 = 0xb0;
const PIXEL_HEIGHT: u32 = 0xba;

/// A number whose first byte tells its length: the id keeps that mark, a size drops it.
fn number(bytes: &[u8], keep_mark: bool) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let length = usize::try_from(first.leading_zeros()).ok()? + 1;
    if length > 8 {
        return None;
    }
    let mark = if keep_mark { 0 } else { 0x80_u8 >> (length - 1) };
    let value = bytes
        .get(..length)?
        .iter()
        .skip(1)
        .fold(u64::from(first & !mark), |value, byte| (value << 8) | u64::from(*byte));
    Some((value, length))
}

/// The elements inside an element. One of unknown size, or cut by the end of what we read, goes to the end.
fn elements(mut bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let (id, id_length) = number(bytes, true)?;
        let (size, size_length) = number(bytes.get(id_length..)?, false)?;
        let content = bytes.get(id_length + size_length..)?;
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(content.len());
        let (content, rest) = content.split_at(size);
        bytes = rest;
        Some((u32::try_from(id).ok()?, content))
    })
}

fn child(bytes: &[u8], id: u32) -> Option<&[u8]> {
    elements(bytes)
        .find(|(found, _)| *found == id)
        .map(|(_, content)| content)
}

fn unsigned(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
}

fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f32::from_be_bytes(*bytes.first_chunk()?).into()),
        8 => Some(f64::from_be_bytes(*bytes.first_chunk()?)),
        _ => None,
    }
}

/// Reads the first bytes of a file; `None` without a film in it.
pub fn head(bytes: &[u8]) -> Option<Film> {
    child(bytes, EBML)?;
    let segment = child(bytes, SEGMENT)?;
    let (width, height) = elements(child(segment, TRACKS)?)
        .filter(|(id, _)| *id == TRACK_ENTRY)
        .find_map(|(_, track)| size(child(track, VIDEO)?))?;
    let duration_ms = child(segment, INFO).and_then(length).unwrap_or(0);
    Some(Film {
        width,
        height,
        duration_ms,
    })
}

fn size(video: &[u8]) -> Option<(u32, u32)> {
    let side = |id| {
        u32::try_from(unsigned(child(video, id)?)?)
            .ok()
            .filter(|side| (1..=16_384).contains(side))
    };
    Some((side(PIXEL_WIDTH)?, side(PIXEL_HEIGHT)?))
}

/// `Duration` counts in units of `TimestampScale` nanoseconds, a million by default.
fn length(info: &[u8]) -> Option<u32> {
    const NANOSECONDS: u64 = 1_000_000_000;
    let scale = child(info, TIMESTAMP_SCALE).and_then(unsigned).unwrap_or(1_000_000);
    let units = float(child(info, DURATION)?)?;
    if !(units.is_finite() && (0.0..1e15).contains(&units)) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 1e15 by the check above"
    )]
    let units = units as u64;
    Some(milliseconds(units.saturating_mul(scale), NANOSECONDS))
}

#[cfg(test)]
mod tests {
    use super::{DURATION, EBML, INFO, PIXEL_HEIGHT, PIXEL_WIDTH, SEGMENT, TRACK_ENTRY, TRACKS, VIDEO, head};
    use crate::video::Film;
    use proptest::prelude::*;

    fn element(id: u32, content: &[u8]) -> Vec<u8> {
        let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        let size = 0x1000_0000 | u32::try_from(content.len()).unwrap();
        [&id, size.to_be_bytes().as_slice(), content].concat()
    }

    fn film(info: &[u8], unknown_size: bool) -> Vec<u8> {
        let video = [
            element(PIXEL_WIDTH, &640_u16.to_be_bytes()),
            element(PIXEL_HEIGHT, &360_u16.to_be_bytes()),
        ]
        .concat();
        let tracks = element(TRACKS, &element(TRACK_ENTRY, &element(VIDEO, &video)));
        let segment = [element(INFO, info), tracks].concat();
        let segment = if unknown_size {
            [b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff".as_slice(), &segment].concat()
        } else {
            element(SEGMENT, &segment)
        };
        [element(EBML, b""), segment].concat()
    }

    #[test]
    fn a_film_tells_its_size_and_length() {
        let file = film(&element(DURATION, &8_280.0_f64.to_be_bytes()), false);
        let expected = Film {
            width: 640,
            height: 360,
            duration_ms: 8_280,
        };
        assert_eq!(head(&file), Some(expected));
    }

    #[test]
    fn a_recording_without_length_and_end_still_has_a_size() {
        let expected = Film {
            width: 640,
            height: 360,
            duration_ms: 0,
        };
        assert_eq!(head(&film(b"", true)), Some(expected));
        assert_eq!(
            head(&film(&element(DURATION, &f64::INFINITY.to_be_bytes()), true)),
            Some(expected)
        );
    }

    #[test]
    fn what_has_no_film_is_none() {
        assert_eq!(head(&element(EBML, b"")), None);
        assert_eq!(
            head(&[element(EBML, b""), element(SEGMENT, &element(TRACKS, b""))].concat()),
            None
        );
    }

    proptest! {
        #[test]
        fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _film = head(&bytes);
            let _framed = head(&[element(EBML, b""), element(SEGMENT, &bytes)].concat());
        }
    }
}
