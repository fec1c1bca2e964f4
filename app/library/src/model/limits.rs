//! How much is taken. Pictures, pages and films of these sizes are what a tablet shows well; the rest is waste or attack.

use super::ItemKind;

const MB: u64 = 1_000_000;

pub const PICTURE_BYTES: u64 = 40 * MB;
/// A "pixel flood" is small as a file and huge when decoded (ASVS 5.2.6).
pub const PICTURE_PIXELS: u64 = 40_000_000;
pub const DOCUMENT_BYTES: u64 = 100 * MB;
pub const DOCUMENT_PAGES: u32 = 200;
pub const VIDEO_BYTES: u64 = 500 * MB;
/// Of one therapist, sealed files and uploads on their way together.
pub const LIBRARY_BYTES: u64 = 20_000 * MB;

/// Bytes of one `PATCH`: what is lost at most when a line breaks, and what the server holds in memory.
pub const CHUNK: u64 = 4 * 1024 * 1024;

/// Pixels of the two sizes in which pictures and pages are kept.
pub const WIDTH: u32 = 1600;
pub const WIDTH_SMALL: u32 = 480;
/// A kept picture is at most this many times as tall as the width above.
pub const TALLEST: u32 = 2;

pub const fn bytes_limit(kind: ItemKind) -> u64 {
    match kind {
        ItemKind::Picture => PICTURE_BYTES,
        ItemKind::Document => DOCUMENT_BYTES,
        ItemKind::Video => VIDEO_BYTES,
    }
}

/// Whole megabytes for a sentence, rounded up, so that a file just over a limit never reads like the limit itself.
pub const fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(MB)
}
