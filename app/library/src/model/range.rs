//! The `Range` header of a media request (RFC 9110, 14): one range of bytes, or the whole.

use std::ops::Range;

/// What to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// 200. Also for units, lists and forms we do not serve: a server may ignore them.
    Whole,
    /// 206.
    Part(Range<u64>),
    /// 416: the range begins past the end.
    Outside,
}

/// Reads the header of a request for a file of `length` bytes.
pub fn wanted(header: Option<&str>, length: u64) -> Wanted {
    let Some((first, last)) = header
        .and_then(|header| header.strip_prefix("bytes="))
        .filter(|set| !set.contains(','))
        .and_then(|range| range.split_once('-'))
    else {
        return Wanted::Whole;
    };
    match (number(first), number(last)) {
        (Ok(Some(first)), Ok(last)) => {
            let end = last.map_or(length, |last| last.saturating_add(1).min(length));
            if last.is_some_and(|last| last < first) {
                Wanted::Whole
            } else if first >= length {
                Wanted::Outside
            } else {
                Wanted::Part(first..end)
            }
        }
        // The last n bytes.
        (Ok(None), Ok(Some(0))) => Wanted::Outside,
        (Ok(None), Ok(Some(_))) if length == 0 => Wanted::Outside,
        (Ok(None), Ok(Some(count))) => Wanted::Part(length.saturating_sub(count)..length),
        _ => Wanted::Whole,
    }
}

/// Digits, nothing at all, or something else.
fn number(text: &str) -> Result<Option<u64>, ()> {
    match text {
        "" => Ok(None),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(text.parse().unwrap_or(u64::MAX))),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, wanted};
    use proptest::prelude::*;

    #[test]
    fn ranges_as_browsers_ask_for_them() {
        let of = |header| wanted(Some(header), 1000);
        assert_eq!(wanted(None, 1000), Wanted::Whole);
        assert_eq!(of("bytes=0-1"), Wanted::Part(0..2));
        assert_eq!(of("bytes=0-"), Wanted::Part(0..1000));
        assert_eq!(of("bytes=999-999"), Wanted::Part(999..1000));
        assert_eq!(of("bytes=500-99999999999999999999999"), Wanted::Part(500..1000));
        assert_eq!(of("bytes=-1"), Wanted::Part(999..1000));
        assert_eq!(of("bytes=-5000"), Wanted::Part(0..1000));
    }

    #[test]
    fn ranges_outside_and_ranges_we_ignore() {
        let of = |header| wanted(Some(header), 1000);
        for outside in ["bytes=1000-", "bytes=1000-1001", "bytes=-0"] {
            assert_eq!(of(outside), Wanted::Outside, "{outside}");
        }
        for ignored in [
            "items=0-1",
            "bytes=0-1,5-6",
            "bytes=5-2",
            "bytes=a-b",
            "bytes=-",
            "bytes",
            "bytes=+1-2",
        ] {
            assert_eq!(of(ignored), Wanted::Whole, "{ignored}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Outside);
        assert_eq!(wanted(Some("bytes=-1"), 0), Wanted::Outside);
    }

    proptest! {
        #[test]
        fn a_part_always_fits(header in "bytes=[0-9]{0,5}-[0-9]{0,5}", length in 0_u64..20_000) {
            if let Wanted::Part(range) = wanted(Some(&header), length) {
                prop_assert!(range.start < range.end && range.end <= length);
            }
        }
    }
}
