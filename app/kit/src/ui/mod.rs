//! The page `/kit` (development only): every component in every state.

mod kit_page;

pub use kit_page::KitPage;
