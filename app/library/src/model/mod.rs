//! Pure rules of the library, shared by browser and server: what a kit is, which files are taken, what a refusal says.

mod kit;

pub use kit::{Asset, ItemId, ItemKind, Kit, KitItem, NotAKind};
