//! Fragments of an MP4 as a browser records it: the file grows second by second, and only the last fragment knows how long
//! it became.

use super::{
    milliseconds,
    mp4::{Track, boxes, child, u32_at, u64_at},
};

/// Reads the content of a `moof`: when the pictures in it end. `None` when it holds none of the track.
pub fn ends_ms(moof: &[u8], track: Track) -> Option<u32> {
    let ends = boxes(moof)
        .filter(|(kind, _)| kind == b"traf")
        .filter_map(|(_, traf)| ends(traf, track))
        .max()?;
    Some(milliseconds(ends, track.scale))
}

fn ends(traf: &[u8], track: Track) -> Option<u64> {
    let tfhd = child(traf, *b"tfhd")?;
    if u32_at(tfhd, 4)? != track.id {
        return None;
    }
    let usual = usual(tfhd).unwrap_or(track.usual);
    let begins = begins(child(traf, *b"tfdt")?)?;
    let runs = boxes(traf).filter(|(kind, _)| kind == b"trun");
    Some(runs.fold(begins, |at, (_, trun)| {
        at.saturating_add(length(trun, usual).unwrap_or(0))
    }))
}

/// The flags of a box: three bytes after its version.
fn flags(content: &[u8]) -> Option<u32> {
    Some(u32_at(content, 0)? & 0x00ff_ffff)
}

/// The usual length of a picture in this fragment, behind two optional fields.
fn usual(tfhd: &[u8]) -> Option<u64> {
    let flags = flags(tfhd)?;
    let before = if flags & 0x1 == 0 { 0 } else { 8 } + if flags & 0x2 == 0 { 0 } else { 4 };
    if flags & 0x8 == 0 {
        None
    } else {
        u32_at(tfhd, 8 + before).map(u64::from)
    }
}

fn begins(tfdt: &[u8]) -> Option<u64> {
    match tfdt.first()? {
        0 => u32_at(tfdt, 4).map(u64::from),
        _ => u64_at(tfdt, 4),
    }
}

/// The length of a run: each picture's own, or so many times the usual one.
fn length(trun: &[u8], usual: u64) -> Option<u64> {
    let (flags, count) = (flags(trun)?, u32_at(trun, 4)?);
    if flags & 0x100 == 0 {
        return Some(u64::from(count).saturating_mul(usual));
    }
    let first = 8 + [0x1, 0x4].iter().filter(|flag| flags & **flag != 0).count() * 4;
    let each = [0x100, 0x200, 0x400, 0x800]
        .iter()
        .filter(|flag| flags & **flag != 0)
        .count()
        * 4;
    let pictures = trun.get(first..)?.chunks_exact(each).take(usize::try_from(count).ok()?);
    Some(pictures.filter_map(|picture| u32_at(picture, 0)).map(u64::from).sum())
}

#[cfg(test)]
mod tests {
    use super::ends_ms;
    use crate::video::mp4::{Track, boxes, moov};
    use proptest::prelude::*;

    const FILM: &[u8] = include_bytes!("../../assets/calm-sea.mp4");

    fn track() -> Track {
        boxes(FILM)
            .find_map(|(kind, content)| moov(content).filter(|_| kind == *b"moov"))
            .unwrap()
            .track
    }

    #[test]
    fn the_last_fragment_of_a_recording_knows_its_length() {
        let ends: Vec<u32> = boxes(FILM)
            .filter(|(kind, _)| kind == b"moof")
            .filter_map(|(_, moof)| ends_ms(moof, track()))
            .collect();
        assert!(ends.is_sorted() && ends.len() > 5, "{ends:?}");
        assert!((8_000..9_000).contains(ends.last().unwrap()), "{ends:?}");
    }

    #[test]
    fn another_track_does_not_count() {
        let other = Track { id: 9, ..track() };
        assert!(boxes(FILM).all(|(_, content)| ends_ms(content, other).is_none()));
    }

    proptest! {
        #[test]
        fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let size = u32::try_from(bytes.len() + 8).unwrap().to_be_bytes();
            let traf = [&size, b"traf".as_slice(), &bytes].concat();
            let _ends = ends_ms(&traf, track());
        }
    }
}
