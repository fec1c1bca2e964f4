//! What a file is, by its first bytes. A name or a declared type is a promise; the bytes are the fact.

use super::ItemKind;

/// So many first bytes decide.
pub const SNIFFED: usize = 64;

/// The formats we take, and no other (security.md 4.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Mp4,
    Webm,
}

impl FileKind {
    pub const fn item(self) -> ItemKind {
        match self {
            Self::Jpeg | Self::Png | Self::Webp => ItemKind::Picture,
            Self::Pdf => ItemKind::Document,
            Self::Mp4 | Self::Webm => ItemKind::Video,
        }
    }

    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }

    /// What a browser or a file's ending calls it.
    fn named(word: &str) -> Option<Self> {
        match word {
            "image/jpeg" | "jpg" | "jpeg" => Some(Self::Jpeg),
            "image/png" | "png" => Some(Self::Png),
            "image/webp" | "webp" => Some(Self::Webp),
            "application/pdf" | "pdf" => Some(Self::Pdf),
            "video/mp4" | "mp4" | "m4v" => Some(Self::Mp4),
            "video/webm" | "webm" => Some(Self::Webm),
            _ => None,
        }
    }
}

/// What a file claims to be, by its declared type or, without one, by its ending. `None`: nothing that we take.
pub fn declared(mime: &str, name: &str) -> Option<FileKind> {
    let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if mime.is_empty() || mime == "application/octet-stream" {
        let (_, ending) = name.rsplit_once('.')?;
        return FileKind::named(&ending.to_ascii_lowercase());
    }
    FileKind::named(&mime)
}

/// What a file is, by its first `SNIFFED` bytes.
pub fn sniff(head: &[u8]) -> Option<FileKind> {
    match head {
        [0xff, 0xd8, 0xff, ..] => Some(FileKind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(FileKind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(FileKind::Webp),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(FileKind::Pdf),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => is_mp4(brand).then_some(FileKind::Mp4),
        [0x1a, 0x45, 0xdf, 0xa3, rest @ ..] => is_webm(rest).then_some(FileKind::Webm),
        _ => None,
    }
}

/// The family of MP4 also holds HEIC pictures, `QuickTime` films and audio books: the major brand tells them apart.
fn is_mp4(brand: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 17] = [
        b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1",
        b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"dash",
    ];
    brand.first_chunk::<4>().is_some_and(|brand| BRANDS.contains(&brand))
}

/// `DocType` (0x4282) of the EBML header is `webm`; other Matroska files do not play in browsers.
fn is_webm(header: &[u8]) -> bool {
    let header = &header[..header.len().min(SNIFFED)];
    header
        .windows(7)
        .any(|window| window[..2] == [0x42, 0x82] && window[2] == 0x84 && window[3..] == *b"webm")
}

#[cfg(test)]
mod tests {
    use super::{FileKind, declared, sniff};

    const WEBM: &[u8] =
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm";

    #[test]
    fn bytes_decide() {
        assert_eq!(sniff(b"\xff\xd8\xff\xe0"), Some(FileKind::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), Some(FileKind::Png));
        assert_eq!(sniff(b"RIFF\x10\0\0\0WEBPVP8 "), Some(FileKind::Webp));
        assert_eq!(sniff(b"%PDF-1.7"), Some(FileKind::Pdf));
        assert_eq!(sniff(b"\0\0\0\x18ftypmp42"), Some(FileKind::Mp4));
        assert_eq!(sniff(WEBM), Some(FileKind::Webm));
    }

    #[test]
    fn cousins_and_strangers_are_not_taken() {
        for stranger in [
            b"".as_slice(),
            b"\xff\xd8",
            b"GIF89a",
            b"<svg xmlns=",
            b"\0\0\0\x18ftypheic",
            b"\0\0\0\x14ftypqt  ",
            b"RIFF\x10\0\0\0WAVE",
            b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska",
            b"MZ\x90\0",
        ] {
            assert_eq!(sniff(stranger), None, "{stranger:?}");
        }
    }

    #[test]
    fn a_declared_type_wins_over_an_ending() {
        assert_eq!(declared("image/png", "a.pdf"), Some(FileKind::Png));
        assert_eq!(declared("video/webm;codecs=vp9", ""), Some(FileKind::Webm));
        assert_eq!(declared("", "PLAN.PDF"), Some(FileKind::Pdf));
        assert_eq!(declared("image/heic", "plan.jpg"), None);
        assert_eq!(declared("", "plan"), None);
    }
}
