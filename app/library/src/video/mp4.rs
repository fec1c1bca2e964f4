//! ISO base media files (ISO/IEC 14496-12): boxes within boxes. `moov` holds what we ask for, before or after the data.

use super::{Film, milliseconds};

/// A header is at most this long.
pub const HEADER: usize = 16;

/// A box at the top of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopBox {
    pub kind: [u8; 4],
    /// With its header. `None`: to the end of the file.
    pub size: Option<u64>,
    /// Of the header.
    pub header: u64,
}

/// Reads the header of a box; `None` when it makes no sense.
pub fn top_box(bytes: &[u8]) -> Option<TopBox> {
    let short = u32::from_be_bytes(*bytes.first_chunk()?);
    let kind = *bytes.get(4..)?.first_chunk()?;
    let (size, header) = match short {
        0 => (None, 8),
        1 => (Some(u64::from_be_bytes(*bytes.get(8..)?.first_chunk()?)), 16),
        short => (Some(u64::from(short)), 8),
    };
    if size.is_some_and(|size| size < header) {
        return None;
    }
    Some(TopBox { kind, size, header })
}

/// The boxes inside a box, each with its content. Stops where one does not fit.
pub(super) fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let found = top_box(bytes)?;
        let size = match found.size {
            Some(size) => usize::try_from(size).ok()?,
            None => bytes.len(),
        };
        let (whole, rest) = bytes.split_at_checked(size)?;
        bytes = rest;
        Some((found.kind, whole.get(usize::try_from(found.header).ok()?..)?))
    })
}

pub(super) fn child(bytes: &[u8], kind: [u8; 4]) -> Option<&[u8]> {
    boxes(bytes)
        .find(|(found, _)| *found == kind)
        .map(|(_, content)| content)
}

/// What `moov` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movie {
    pub film: Film,
    pub track: Track,
}

/// The track of the pictures: what is needed to read its fragments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Track {
    pub id: u32,
    /// Units per second.
    pub scale: u64,
    /// Units of a picture that does not say its own length.
    pub usual: u64,
}

/// Reads the content of `moov`; `None` without a film in it.
pub fn moov(moov: &[u8]) -> Option<Movie> {
    let trak = boxes(moov)
        .filter(|(kind, _)| kind == b"trak")
        .map(|(_, trak)| trak)
        .find(|trak| is_video(trak))?;
    let (id, width, height) = tkhd(child(trak, *b"tkhd")?)?;
    let (scale, length) = mvhd(child(moov, *b"mvhd")?)?;
    // A fragmented file may keep its length in another place, or nowhere.
    let mvex = child(moov, *b"mvex").unwrap_or_default();
    let fragments = child(mvex, *b"mehd").and_then(mehd).unwrap_or(0);
    let length = if length == 0 { fragments } else { length };
    Some(Movie {
        film: Film {
            width,
            height,
            duration_ms: milliseconds(length, scale),
        },
        track: Track {
            id,
            scale: child(trak, *b"mdia")
                .and_then(|mdia| mdhd(child(mdia, *b"mdhd")?))
                .unwrap_or(0),
            usual: boxes(mvex)
                .find(|(kind, trex)| kind == b"trex" && u32_at(trex, 4) == Some(id))
                .and_then(|(_, trex)| u32_at(trex, 12))
                .map_or(0, u64::from),
        },
    })
}

fn is_video(trak: &[u8]) -> bool {
    child(trak, *b"mdia")
        .and_then(|mdia| child(mdia, *b"hdlr"))
        .and_then(|hdlr| hdlr.get(8..12))
        .is_some_and(|kind| kind == b"vide")
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Units per second and their number.
fn mvhd(content: &[u8]) -> Option<(u64, u64)> {
    match content.first()? {
        0 => Some((
            u32_at(content, 12)?.into(),
            known(u32_at(content, 16)?.into(), u32::MAX.into()),
        )),
        _ => Some((u32_at(content, 20)?.into(), known(u64_at(content, 24)?, u64::MAX))),
    }
}

fn mehd(content: &[u8]) -> Option<u64> {
    match content.first()? {
        0 => u32_at(content, 4).map(u64::from),
        _ => u64_at(content, 4),
    }
}

/// All ones mean "unknown".
const fn known(length: u64, unknown: u64) -> u64 {
    if length == unknown { 0 } else { length }
}

/// Units per second of one track.
fn mdhd(content: &[u8]) -> Option<u64> {
    let at = if *content.first()? == 0 { 12 } else { 20 };
    u32_at(content, at).map(u64::from)
}

/// Id, width and height of a track; the sizes are 16.16 fixed point. A film of no size is none.
fn tkhd(content: &[u8]) -> Option<(u32, u32, u32)> {
    let (id, size) = if *content.first()? == 0 { (12, 76) } else { (20, 88) };
    let (width, height) = (u32_at(content, size)? >> 16, u32_at(content, size + 4)? >> 16);
    (width > 0 && height > 0).then_some((u32_at(content, id)?, width, height))
}

#[cfg(test)]
mod tests {
    use super::{TopBox, moov, top_box};
    use crate::video::Film;
    use proptest::prelude::*;

    fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), &kind, content].concat()
    }

    fn track(handler: [u8; 4], width: u32, height: u32) -> Vec<u8> {
        let mut tkhd = vec![0; 84];
        tkhd[76..80].copy_from_slice(&(width << 16).to_be_bytes());
        tkhd[80..84].copy_from_slice(&(height << 16).to_be_bytes());
        let handler_box = [[0; 8].as_slice(), &handler, &[0; 12]].concat();
        boxed(
            *b"trak",
            &[boxed(*b"tkhd", &tkhd), boxed(*b"mdia", &boxed(*b"hdlr", &handler_box))].concat(),
        )
    }

    fn header(scale: u32, length: u32) -> Vec<u8> {
        let mut mvhd = vec![0; 100];
        mvhd[12..16].copy_from_slice(&scale.to_be_bytes());
        mvhd[16..20].copy_from_slice(&length.to_be_bytes());
        boxed(*b"mvhd", &mvhd)
    }

    #[test]
    fn a_film_tells_its_size_and_length() {
        let file = [header(600, 28_800), track(*b"soun", 0, 0), track(*b"vide", 1280, 720)].concat();
        let expected = Film {
            width: 1280,
            height: 720,
            duration_ms: 48_000,
        };
        assert_eq!(moov(&file).map(|movie| movie.film), Some(expected));
    }

    #[test]
    fn a_fragmented_film_keeps_its_length_elsewhere() {
        let mehd = boxed(*b"mvex", &boxed(*b"mehd", &[[0; 4], 8_300_u32.to_be_bytes()].concat()));
        let file = [header(1000, 0), mehd, track(*b"vide", 640, 360)].concat();
        assert_eq!(moov(&file).unwrap().film.duration_ms, 8_300);
        let unknown = [header(1000, u32::MAX), track(*b"vide", 640, 360)].concat();
        assert_eq!(moov(&unknown).unwrap().film.duration_ms, 0);
    }

    #[test]
    fn sound_alone_is_no_film() {
        assert_eq!(moov(&[header(600, 600), track(*b"soun", 0, 0)].concat()), None);
        assert_eq!(moov(&[header(600, 600), track(*b"vide", 0, 0)].concat()), None);
        assert_eq!(moov(b""), None);
    }

    #[test]
    fn headers_of_every_form() {
        assert_eq!(
            top_box(b"\0\0\0\x18ftyp"),
            Some(TopBox {
                kind: *b"ftyp",
                size: Some(24),
                header: 8
            })
        );
        assert_eq!(
            top_box(b"\0\0\0\0mdat"),
            Some(TopBox {
                kind: *b"mdat",
                size: None,
                header: 8
            })
        );
        let large = top_box(b"\0\0\0\x01mdat\0\0\0\x01\0\0\0\0").unwrap();
        assert_eq!((large.size, large.header), (Some(1 << 32), 16));
        assert_eq!(top_box(b"\0\0\0\x03mdat"), None);
        assert_eq!(top_box(b"\0\0"), None);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _film = moov(&bytes);
            let _framed = moov(&[header(1, 1), boxed(*b"trak", &bytes)].concat());
        }
    }
}
