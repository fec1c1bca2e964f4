//! Pure rules of the library, shared by browser and server: what a kit is, which files are taken, what a refusal says.

mod item;
mod kit;
mod limits;
mod order;
mod range;
mod refusal;
mod sniff;

pub use item::{ItemState, UploadAsk, UploadStarted, item_name};
pub use kit::{Asset, ItemId, ItemKind, Kit, KitItem, NotAKind};
pub use limits::{
    CHUNK, DOCUMENT_BYTES, DOCUMENT_PAGES, LIBRARY_BYTES, PICTURE_BYTES, PICTURE_PIXELS, TALLEST, VIDEO_BYTES, WIDTH,
    WIDTH_SMALL, bytes_limit, megabytes,
};
pub use order::{Full, MOST_ITEMS, Order};
pub use range::{Wanted, wanted};
pub use refusal::{NotARefusal, Refusal};
pub use sniff::{FileKind, SNIFFED, declared, sniff};
